using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>How a page shows things: links that keep the basis, and words, names, numbers and dates in the reader's language.</summary>
public sealed class Show
{
    /// <summary>What names a basis in an address.</summary>
    public static readonly string[] BasisParameters = ["size", "on", "asOf", "asOfMeeting"];

    private readonly HttpContext context;
    private readonly BasisResolver resolver;
    private bool atHead;

    public Show(IHttpContextAccessor accessor, IMediator mediator, Registry registry, ReadModels models, BasisResolver resolver, IStringLocalizer<PageText> text)
    {
        context = accessor.HttpContext ?? throw new InvalidOperationException("A page is shown within a request.");
        (Mediator, Registry, Models, T, this.resolver) = (mediator, registry, models, text, resolver);
        var (reading, problem) = context.ResolveReading();
        Problem = problem;
        Reading = reading ?? AllNow;
    }

    public IMediator Mediator { get; }
    public Registry Registry { get; }
    public ReadModels Models { get; }
    public IStringLocalizer<PageText> T { get; }

    /// <summary>What the page is read at; the head, now, where the basis that was asked for is wrong.</summary>
    public Reading Reading { get; private set; }

    /// <summary>What is wrong with the basis that was asked for, or null.</summary>
    public BasisProblem? Problem { get; private set; }

    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
    public static string Direction => Languages.IsRightToLeft(Language) ? "rtl" : "ltr";

    /// <summary>Why nothing can be recorded at this node now, or null.</summary>
    public Hindrance? Hindrance => context.RequestServices.GetRequiredService<RegistryNode>().Writer.Hindrance;

    public bool IsNow => atHead || context.Request.BasisRequest().IsNow;

    /// <summary>Has the page read at the head whatever its address asks for: a form changes what is there now.</summary>
    public Show AtHead()
    {
        (atHead, Problem, Reading) = (true, null, AllNow);
        return this;
    }

    /// <summary>A link to a page at the same basis.</summary>
    public string To(string path, params (string Name, string? Value)[] query) =>
        With(path, [.. query.Where(q => !string.IsNullOrEmpty(q.Value)), .. Basis, .. AskedLanguage]);

    /// <summary>The language, where the address of this page names one: a link from it leads on in the same.</summary>
    public IEnumerable<(string Name, string Value)> AskedLanguage => Asked("lang") is { Length: > 0 } language ? [("lang", language)] : [];

    /// <summary>A link to a form, which changes what is there now: without a basis.</summary>
    public string Form(string path) => With(path, [.. AskedLanguage]);

    /// <summary>This page's address with other parameters; an empty value takes one away.</summary>
    public string Here(params (string Name, string? Value)[] changes) =>
        With(context.Request.Path, [.. Current.Where(p => !Array.Exists(changes, c => c.Name == p.Name)), .. changes.Where(c => !string.IsNullOrEmpty(c.Value))]);

    /// <summary>This page, read when so many entries were known; on the same day, where one was asked for.</summary>
    public string At(long size) => Here(
        ("size", Plain(size)), ("asOf", null), ("asOfMeeting", null), ("recorded", null),
        ("on", Asked("on") is { Length: > 0 } || Reading.Basis.From.Origin is BasisOrigin.Meeting ? Reading.Basis.OnText() : null));

    /// <summary>An address at a size and a date.</summary>
    public static string At(string path, long size, DateOnly on, params (string Name, string? Value)[] query) =>
        With(path, [.. query, ("size", Plain(size)), ("on", on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]);

    /// <summary>An address at this page's basis, by size and date: however it was asked for, it stays this one.</summary>
    public string AtThisBasis(string path, params (string Name, string? Value)[] query) => At(path, Reading.Size, Reading.On, [.. query, .. AskedLanguage.Where(l => !query.Any(q => q.Name == l.Name))]);

    /// <summary>What this page's address must say instead of what it was asked by, so that it stays what it is: a first moment, by size and date.</summary>
    public IReadOnlyList<(string Name, string Value)> Pins { get; set; } = [];

    /// <summary>How this page is cited.</summary>
    public string Citation
    {
        get
        {
            var own = StableAddress.Of(default, context.Request.Path, context.AskedQuery(),
                name => name is "on" or "lang" || (Pins.Count > 0 && (name == "since" || name.StartsWith("from.", StringComparison.Ordinal))));
            return AtThisBasis("/cite", ("of", (own with { Parameters = [.. own.Parameters, .. Pins.Select(p => KeyValuePair.Create(p.Name, p.Value))] }).ToString()));
        }
    }

    /// <summary>This page, as things are now.</summary>
    public string Now => Here([.. BasisParameters.Select(p => (p, (string?)null))]);

    /// <summary>The parameters of this page's address other than the basis: what a basis control carries along.</summary>
    public IEnumerable<(string Name, string Value)> Filters => Current.Where(p => p.Value.Length > 0 && !BasisParameters.Contains(p.Name) && p.Name != "recorded");

    /// <summary>The basis in this page's address: what a filter form carries along.</summary>
    public IEnumerable<(string Name, string Value)> Basis => atHead ? [] : Current.Where(p => p.Value.Length > 0 && BasisParameters.Contains(p.Name));

    public string? Asked(string parameter) => context.AskedQuery()[parameter].LastOrDefault();

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A recorded decimal number, grouped as the reader is used to; what isn't one stays as it was recorded.</summary>
    public static string Decimal(string value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number.ToString("#,0.############################", CultureInfo.CurrentCulture) : value;

    public static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A day in the culture's long form.</summary>
    public IHtmlContent Day(DateOnly day) => Time(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), LongDay(day));

    public string LongDay(DateOnly day) => day.ToString(T["Date.DayFormat"], CultureInfo.CurrentCulture);

    /// <summary>A day in ISO form: for tables.</summary>
    public static IHtmlContent ShortDay(DateOnly day)
    {
        var iso = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Time(iso, iso);
    }

    public static IHtmlContent Moment(DateTimeOffset instant) => Time(
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>A date no more exact than it is known; a source's own words as they stand.</summary>
    public IHtmlContent Date(EffectiveDate date) => date.Words is { } words ? Text(words, "en") : new HtmlContentBuilder().Append(DateText(date));

    public string DateText(EffectiveDate date)
    {
        var (first, year) = (date.First(), date.Date[..4]);
        var part = date.Date.Length == 7 ? int.Parse(date.Date.AsSpan(5), CultureInfo.InvariantCulture) : 0;
        return date.Precision() switch
        {
            DatePrecision.Month => first.ToString("MMMM yyyy", CultureInfo.CurrentCulture),
            DatePrecision.Quarter => T["Date.Quarter", part - 32, year],
            DatePrecision.Half => T["Date.Half", part - 39, year],
            DatePrecision.Season => T[$"Date.Season{part}", year],
            DatePrecision.Year => year,
            _ => date.Words ?? LongDay(first),
        };
    }

    /// <summary>A text with its language, where that isn't the reader's.</summary>
    public static IHtmlContent Text(string text, string language)
    {
        if (language == Language)
        {
            return new HtmlContentBuilder().Append(text);
        }
        var span = new TagBuilder("span");
        span.Attributes["lang"] = language;
        span.Attributes["dir"] = Languages.IsRightToLeft(language) ? "rtl" : "ltr";
        span.InnerHtml.Append(text);
        return span;
    }

    /// <summary>A name in the reader's language, or in the one there is, marked as that.</summary>
    public static IHtmlContent Text(Texts? names, string code) =>
        names?[Language] is { } own ? new HtmlContentBuilder().Append(own)
        : names?["en"] is { } english ? Text(english, "en")
        : names is { Count: > 0 } ? Text(names.First().Value, names.First().Key)
        : Code(code);

    /// <summary>An id or code, which belongs to no language and reads from left to right.</summary>
    public static IHtmlContent Code(string code)
    {
        var element = new TagBuilder("code");
        element.Attributes["dir"] = "ltr";
        element.InnerHtml.Append(code);
        return element;
    }

    public IHtmlContent Participant(string code) => Text(Models.Participants.At(code, Reading.Size)?.Names, code);

    public IHtmlContent Meeting(string id) => Text(Models.Meetings.Meeting(id, Reading.Size)?.Content.Names, id);

    /// <summary>A meeting that a basis was asked for by: its name as known now, and its id.</summary>
    public IHtmlContent MeetingNow(string id) =>
        Text(Models.Meetings.Meeting(id, Registry.Head.Size)?.Content.Names, id);

    public IHtmlContent Series(string code) => Text(Models.Meetings.Series(code, Reading.Size)?.Settings.Names, code);

    public IHtmlContent Source(string id) =>
        Models.Meetings.Source(id, Reading.Size) is { } source ? Text(source.Document.Title, source.Document.Language) : Code(id);

    public IHtmlContent Item(string framework, string item) => Text(Models.Frameworks.At(framework, Reading.Size)?.Find(item)?.Labels, item);

    /// <summary>A pledge's title in the language of its text.</summary>
    public IHtmlContent Title(string pledge, string title) =>
        Text(title, Models.Pledges.At(pledge, Reading.Size)?.On(Reading.On).Language ?? Language);

    public IHtmlContent InitiativeTitle(string id) =>
        Text((Models.Initiatives.At(id, Reading.Size) is { } row ? (row.On(Reading.On) ?? row.Phases[0]).Content.Title : null), id);

    public IHtmlContent ExchangeTitle(string id) => Text(Models.Exchange.At(id, Reading.Size)?.Content.Title, id);

    /// <summary>A code of a list, in the reader's language.</summary>
    public string Label(string list, string code) => Models.Frameworks.Label(list, code, Reading);

    /// <summary>A word of the pages for a code (<c>Freshness.silent</c>), or the code itself where there is none.</summary>
    public string Word(string family, string code) => T[$"{family}.{code}"] is { ResourceNotFound: false } found ? found.Value : code;

    /// <summary>What is wrong with a basis, in the reader's language.</summary>
    public string ProblemWords(BasisProblem problem)
    {
        var own = T[problem.Why is { } why ? $"Basis.Problem.{why.Code()}" : $"Basis.Problem.{problem.Code}.{problem.Parameter}", [.. problem.Args]];
        var sentence = own.ResourceNotFound ? T[$"Basis.Problem.{problem.Code}", [.. problem.Args]] : own;
        return sentence.ResourceNotFound ? problem.Message : sentence.Value;
    }

    /// <summary>How a pledge ended, as a mark beside its title.</summary>
    public string Ended(EndingKind kind) => Word("Ended", kind.Code());

    /// <summary>What an entry is called. The words are the same for every version of its stored shape.</summary>
    public string Event(string type) => Word("Event", type.Split('.')[0]);

    private (string Name, string Value)[] Current => [.. context.AskedQuery().SelectMany(q => q.Value.Select(v => (q.Key, v ?? "")))];

    private Reading AllNow => new(resolver.Resolve(new BasisRequest()).Basis!, Language);

    private static TagBuilder Time(string iso, string shown)
    {
        var time = new TagBuilder("time");
        time.Attributes["datetime"] = iso;
        time.InnerHtml.Append(shown);
        if (iso.StartsWith(shown[..1], StringComparison.Ordinal))
        {
            time.Attributes["dir"] = "ltr";
        }
        return time;
    }

    private static string With(string path, (string Name, string? Value)[] parameters)
    {
        var query = QueryString.Create(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))).Value ?? "";
        return query.Length > 0 && path.Contains('?', StringComparison.Ordinal) ? $"{path}&{query[1..]}" : path + query;
    }
}
