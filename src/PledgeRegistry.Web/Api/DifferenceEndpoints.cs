using System.Globalization;
using PledgeRegistry.Exchange;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// What differs between two moments: an address for each view that can be compared. The second moment is named as
/// everywhere, the first by the same parameters with <c>from.</c> before them, or by <c>since=previous-meeting</c>.
/// </summary>
internal static class DifferenceEndpoints
{
    /// <summary>The parameters that name the first moment.</summary>
    public static readonly string[] Moment = ["from.size", "from.on", "from.asOf", "from.asOfMeeting", "since"];

    public const string PreviousMeeting = "previous-meeting";

    public static IEnumerable<ReadEndpoint> All => ComparedViews.All.Select(view => ReadEndpoint.Of(
        $"/api/differences/{view.Name}", DifferencesView.View, view.Which.Contains("framework") ? "unknown-framework" : view.Which.Contains("id") ? "unknown-pledge" : null,
        [.. Moment.Append("series").Concat(view.Parameters).Concat(["change", "after", "limit"]).Distinct()], r => Ask(r, view)));

    /// <summary>The series whose previous meeting gives the first moment, where the address names none.</summary>
    public static string? SeriesOf(string view) => view switch { "imrf-follow-up" => "IMRF", "rcm-grid" => "RCM", _ => null };

    private static GetDifferences Ask(ReadRequest r, ComparedView view)
    {
        var (from, meeting) = First(r, view);
        r.FirstMoment = from;
        DifferenceKind? only = Kebab.TryParse<DifferenceKind>(r.OneOf("change", Kebab.Codes<DifferenceKind>()), out var change) ? change : null;
        return new GetDifferences(r.Reading, from, view, Filter(r, view), only, r.Text("after"), r.Limit(100, 500), meeting);
    }

    private static (Basis From, string? Meeting) First(ReadRequest r, ComparedView view)
    {
        var resolver = r.Context.RequestServices.GetRequiredService<BasisResolver>();
        var asked = r.Context.Request.BasisRequest("from.");
        if (r.OneOf("since", [PreviousMeeting]) is not null)
        {
            if (!asked.IsNow)
            {
                r.Refuse("since", "bad-parameter", "'since' names the first moment by itself: leave out what begins with 'from.'.");
            }
            else if ((r.Text("series") ?? SeriesOf(view.Name)) is not { } series)
            {
                r.Refuse("series", "bad-parameter", "'series' is needed with 'since': the code of the series whose previous meeting it is.");
            }
            else if (new Moments(r.Models, r.Registry).Previous(series, r.Reading) is not { } previous)
            {
                r.Refuse("since", "bad-parameter", $"No regular meeting of '{series}' is known that was over before {r.Reading.Basis.OnText()}.");
            }
            else
            {
                return (previous.Basis, previous.Meeting.Id);
            }
            return (r.Reading.Basis, null);
        }
        if (asked.IsNow)
        {
            r.Refuse("from.size", "bad-parameter", "The first moment is needed: give 'from.size', 'from.asOf', 'from.asOfMeeting' or 'from.on', or 'since=previous-meeting'.");
            return (r.Reading.Basis, null);
        }
        var (basis, problem) = resolver.Resolve(Moments.OrSize(asked, r.Reading.Size));
        if (basis is null)
        {
            r.Refuse($"from.{problem!.Parameter}", problem.Code, problem.Message);
        }
        return (basis is null ? r.Reading.Basis : Moments.Beside(basis, r.Reading.Basis), basis?.From.Origin == BasisOrigin.Meeting ? basis.From.Asked : null);
    }

    private static Dictionary<string, string> Filter(ReadRequest r, ComparedView view)
    {
        foreach (var needed in view.Which.Where(w => r.Text(w) is null))
        {
            r.Refuse(needed, "bad-parameter", $"'{needed}' is needed here.");
        }
        if (view.Which.Contains("cycle") && r.Text("cycle") is { } cycle && !r.Models.Meetings.IsCycle(cycle, r.Registry.Head.Size))
        {
            r.Refuse("cycle", "bad-parameter", $"'cycle' is a year in which there is a meeting of the IMRF, and '{cycle}' is none: see /api/meetings?series=IMRF.");
        }
        if (view.Filters.Contains("kind") && view.Name is "pledges" or "imrf-follow-up")
        {
            r.OneOf("kind", Kebab.Codes<PledgeKind>());
        }
        if (view.Filters.Contains("direction"))
        {
            r.OneOf("direction", Kebab.Codes<Direction>());
        }
        if (view.Filters.Contains("scope"))
        {
            r.RoleInScope();
        }
        if (view.Filters.Contains("until"))
        {
            r.Meeting("meeting");
            r.Date("from");
            r.Date("until");
        }
        return view.Parameters.Select(p => (Name: p, Value: r.Text(p))).Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value!, StringComparer.Ordinal);
    }
}
