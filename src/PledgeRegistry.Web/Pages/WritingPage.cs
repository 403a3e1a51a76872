using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newtonsoft.Json;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>
/// A form that records something. What is wrong is said at the top and at each field, nothing typed is lost, and a form
/// that is sent twice records once: its key is made when it is first shown.
/// </summary>
public abstract partial class WritingPage(Show show, WriteGuard guard) : RegistryPage(show.AtHead()), IWithoutBasis
{
    private const string KeyField = "key", AddField = "add";

    // The languages that a text can be recorded in here; any other goes through the API.
    private static readonly string[] TextLanguages = ["en", "es", "fr", "ar", "pt", "ru", "zh"];

    public FormValues Values { get; private set; } = FormValues.None;
    public IReadOnlyList<FormError> Errors { get; protected set; } = [];
    public string Key { get; private set; } = NewKey();

    /// <summary>Why nothing can be recorded from here, or null.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>Where what the form says was recorded already, or null.</summary>
    public string? Already { get; private set; }

    protected RegistryState Head { get; } = show.Registry.State;

    public IReadOnlyList<Option> Participants() =>
    [
        .. Show.Models.Participants.At(Reading.Size)
            .Select(p => new Option(p.Code, $"{p.Name(Show.Language)} ({p.Code})", Show.Label("participant-type", p.Type)))
            .GroupBy(o => o.Group).SelectMany(g => g.OrderBy(o => o.Label, StringComparer.Create(CultureInfo.CurrentCulture, false))),
    ];

    public IReadOnlyList<Option> Meetings() =>
        [.. Show.Models.Meetings.Meetings(Reading.Size).OrderByDescending(m => m.Content.Year).Select(m => new Option(m.Id, $"{m.Name(Show.Language)} ({m.Id})"))];

    public IReadOnlyList<Option> Sources() => [.. Show.Models.Meetings.Sources(Reading.Size).Select(s => new Option(s.Id, s.Document.Title))];

    public IReadOnlyList<Option> Partnerships() => [.. Show.Models.Partnerships.At(Reading.Size).Select(p => new Option(p.Id, $"{p.Content.Names.For(Show.Language)} ({p.Id})"))];

    public IReadOnlyList<Option> TextLanguageOptions() => [.. TextLanguages.Select(l => new Option(l, CultureInfo.GetCultureInfo(l).NativeName))];

    /// <summary>The codes of a list in force, in the reader's language.</summary>
    public IReadOnlyList<Option> Codes(string list) =>
        [.. Show.Models.Frameworks.Current(list, Reading)?.Items.Select(i => new Option(i.Code, i.Labels.For(Show.Language) ?? i.Code, null, i.Descriptions.For(Show.Language))) ?? []];

    /// <summary>The items of every framework in force that something can be mapped to.</summary>
    public IEnumerable<Option> Items() => Show.Models.Frameworks.At(Reading.Size)
        .Where(f => f is { Opened.CodeList: false, Retired: null })
        .SelectMany(f => f.Items.Select(i => new Option(i.Code, i.Labels.For(Show.Language) ?? f.Name(Show.Language))));

    public FieldModel Line(string name, string label, bool required = false, string? hint = null, bool leftToRight = false, bool numeric = false, string? list = null) =>
        new(name, T[label], required, hint is null ? null : T[hint].Value, Values.One(name) ?? "", ErrorsAt(name), LeftToRight: leftToRight, Numeric: numeric, List: list, Language: leftToRight ? null : LanguageOf(name), Words: Values.One($"{name}.words"));

    /// <summary>A line that replaces a value: before anything was typed, the value that is there.</summary>
    public FieldModel LineOf(string name, string label, string? now, bool required = false, string? hint = null, bool leftToRight = false, bool numeric = false) =>
        Line(name, label, required, hint, leftToRight, numeric) with { Value = Typed(name, now) };

    /// <summary>What was typed; before anything was, what is there now.</summary>
    public string Typed(string name, string? now) => Values.AreTyped ? Values.One(name) ?? "" : now ?? "";

    public FieldModel Lines(string name, string label, bool required = false, string? hint = null) =>
        Line(name, label, required, hint) with { Kind = FieldKind.Lines };

    public FieldModel Select(string name, string label, IReadOnlyList<Option> options, bool required = false, string? hint = null, string? preset = null) =>
        Line(name, label, required, hint) with { Kind = FieldKind.Select, Options = WithChosen(options, Values.One(name)), Value = Values.One(name) ?? preset ?? "" };

    /// <summary>A date, as exact as it is known.</summary>
    public FieldModel Day(string name, string label, bool required = false, string hint = "Form.DateHint") => Line(name, label, required, hint, leftToRight: true, numeric: true);

    public ChoicesModel Choices(string name, string legend, IReadOnlyList<Option> options, bool one = false, bool required = false, string? hint = null) =>
        new(name, T[legend], required, one, WithChosen(options, [.. Values.Many(name)]), Values.Many(name), ErrorsUnder(name), hint is null ? null : T[hint].Value);

    /// <summary>The codes of an enumeration whose words are the pages' own.</summary>
    public IReadOnlyList<Option> Words<TEnum>(string family) where TEnum : struct, Enum =>
        [.. Kebab.Codes<TEnum>().Select(c => new Option(c, Show.Word(family, c)))];

    public FieldRowsModel FieldRows(string name, string legend, Func<string, IReadOnlyList<FieldModel>> fields, string? hint = null) =>
        new(name, T[legend], hint is null ? null : T[hint].Value, ErrorsAt(name), Values.Rows(name) + (Values.One(AddField) == name ? 2 : 1), fields, ErrorsAt);

    public FieldRowsModel EvidenceRows(string name) => FieldRows(name, "Report.Evidence",
        row => [Line($"{row}.title", "Evidence.Title"), Line($"{row}.url", "Evidence.Url", leftToRight: true), Line($"{row}.sha256", "Evidence.Sha256", leftToRight: true)], "Report.EvidenceHint");

    public FieldRowsModel AmountRows(string name, string legend, string? hint = null) => FieldRows(name, legend, row =>
    [
        Line($"{row}.value", "Amount.Value", leftToRight: true), Line($"{row}.currency", "Amount.Currency", leftToRight: true), Line($"{row}.purpose", "Amount.Purpose"),
        Day($"{row}.period.from", "Report.PeriodFrom"), Day($"{row}.period.until", "Report.PeriodUntil"),
    ], hint);

    /// <summary>True if anything is typed, or wrong, in a field whose name begins so: then its part of the form stands open.</summary>
    public bool Touched(params string[] fields) => fields.Any(f => Values.Has(f) || Errors.Any(e => e.Field?.StartsWith(f, StringComparison.Ordinal) == true) || Values.One(AddField) == f);

    public RowsModel RowsOf(string name, string legend, IReadOnlyList<Option> options, bool required = false, string? hint = null) =>
        new(name, T[legend], required, hint is null ? null : T[hint].Value, options, Values.Many(name), RowCount(name, Values.Many(name).Count), ErrorsAt);

    /// <summary>How many rows to show: those filled in and one or two more.</summary>
    public int RowCount(string name, int filled) => Math.Max(2, filled + (Values.One(AddField) == name ? 2 : 1));

    public IReadOnlyList<string> ErrorsAt(string field) => [.. Errors.Where(e => e.Field == field).Select(e => e.Message)];

    /// <summary>What a field is called, for a list of what is wrong; null for one that has no name of its own.</summary>
    public string? NameOf(string field) => field.Split('.').Reverse().Select(s => s.Split('[')[0])
        .Select(s => T[$"Field.{s}"]).FirstOrDefault(w => !w.ResourceNotFound)?.Value;

    protected bool MayWrite()
    {
        // What was sent goes to the writer all the same: its answer keeps what was typed.
        WhyNot = guard.WhyNot(HttpContext) ?? (HttpMethods.IsPost(Request.Method) ? null : Show.Registry.Stopped);
        return WhyNot is null;
    }

    /// <summary>Takes what was typed. False where nothing is to be recorded yet: only one row more was asked for.</summary>
    protected bool Take()
    {
        Values = new FormValues(Request.Form);
        Key = Values.One(KeyField) ?? Key;
        return Values.One(AddField) is null;
    }

    /// <summary>Records, and goes to the page that shows it; or shows the form again with what is wrong.</summary>
    /// <param name="author">Null: whoever is acted as, for the participant that the form names.</param>
    protected async Task<IActionResult> RecordAsync<TCommand>(TCommand command, Func<string, string> pageOf, Author? author = null) where TCommand : class, ICommand
    {
        author ??= Acting.AuthorFor(command, Values.One("actingFor"));
        // An enumeration that wasn't chosen can't be encoded: then it is decided here. All else goes to the writer, which
        // knows whether this very form was recorded before.
        var outcome = !CanBeSent(command) && command.Decide(Head, author) is Decision.Refused refused
            ? new Outcome.Refused(refused.Reasons)
            : await Show.Mediator.Send(new Submit<TCommand>(command, author, Key), CancellationToken.None);
        switch (outcome)
        {
            case Outcome.Recorded { Receipt: var receipt }:
                CloseDraft(receipt.Id, author.ClearedBy);
                ReadAfter.Remember(HttpContext, receipt.Size);
                return LocalRedirect($"{pageOf(receipt.Id)}?recorded={Show.Plain(receipt.Position)}");
            case Outcome.NothingNew:
                Already = T["Form.Already"];
                return Page();
            case Outcome.Refused { Reasons: var reasons }:
                if (reasons.Any(r => r.Code == "idempotency-key-reused"))
                {
                    Key = NewKey();
                }
                Errors = Told(reasons);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                if (reasons.Any(r => r.Kind == RefusalKind.Stale))
                {
                    Response.StatusCode = StatusCodes.Status412PreconditionFailed;
                    await ShowChangesAsync();
                }
                return Page();
            case Outcome.Unavailable { Reason: var reason }:
                return NotNow(reason);
            case Outcome.Unknown { Reason: var reason }:
                return NotNow(reason);
            default:
                throw new InvalidOperationException($"A form has no arm for {outcome.GetType()}.");
        }
    }

    private static bool CanBeSent(ICommand command)
    {
        try
        {
            StoredJson.Encode(command);
            return true;
        }
        catch (Exception e) when (e is JsonException or TextRefusedException)
        {
            return false;
        }
    }

    /// <summary>Tells what would be refused, without recording anything.</summary>
    protected void Tell(ICommand command) =>
        Errors = command.Decide(Head, Acting.AuthorFor(command, Values.One("actingFor"))) is Decision.Refused { Reasons: var reasons } ? Told(reasons) : [];

    private List<FormError> Told(IReadOnlyList<Refusal> reasons) => [.. reasons.Select(r => new FormError(r.Field is { } field ? PlaceOf(field) : null, Sentence(r))).Distinct()];

    protected EffectiveDate? Date(string field) => Values.Date(field);

    protected Period? Period(string field) => Values.Period(field);

    protected SourcePlace? Source(string field) => Values.Source(field);

    protected static TEnum EnumOf<TEnum>(string? code) where TEnum : struct, Enum => FormReading.Code<TEnum>(code);

    protected IReadOnlyList<Evidence> EvidenceOf(string field) => Values.Evidence(field);

    /// <summary>The item with this code in a framework in force; a code that two of them have is written as <c>scheme/version code</c>.</summary>
    protected ItemRef ItemOf(string? typed)
    {
        var parts = (typed ?? "").Split(' ', 2);
        var framework = parts.Length == 2 ? parts[0] : null;
        var code = parts[^1];
        var found = Head.Frameworks.Where(f => (framework is null || f.Key == framework) && f.Value is { InForce: true, CodeList: false } && f.Value.Items.Contains(code)).ToArray();
        return new ItemRef(found.Length == 1 ? found[0].Key : framework ?? "", code);
    }

    // What is typed is in the language that the form names for it, where that isn't the page's.
    private string? LanguageOf(string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        var language = Values.One(dot < 0 ? "language" : $"{field[..dot]}.language");
        return language == Show.Language ? null : language;
    }

    /// <summary>Which field of the form a refusal's field is, where they aren't the same.</summary>
    protected virtual string PlaceOf(string field) =>
        field.EndsWith(".due", StringComparison.Ordinal) ? $"{field}.date"
        : field.EndsWith("].indicator", StringComparison.Ordinal) ? field.Replace("].indicator", "].value", StringComparison.Ordinal)
        : field.EndsWith("].milestone", StringComparison.Ordinal) ? field.Replace("].milestone", "].on", StringComparison.Ordinal)
        : ChoiceInList().Replace(field, "");

    /// <summary>What a form is filled in with before anybody types.</summary>
    protected void Fill(IEnumerable<(string Name, string? Value)> values) => Values = FormValues.Of(values);

    /// <summary>What is to be shown where somebody else was first.</summary>
    protected virtual Task ShowChangesAsync() => Task.CompletedTask;

    // What was chosen once stays to choose, although its list has it no longer.
    private static IReadOnlyList<Option> WithChosen(IReadOnlyList<Option> options, params string?[] chosen) =>
        [.. options, .. chosen.OfType<string>().Where(c => !options.Any(o => o.Value == c)).Select(c => new Option(c, c))];

    protected Texts TextsOf(string field, IEnumerable<string> languages) =>
        new(languages.Select(l => KeyValuePair.Create(l, Values.One($"{field}.{l}") ?? "")).Where(t => t.Value.Length > 0));

    private List<string> ErrorsUnder(string field) => [.. Errors.Where(e => e.Field == field || e.Field?.StartsWith($"{field}[", StringComparison.Ordinal) == true).Select(e => e.Message)];

    /// <summary>What is wrong, in the reader's language, or in English where it has no translation.</summary>
    private string Sentence(Refusal refusal)
    {
        // What was left blank isn't unknown: it is missing.
        var blank = refusal.Field is { } field && Values.Many(field).Count == 0 && refusal.Code.StartsWith("unknown-", StringComparison.Ordinal);
        var code = blank ? "missing" : refusal.Code;
        var sentence = T[$"Refusal.{code}", [.. refusal.Args]];
        return sentence.ResourceNotFound ? refusal.Message : sentence.Value;
    }

    private PageResult NotNow(string reason)
    {
        Errors = [new FormError(null, T["Form.NotNow"]), new FormError(null, reason)];
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    // Places and codes in a list have one field together.
    [GeneratedRegex(@"(?<=\.(natures|places|populations|journeyStages|conditions))\[\d+\]$")]
    private static partial Regex ChoiceInList();
}
