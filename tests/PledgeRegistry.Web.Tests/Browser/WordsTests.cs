using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Replay;
using PledgeRegistry.Projections.Search;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

/// <summary>The words of the pages: the same in every language, none missing, none left over, none outside of the resources.</summary>
public partial class WordsTests
{
    private static readonly string Web = Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/PledgeRegistry.Web");

    private static readonly Dictionary<string, string> English = Read("");

    [Theory]
    [InlineData(".es")]
    [InlineData(".fr")]
    [InlineData(".ar")]
    public void Every_language_has_the_same_words_and_the_same_places_to_fill(string language)
    {
        var translated = Read(language);
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), translated.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in English)
        {
            Assert.False(string.IsNullOrWhiteSpace(translated[key]) && key is not "List.Comma", key);
            Assert.Equal(Places(text), Places(translated[key]));
            Assert.True(text != translated[key] || text.Length < 25, $"{key}{language} is still English: {text}");
        }
    }

    [Fact]
    public void Every_word_that_a_page_asks_for_is_there_and_no_other()
    {
        var sources = Sources().Select(File.ReadAllText).ToArray();
        var asked = sources.SelectMany(s => Keys().Matches(s)).Select(m => m.Value.Trim('"')).ToHashSet(StringComparer.Ordinal);
        string[] families =
        [
            "About.", "Act.", "ActorRole.", "Awaited.", "Basis.Problem.", "Cell.", "Cite.How", "Codebook.", "ComparedView.", "Concreteness.", "Date.Season", "DifferenceKind.", "DifferenceMeaning.", "DifferenceReason.", "Direction.", "Do.", "DoGroup.", "DoMeaning.", "DraftKind.", "DraftState.", "DueState.", "End.", "EndMeaning.", "Ended.", "Error.", "Event.", "ExchangeStatus.", "Field.", "Freshness.", "Hindered.", "InCommon.", "IndicatorType.", "Initiative.", "Kind.", "Kinds.", "MatchAnswer.", "MatchStatus.", "MaterialKind.", "MoveReason.", "Notice.", "Part.", "PledgeType.", "PrivateAction.", "Refusal.", "Relation.", "ReplayBy.", "ReplayOf.", "Reproduction.", "ReviewStanding.", "Role.", "SearchField.", "SearchKind.", "SearchOutcome.", "Side.", "SideMeaning.", "Silence.", "SmartCriterion.", "SmartHelp.", "SmartPoint.", "Standing.", "Timeliness.", "TranslationStanding.",
        ];
        var prefixes = English.Keys.Select(k => k[..(k.IndexOf('.', StringComparison.Ordinal) + 1)]).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], asked.Where(k => prefixes.Contains(k[..(k.IndexOf('.', StringComparison.Ordinal) + 1)]) && !English.ContainsKey(k)));
        Assert.Equal([], English.Keys.Where(k => !asked.Contains(k) && !Array.Exists(families, f => k.StartsWith(f, StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_event_that_can_be_recorded_has_a_name_for_people()
    {
        var names = typeof(IEvent).Assembly.GetTypes().Select(t => t.GetCustomAttributes(typeof(EventTypeAttribute), false).Cast<EventTypeAttribute>().FirstOrDefault()?.Name).OfType<string>().ToArray();
        Assert.True(names.Length > 30);
        Assert.Equal([], names.Where(n => !English.ContainsKey($"Event.{n.Split('.')[0]}")));
    }

    /// <summary>Codes that no list in the log has words for: the pages have them.</summary>
    [Fact]
    public void Every_code_that_is_shown_by_a_word_has_one()
    {
        (string Family, IEnumerable<string> Codes)[] families =
        [
            ("Act", Kebab.Codes<PartyDid>()), ("ComparedView", ComparedViews.All.Select(v => v.Name)), ("DifferenceKind", Kebab.Codes<DifferenceKind>()), ("DifferenceMeaning", Kebab.Codes<DifferenceKind>()), ("DifferenceReason", Kebab.Codes<DifferenceReason>()), ("Concreteness", Kebab.Codes<Concreteness>()), ("Ended", Kebab.Codes<EndingKind>()), ("End", Kebab.Codes<EndingKind>()), ("EndMeaning", Kebab.Codes<EndingKind>()),
            ("IndicatorType", Kebab.Codes<IndicatorType>()), ("Part", Enum.GetNames<Part>()), ("PledgeType", Kebab.Codes<PledgeType>()), ("ReviewStanding", Kebab.Codes<ReviewStanding>()),
            ("Standing", Kebab.Codes<ReviewStanding>()), ("TranslationStanding", Kebab.Codes<TranslationStanding>()), ("Freshness", Kebab.Codes<Freshness>()), ("Hindered", Kebab.Codes<HindranceKind>()), ("Timeliness", Kebab.Codes<Timeliness>()),
            ("ReplayBy", Kebab.Codes<ReplayBy>()), ("ReplayOf", Kebab.Codes<ReplayOf>()), ("SearchField", Kebab.Codes<SearchField>()), ("SearchKind", Kebab.Codes<SearchKind>()),
            ("SearchOutcome", Kebab.Codes<SearchOutcome>().Where(c => c != SearchOutcome.Found.Code())),
        ];
        Assert.Equal([], families.SelectMany(f => f.Codes.Select(c => $"{f.Family}.{c}")).Where(k => !English.ContainsKey(k)));
    }

    [Fact]
    public void Every_form_about_a_pledge_has_a_name_and_a_sentence()
    {
        var doings = Sources().SelectMany(f => Doing().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToArray();
        Assert.True(doings.Length > 20);
        Assert.Equal([], doings.SelectMany(d => new[] { $"Do.{d}", $"DoMeaning.{d}" }).Where(k => !English.ContainsKey(k)));
    }

    /// <summary>What a form about a pledge can be refused with is told in the reader's language.</summary>
    [Fact]
    public void Every_refusal_about_pledges_is_translated()
    {
        var rules = Directory.EnumerateFiles(Path.Combine(Web, "../PledgeRegistry/Pledges"), "*.cs").Select(File.ReadAllText);
        var codes = rules.SelectMany(r => RefusalCode().Matches(r).Select(m => m.Groups[1].Value)).Distinct().ToArray();
        Assert.True(codes.Length > 40, $"Only {codes.Length} codes were found.");
        Assert.Equal([], codes.Where(c => !English.ContainsKey($"Refusal.{c}")));
    }

    [Fact]
    public void No_view_has_words_of_its_own()
    {
        foreach (var view in Sources().Where(f => f.EndsWith(".cshtml", StringComparison.Ordinal)))
        {
            foreach (Match text in Literals().Matches(File.ReadAllText(view)))
            {
                var words = text.Groups[1].Value.Trim();
                Assert.True(words is "" or "SHA-256" || !Words().IsMatch(words) || Code().IsMatch(words), $"{Path.GetFileName(view)}: {words}");
            }
        }
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Web, "Pages"), "*.cs*", SearchOption.AllDirectories);

    private static Dictionary<string, string> Read(string language) =>
        XDocument.Load(Path.Combine(Web, $"Resources/PageText{language}.resx")).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!, StringComparer.Ordinal);

    private static string Places(string text) => string.Join(' ', PlaceIn().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"""[A-Z][A-Za-z]+\.[A-Za-z][A-Za-z0-9.-]*[a-zA-Z0-9]""")]
    private static partial Regex Keys();

    [GeneratedRegex("""PledgeForm\(show, guard, "([a-z-]+)"\)""")]
    private static partial Regex Doing();

    // A code, and after it the sentence that goes with it.
    [GeneratedRegex("""(?<=[,(] |\()"([a-z]+(?:-[a-z0-9]+)+)", ?\s*\$?"[A-Z'{]""")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex PlaceIn();

    // What stands between two tags on one line without Razor in it.
    [GeneratedRegex(@">([^<>@{}]+)</")]
    private static partial Regex Literals();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Words();

    [GeneratedRegex(@"[()=;""]")]
    private static partial Regex Code();
}
