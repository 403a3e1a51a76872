using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Web.Pages;

/// <summary>Meetings, newest first.</summary>
public sealed class MeetingsPage(Show show) : RegistryPage(show)
{
    public MeetingList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListMeetings(Reading));
        return Shown(MeetingList.View, "/api/meetings");
    }
}

/// <summary>A meeting and what was announced at it.</summary>
public sealed class MeetingPage(Show show) : RegistryPage(show)
{
    public MeetingView View { get; private set; } = null!;
    public PledgeList Pledges { get; private set; } = null!;

    /// <summary>The regular meeting of its series before it, and what is best compared between the two; null where none is known.</summary>
    public (string Id, string Of)? Previous { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new GetMeeting(Reading, id)) is not { } view)
        {
            return Missing(id);
        }
        View = view;
        var row = Show.Models.Meetings.Meeting(id, Reading.Size)!;
        if (row.Ends is not null && Show.Models.Meetings.Calendar(view.Series.Id, Reading.Size).Regular.LastOrDefault(m => m.OverBy < row.OverBy && m.Id != id) is { } before)
        {
            Previous = (before.Id, DifferencesPage.BetweenMeetings(view.Series.Id, before));
        }
        Pledges = await Ask(new ListPledges(Reading, Meeting: id));
        return Shown(MeetingView.View, $"/api/meetings/{id}");
    }
}

/// <summary>The source documents.</summary>
public sealed class SourcesPage(Show show) : RegistryPage(show)
{
    public SourceList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListSources(Reading));
        return Shown(SourceList.View, "/api/sources");
    }
}

/// <summary>A source document, and what was recorded from it.</summary>
public sealed class SourcePage(Show show) : RegistryPage(show)
{
    public SourceView View { get; private set; } = null!;
    public PledgeList Pledges { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new GetSource(Reading, id)) is not { } view)
        {
            return Missing(id);
        }
        View = view;
        Pledges = await Ask(new ListPledges(Reading, Source: id));
        return Shown(SourceView.View, $"/api/sources/{id}");
    }
}
