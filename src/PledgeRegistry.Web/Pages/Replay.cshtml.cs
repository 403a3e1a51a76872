using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Replay;

namespace PledgeRegistry.Web.Pages;

/// <summary>
/// The registry as it came to be: a view at a size, the entry that made it so, and steps from there. All of it is links and
/// forms; a script plays it by asking for the same page without what is around it.
/// </summary>
public sealed class ReplayPage(Show show, TimeProvider clock) : RegistryPage(show)
{
    /// <summary>The header by which a script asks for what changes with a step, and nothing else.</summary>
    public const string FrameHeader = "Replay-Frame";

    private static readonly (ReplayOf Of, string View)[] Views =
        [(ReplayOf.Grid, GridView.View), (ReplayOf.FollowUp, FollowUpView.View), (ReplayOf.Coverage, CoverageView.View), (ReplayOf.Pledge, PledgeView.View)];

    public ReplayOf Of => Kebab.TryParse<ReplayOf>(Show.Asked("view"), out var of) ? of : ReplayOf.Grid;

    public ReplayBy By => Kebab.TryParse<ReplayBy>(Show.Asked("by"), out var by) ? by : ReplayBy.Entry;

    public long Head => Show.Registry.Head.Size;

    public IReadOnlyList<string> Cycles { get; private set; } = [];
    public IReadOnlyList<FrameworkListItem> Frameworks { get; private set; } = [];
    public IReadOnlyList<MeetingListItem> Meetings { get; private set; } = [];

    /// <summary>The cycle, the framework or the pledge that is replayed.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>True where no step leads further.</summary>
    public bool IsLast { get; private set; }

    /// <summary>The entry that made this step, or null before the first.</summary>
    public HistoryLine? Entry { get; private set; }

    public GridView? Grid { get; private set; }
    public FollowUpPage? FollowUp { get; private set; }
    public CoveragePage? Coverage { get; private set; }
    public PledgeView? Pledge { get; private set; }

    protected override string? PartHeader => FrameHeader;

    /// <summary>True where a step ended without a change.</summary>
    public bool LookedEnough => Show.Asked("unchanged") == "1";

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadChoicesAsync();
        if (await StepAsync() is { } step)
        {
            return Redirect(Address(step));
        }
        IsLast = By == ReplayBy.Meeting ? (await Ask(Step(forward: true))).On is null : Reading.Size >= Head;
        if (Reading.Size > 0)
        {
            Entry = (await Ask(new GetHistory(Reading, From: Reading.Size - 1, Limit: 1))).Lines[0];
        }
        await ReadViewAsync();
        var view = Views.First(v => v.Of == Of).View;
        var page = Of switch
        {
            ReplayOf.Grid => Shown(view, "/api/rcm/grid"),
            ReplayOf.FollowUp => Shown(view, $"/api/imrf/{Subject}/follow-up"),
            ReplayOf.Coverage => Shown(view, $"/api/frameworks/{Subject}/coverage"),
            _ => Shown(view, Pledge is null ? "/api/history?limit=1" : $"/api/pledges/{Uri.EscapeDataString(Subject)}"),
        };
        return IsPart ? Partial("_ReplayParts", this) : page;
    }

    /// <summary>A link that steps: the same page, which leads on.</summary>
    public string Go(string where) => Here(("size", Show.Plain(Reading.Size)), ("go", where));

    /// <summary>This page's address with other parameters, without those that are for one step alone.</summary>
    public string Here(params (string Name, string? Value)[] changes) =>
        Show.Here([.. new (string Name, string? Value)[] { ("go", null), ("meeting", null), ("asOf", null), ("unchanged", null) }.Where(n => !changes.Any(c => c.Name == n.Name)), .. changes]);

    /// <summary>What a form of this page carries along.</summary>
    public IEnumerable<(string Name, string Value)> Carried(params string[] without) =>
        Show.Filters.Concat(Show.Basis.Where(b => b.Name == "on")).Where(p => p.Name is not ("go" or "meeting" or "unchanged") && !without.Contains(p.Name));

    private string Address(ReplayStep step) => Here(
        ("size", Show.Plain(step.Size)), ("on", step.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Show.Asked("on")), ("unchanged", step.LookedEnough ? "1" : null));

    private async Task<ReplayStep?> StepAsync()
    {
        if (Show.Asked("meeting") is { Length: > 0 } id && Show.Models.Meetings.Meeting(id, Head) is { } meeting)
        {
            return await Ask(new GetReplayStep(Reading, Of, Subject, ReplayBy.Meeting, Forward: true) { Day = meeting.OverBy.AddDays(-1) });
        }
        return Show.Asked("go") switch
        {
            // By meeting it is the day that steps: before the first of them, and today.
            "first" => new ReplayStep(0, By == ReplayBy.Meeting && Meetings.Count > 0 ? Show.Models.Meetings.Meetings(Head).Min(m => m.OverBy).AddDays(-1) : null),
            "last" => new ReplayStep(Head, By == ReplayBy.Meeting ? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) : null),
            "back" => await Ask(Step(forward: false)),
            "forward" => await Ask(Step(forward: true)),
            _ => null,
        };
    }

    private GetReplayStep Step(bool forward) =>
        new(Reading, Of, Subject, By, forward) { Clock = clock, Day = string.IsNullOrEmpty(Show.Asked("on")) ? null : Reading.On };

    // What can be chosen is what there is at the head: a replay starts before it was known.
    private async Task ReadChoicesAsync()
    {
        var all = Reading with { Basis = Reading.Basis with { Size = Head } };
        Meetings = (await Ask(new ListMeetings(all))).Meetings;
        Cycles = [.. Meetings.Where(m => m.Series.Id == "IMRF").Select(m => Show.Plain(m.Year)).Distinct().Order(StringComparer.Ordinal)];
        Frameworks = (await Ask(new ListFrameworks(all))).Frameworks;
        var asked = Show.Asked("subject");
        Subject = Of switch
        {
            ReplayOf.FollowUp => Cycles.FirstOrDefault(c => c == asked) ?? (Cycles.Contains("2022") || Cycles.Count == 0 ? "2022" : Cycles[0]),
            ReplayOf.Coverage => Frameworks.Select(f => f.Scheme).FirstOrDefault(s => s == asked) ?? "gcm",
            ReplayOf.Pledge => asked ?? "",
            _ => "",
        };
    }

    private async Task ReadViewAsync()
    {
        switch (Of)
        {
            case ReplayOf.FollowUp:
                FollowUp = FollowUpPage.Over(await Ask(new GetImrfFollowUp(Reading, Subject)), Show);
                break;
            case ReplayOf.Coverage:
                Coverage = await Ask(new GetFrameworkCoverage(Reading, Subject)) is { } coverage ? CoveragePage.Over(coverage, Show) : null;
                break;
            case ReplayOf.Pledge:
                Pledge = Subject.Length == 0 ? null : await Ask(new GetPledge(Reading, Subject));
                break;
            default:
                Grid = await Ask(new GetRcmProgressGrid(Reading));
                break;
        }
    }
}
