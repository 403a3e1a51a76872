using Microsoft.AspNetCore.Html;
using PledgeRegistry.Projections;

namespace PledgeRegistry.Web.Pages;

/// <summary>The codes in the fields of a difference, as a reader reads them: by the field's first name.</summary>
public static class DifferenceWords
{
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["claimed"] = "claimed-status",
        ["status"] = "claimed-status",
        ["verified"] = "review-view",
        ["independent"] = "review-view",
        ["view"] = "review-view",
        ["modality"] = "modality",
        ["area"] = "rcm-areas",
        ["areas"] = "rcm-areas",
        ["novelty"] = "novelty",
        ["sector"] = "sector",
        ["level"] = "level",
        ["natures"] = "nature",
        ["populations"] = "population",
        ["conditions"] = "condition",
        ["journeyStages"] = "journey-stage",
        ["role"] = "participant-role",
        ["regularMeetingType"] = "meeting-type",
    };

    // Words of the pages by family; those of "part" are by the names of the code.
    private static readonly Dictionary<string, string> Families = new(StringComparer.Ordinal)
    {
        ["freshness"] = "Freshness",
        ["timeliness"] = "Timeliness",
        ["ended"] = "Ended",
        ["kind"] = "Kind",
        ["part"] = "Part",
        ["state"] = "ExchangeStatus",
        ["match"] = "MatchStatus",
        ["awaited"] = "Awaited",
        ["silence"] = "Silence",
        ["dueState"] = "DueState",
        ["notice"] = "Notice",
        ["direction"] = "Direction",
        ["layer"] = "Grid",
        ["relation"] = "Relation",
        ["concreteness"] = "Concreteness",
        ["milestones"] = "DueState",
    };

    private static readonly string[] Participants = ["party", "collective", "owing", "by", "addressees", "participant", "convener", "member", "contested"];
    private static readonly string[] Meetings = ["meeting", "next", "previous", "partOf"];

    /// <summary>A field's own name in words, and what is left of its path.</summary>
    public static (string? Word, string Under) Field(Show show, string path)
    {
        var end = path.IndexOfAny(['.', '[']);
        var first = end < 0 ? path : path[..end];
        var word = show.Word("Field", first);
        return word == first ? (null, path) : (word, path[first.Length..].TrimStart('.'));
    }

    /// <summary>What it means that a field has no value, where that is a state of its own; else null.</summary>
    public static string? Nothing(Show show, string path) => path switch
    {
        "claimed" => show.T["Claimed.no-report"].Value,
        "verified" => show.T["Verified.not-reviewed"].Value,
        _ => null,
    };

    /// <summary>A value in words; a text in the language that it is in.</summary>
    /// <param name="language">The language of texts that don't say theirs.</param>
    public static IHtmlContent Value(Show show, string path, string value, string language)
    {
        var first = path.Split('.', '[')[0];
        if (value == "true")
        {
            return new HtmlContentBuilder().Append(show.T["Differences.Yes"]);
        }
        if (Participants.Contains(first))
        {
            return Each(show, value, show.Participant);
        }
        if (Meetings.Contains(first))
        {
            return show.Meeting(value);
        }
        if (Lists.TryGetValue(first, out var list))
        {
            return new HtmlContentBuilder().Append(string.Join(show.T["List.Comma"], value.Split(", ").Select(c => c == "answered" ? show.T["Verified.answered"].Value : show.Label(list, c))));
        }
        if (first == "answer")
        {
            return new HtmlContentBuilder().Append(show.Word("MatchAnswer", value) is var word && word != value ? word : show.Label("addressee-answer", value));
        }
        if (first == "group")
        {
            return new HtmlContentBuilder().Append(show.Label(value == "collective" ? "participant-type" : "participant-role", value));
        }
        if (Families.TryGetValue(first, out var family) && show.T[$"{family}.{(family is "Part" or "Grid" ? Pascal(value) : value)}"] is { ResourceNotFound: false } found)
        {
            return new HtmlContentBuilder().Append(found.Value);
        }
        return DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? Show.ShortDay(day)
            : IsCode(value) ? Show.Code(value)
            : Show.Text(value, LanguageOf(path) ?? language);
    }

    /// <summary>The language that a field's path names: <c>title.es</c>.</summary>
    public static string? LanguageOf(string path) => path.LastIndexOf('.') is > 0 and var dot && Languages.All.Contains(path[(dot + 1)..]) ? path[(dot + 1)..] : null;

    private static HtmlContentBuilder Each(Show show, string value, Func<string, IHtmlContent> one)
    {
        var all = new HtmlContentBuilder();
        foreach (var code in value.Split(", "))
        {
            all.AppendHtml(all.Count == 0 ? HtmlString.Empty : new HtmlContentBuilder().Append(show.T["List.Comma"]));
            all.AppendHtml(one(code));
        }
        return all;
    }

    // No text of people is without a space or a letter of another sort.
    private static bool IsCode(string value) => value.Split(", ").All(part => part.Split(' ').All(word =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or ':') && (word.Any(c => char.IsAsciiDigit(c) || c is '/' or '-') || word.All(char.IsAsciiLetterUpper))));

    private static string Pascal(string kebab) => string.Concat(kebab.Split('-').Select(p => p.Length == 0 ? p : char.ToUpperInvariant(p[0]) + p[1..]));
}
