using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Web.Pages;

/// <summary>Participants, by type.</summary>
public sealed class ParticipantsPage(Show show) : RegistryPage(show)
{
    public ParticipantList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListParticipants(Reading));
        return Shown(ParticipantList.View, "/api/participants");
    }
}

/// <summary>A participant: its roles, its collectives, its commitments and initiatives.</summary>
public sealed class ParticipantPage(Show show) : RegistryPage(show)
{
    public ParticipantView View { get; private set; } = null!;
    public PledgeList Pledges { get; private set; } = null!;
    public InitiativeList Initiatives { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (await Ask(new GetParticipant(Reading, code)) is not { } view)
        {
            return Missing(code);
        }
        View = view;
        Pledges = await Ask(new ListPledges(Reading, Party: code));
        Initiatives = await Ask(new ListInitiatives(Reading, Participant: code));
        return Shown(ParticipantView.View, $"/api/participants/{code}");
    }
}
