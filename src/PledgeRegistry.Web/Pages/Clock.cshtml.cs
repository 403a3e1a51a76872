using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.FollowUpClock;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;

namespace PledgeRegistry.Web.Pages;

/// <summary>Who is to be reminded of what and when, meeting by meeting.</summary>
public sealed class ClockPage(Show show) : RegistryPage(show)
{
    public ClockView View { get; private set; } = null!;
    public SeriesList Series { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Series = await Ask(new ListSeries(Reading));
        View = await Ask(new GetFollowUpClock(Reading, null, Show.Asked("series") is { Length: > 0 } series ? series : null));
        return Shown(ClockView.View, "/api/clock", "series");
    }
}

/// <summary>What one participant is reminded and told of: its own list.</summary>
public sealed class ClockOfPage(Show show) : RegistryPage(show)
{
    public ClockView View { get; private set; } = null!;

    public string Code { get; private set; } = "";

    /// <summary>The feed or the calendar in the reader's language, for a program that has no cookie of theirs.</summary>
    public string Feed(string ending) => Show.To($"/clock/{Code}.{ending}", ("lang", Show.Language));

    public async Task<IActionResult> OnGetAsync(string participant)
    {
        if (await Ask(new GetParticipant(Reading, participant)) is null)
        {
            return Missing(participant);
        }
        Code = participant;
        View = await Ask(new GetFollowUpClock(Reading, participant));
        return Shown(ClockView.View, $"/api/clock?participant={Uri.EscapeDataString(participant)}");
    }
}
