using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections;
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

    /// <summary>Its own part in a pledge; null where it has one only through a collective.</summary>
    public Part? PartIn(string pledge) => Show.Models.Pledges.At(pledge, Reading.Size) is { } row
        ? new Parties(Show.Models.Participants, Reading).In(row, row.On(Reading.On)).Where(p => p.Participant == View.Code && p.Collective is null).Select(p => (Part?)p.Part).FirstOrDefault()
        : null;

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
