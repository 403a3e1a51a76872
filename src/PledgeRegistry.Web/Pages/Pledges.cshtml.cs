using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Web.Pages;

/// <summary>Commitments of all kinds, by what they touch.</summary>
public sealed class PledgesPage(Show show) : RegistryPage(show)
{
    public PledgeList List { get; private set; } = null!;
    public MeetingList Meetings { get; private set; } = null!;
    public ParticipantList Participants { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListPledges(Reading, Filter("kind"), Filter("series"), Filter("meeting"), Filter("party"), Filter("item"), Filter("source"), Filter("after")));
        Meetings = await Ask(new ListMeetings(Reading));
        Participants = await Ask(new ListParticipants(Reading));
        return Shown(PledgeList.View, "/api/pledges", "kind", "series", "meeting", "party", "item", "source", "after");
    }

    private string? Filter(string parameter) => Show.Asked(parameter) is { Length: > 0 } value ? value : null;
}
