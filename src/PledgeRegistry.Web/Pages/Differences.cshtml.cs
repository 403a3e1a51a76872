using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Web.Api;

namespace PledgeRegistry.Web.Pages;

/// <summary>What changed between two moments, in a view that the reader chooses.</summary>
public sealed class DifferencesPage(Show show, BasisResolver resolver) : RegistryPage(show)
{
    private const int PerPage = 80;

    private static readonly string[] FirstParameters = ["from.size", "from.asOf", "from.asOfMeeting", "from.on"];

    private string json = "";

    /// <summary>What can be compared, as the address has it (<c>imrf-follow-up/2022</c>), in words.</summary>
    public IReadOnlyList<(string Of, string Word)> Choices { get; private set; } = [];

    /// <summary>Every meeting by date.</summary>
    public IReadOnlyList<MeetingListItem> Meetings { get; private set; } = [];

    /// <summary>Meetings of a series that follow one another, and what is best compared between them.</summary>
    public IReadOnlyList<(MeetingRow From, MeetingRow To, string Of)> Pairs { get; private set; } = [];

    public string Of { get; private set; } = "";

    /// <summary>The series of which no meeting gives a first moment, where none is named otherwise; or null.</summary>
    public string? SeriesWithoutMeeting { get; private set; }

    /// <summary>What is wrong with the first moment, or null.</summary>
    public BasisProblem? FirstProblem { get; private set; }

    public DifferencesView? View { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if ((UnlessOneOf("change", Kebab.Codes<DifferenceKind>()) ?? UnlessOneOf("series", Show.Models.Meetings.AllSeries(Show.Registry.Head.Size).Select(s => s.Code))) is { } refused)
        {
            return refused;
        }
        Meetings = (await Ask(new ListMeetings(Reading))).Meetings;
        Of = Show.Asked("of") is { Length: > 0 } of ? of : "registry";
        var slash = Of.IndexOf('/', StringComparison.Ordinal);
        var (name, which) = slash < 0 ? (Of, "") : (Of[..slash], Of[(slash + 1)..]);
        if (ComparedViews.Find(name) is not { } view || view.Which.Count > 0 != which.Length > 0 || (view.Which.Contains("cycle") && !Show.Models.Meetings.IsCycle(which, Show.Registry.Head.Size)))
        {
            return Missing(Of);
        }
        Choices = [.. Choose(which)];
        Pairs = [.. PairsOf(Show.Models)];
        var filter = view.Which.ToDictionary(w => w, _ => which, StringComparer.Ordinal);
        var (from, meeting) = First(name);
        json = $"/api/differences/{name}";
        (string, string?)[] first = from is null ? [("since", DifferenceEndpoints.PreviousMeeting), ("series", "IMRF")] : [("from.size", Show.Plain(from.Size)), ("from.on", from.OnText())];
        json += QueryString.Create([.. filter.Select(f => KeyValuePair.Create(f.Key, (string?)f.Value)), .. first.Select(f => KeyValuePair.Create(f.Item1, f.Item2))]);
        if (from is null)
        {
            return FirstProblem is null ? Shown(DifferencesView.View, "/api/meetings") : Wrong();
        }
        Show.Pins = [("from.size", Show.Plain(from.Size)), ("from.on", from.OnText())];
        DifferenceKind? only = Kebab.TryParse<DifferenceKind>(Show.Asked("change"), out var change) ? change : null;
        View = await Ask(new GetDifferences(Reading, from, view, filter, only, Show.Asked("after") is { Length: > 0 } after ? after : null, PerPage, meeting));
        return View is null ? Missing(which) : Shown(DifferencesView.View, json);
    }

    /// <summary>The rows of one kind on this page.</summary>
    public IEnumerable<DifferenceLine> Rows(DifferenceKind kind) => View!.Rows.Where(r => r.Kind == kind);

    /// <summary>The address of one row as the API answers it: the first after the row before it.</summary>
    public string InFull(DifferenceLine line)
    {
        var before = View!.Rows.TakeWhile(r => !ReferenceEquals(r, line)).LastOrDefault()?.Key ?? Show.Asked("after");
        return Show.To(json, ("change", Show.Asked("change")), ("after", before), ("limit", "1"));
    }

    public string Word(string of)
    {
        var slash = of.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? Show.Word("ComparedView", of)
            : string.Format(System.Globalization.CultureInfo.CurrentCulture, Show.Word("ComparedView", of[..slash]), of.StartsWith("coverage/", StringComparison.Ordinal) ? Framework(of[(slash + 1)..]) : of[(slash + 1)..]);
    }

    /// <summary>What is best compared between a meeting of a series and the next one.</summary>
    internal static string BetweenMeetings(string series, MeetingRow first) => series switch
    {
        // What the first forum promised, as the second one found it.
        "IMRF" => $"imrf-follow-up/{Show.Plain(first.Content.Year)}",
        "RCM" => "rcm-grid",
        _ => "pledges",
    };

    // Named by the address; else the last forum; where that isn't known, none.
    private (Basis? From, string? Meeting) First(string view)
    {
        if (!Array.Exists(FirstParameters, p => Show.Asked(p) is { Length: > 0 }))
        {
            var series = Show.Asked("series") is { Length: > 0 } code ? code : DifferenceEndpoints.SeriesOf(view) ?? "IMRF";
            if (new Moments(Show.Models, Show.Registry).Previous(series, Reading) is { } previous)
            {
                return (previous.Basis, previous.Meeting.Id);
            }
            SeriesWithoutMeeting = series;
            return (null, null);
        }
        var asked = Request.BasisRequest("from.");
        var (basis, problem) = resolver.Resolve(Moments.OrSize(asked, Reading.Size));
        FirstProblem = problem;
        return basis is null ? (null, null) : (Moments.Beside(basis, Reading.Basis), basis.From.Origin == BasisOrigin.Meeting ? basis.From.Asked : null);
    }

    private PageResult Wrong()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private IEnumerable<(string Of, string Word)> Choose(string which)
    {
        foreach (var view in ComparedViews.All.OrderByDescending(v => v.Name == "registry"))
        {
            IEnumerable<string> of = view.Which switch
            {
                ["cycle"] => Meetings.Where(m => m.Series.Id == "IMRF").Select(m => Show.Plain(m.Year)).Distinct().OrderDescending(StringComparer.Ordinal).Select(y => $"{view.Name}/{y}"),
                ["framework"] => Show.Models.Frameworks.At(Reading.Size).Where(f => !f.Opened.CodeList).Select(f => f.Opened.Scheme).Append(which.Contains('/', StringComparison.Ordinal) && Of.StartsWith("coverage/", StringComparison.Ordinal) ? which : "").Where(s => s.Length > 0).Distinct().Select(s => $"{view.Name}/{s}"),
                ["id"] => Of.StartsWith("pledge/", StringComparison.Ordinal) ? [Of] : [],
                _ => [view.Name],
            };
            foreach (var one in of)
            {
                yield return (one, Word(one));
            }
        }
    }

    private string Framework(string id) =>
        (id.Contains('/', StringComparison.Ordinal) ? Show.Models.Frameworks.At(id, Reading.Size) : Show.Models.Frameworks.Current(id, Reading))?.Name(Show.Language) ?? id;

    private IEnumerable<(MeetingRow From, MeetingRow To, string Of)> PairsOf(ReadModels models) =>
        models.Meetings.AllSeries(Reading.Size).SelectMany(series =>
        {
            var regular = models.Meetings.Calendar(series.Code, Reading.Size).Regular.Where(m => m.Ends is not null).ToArray();
            return regular.Zip(regular.Skip(1)).Select(p => (p.First, p.Second, BetweenMeetings(series.Code, p.First)));
        });
}

/// <summary>A row that differs. A page shows its first causes, and of what came or went whole its first facts: each row would repeat them all.</summary>
/// <param name="InFull">Where the row is as the API answers it, with all of them; null where it isn't asked for by itself.</param>
public sealed record DifferenceModel(DifferenceLine Line, bool Compact = false, string? InFull = null);
