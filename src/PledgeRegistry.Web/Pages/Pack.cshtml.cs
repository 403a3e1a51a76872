using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.MeetingPack;
using PledgeRegistry.Projections.RcmProgressGrid;

namespace PledgeRegistry.Web.Pages;

/// <summary>A meeting's pack, laid out for paper. Its address names the basis that it is made from.</summary>
public sealed class PackPage(Show show) : RegistryPage(show)
{
    public MeetingPackView View { get; private set; } = null!;

    /// <summary>True while the meeting isn't over by the day that the pack is made on.</summary>
    public bool IsToCome => Show.Models.Meetings.Meeting(View.Meeting.Id, View.Made.Size)?.OverBy > View.Made.On;

    /// <summary>The rows of a set of changes, the most telling first.</summary>
    public static IEnumerable<DifferenceLine> Ordered(DifferencesView changes) => changes.Rows.OrderBy(r => r.Kind switch
    {
        DifferenceKind.Changed => 0,
        DifferenceKind.Added => 1,
        DifferenceKind.Gone => 2,
        _ => 3,
    });

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new GetMeetingPack(Reading, id)) is not { } view)
        {
            return Missing(id);
        }
        if (view.Made.Size != Reading.Size || view.Made.On != Reading.On)
        {
            return Redirect(Show.Here(("size", Show.Plain(view.Made.Size)), ("on", view.Made.OnText()), ("asOf", null), ("asOfMeeting", null)));
        }
        View = view;
        return Shown(MeetingPackView.View, $"/api/meetings/{id}/pack");
    }

    /// <summary>A cell in short: owed, asked, recorded; what is of collectives behind a plus sign.</summary>
    public string Cell(CellCount count) => count == CellCount.None ? "—" : string.Join(" · ", Both(count.Owed, count.OwedAsMember), Both(count.Asked, count.AskedAsMember), Show.Number(count.Recorded));

    /// <summary>One of the four things in words, as the follow-up's page has it.</summary>
    public string State(string side, string code) => new FollowUpPage(Show).State(side, code);

    private static string Both(int own, int asMember) => asMember == 0 ? Show.Number(own) : $"{Show.Number(own)}+{Show.Number(asMember)}";
}

/// <summary>A cycle's counts in a pack.</summary>
public sealed record PackCycleModel(PackPage Page, FollowUpView FollowUp);
