using Microsoft.Extensions.Localization;
using PledgeRegistry.Projections.FollowUpClock;

namespace PledgeRegistry.Web.Pages.Feeds;

/// <summary>What a feed and a calendar say of a day of the clock, in the reader's language, and where more of it is.</summary>
public sealed class ClockWords(Show show, IHttpContextAccessor accessor)
{
    private readonly HttpRequest request = accessor.HttpContext!.Request;

    private IStringLocalizer<PageText> T => show.T;

    /// <summary>The registry's own name.</summary>
    public string Registry => show.Registry.State.Names?.For(Show.Language) ?? "PledgeRegistry";

    /// <summary>Where this document is found as it is now: the same, at whatever basis it is read.</summary>
    public string Self => $"{Host}{request.Path}?lang={Show.Language}";

    private string Host => $"{request.Scheme}://{request.Host}{request.PathBase}";

    public string TitleOf(ClockDays days) => T["Clock.TitleOf", days.Participant.Name];

    public string PageOf(ClockDays days) => $"{Host}/clock/{days.Participant.Id}";

    /// <summary>The page of what a day is about.</summary>
    public string PageOf(ClockDay day) => day.Line is { } line ? $"{Host}/pledges/{line.Pledge}" : $"{Host}/meetings/{day.Meeting!.Id}";

    public string Title(ClockDay day) => day switch
    {
        { Kind: DayKind.Meeting, Meeting: { } meeting } => meeting.Name,
        { Kind: DayKind.Notice, Meeting: { } meeting } => T["Clock.NoticeOf", meeting.Name, show.LongDay(meeting.Starts!.Value)],
        { Kind: DayKind.EarlyNotice, Line: { } line } => T["Clock.EarlyNoticeOf", line.Pledge, show.LongDay(line.SilentFrom!.Value)],
        { Kind: DayKind.Silent, Line: { } line } => T["Clock.SilentOf", line.Pledge],
        { Kind: DayKind.Due, Line: { } line } => T["Clock.DueOf", line.Pledge, show.LongDay(line.DueOn!.Value)],
        { Kind: DayKind.Late, Line: { } line } => T["Clock.LateOf", line.Pledge, show.LongDay(line.DueOn!.Value)],
        { Kind: DayKind.Milestone, Line: { } line, Milestone: { } milestone } => T["Clock.MilestoneOf", line.Pledge, show.LongDay(milestone.DueOn!.Value), milestone.Code],
        _ => throw new InvalidOperationException($"There are no words for {day.Kind}."),
    };

    /// <summary>Sentences, one a line.</summary>
    public string Text(ClockDay day)
    {
        string[] sentences = day.Line is { } line
            ?
            [
                line.Title,
                day.Milestone?.Text ?? "",
                line.Collective is { } collective ? T["Clock.OfCollective", collective.Name].Value : "",
                line.HeardOf is { } heard ? T["Clock.LastHeardOf", show.LongDay(heard)].Value : "",
            ]
            : [day.Series.Series.Name, T["Clock.ReportsAwaited", Show.Number(day.Reports)].Value];
        return string.Join('\n', sentences.Where(s => s.Length > 0));
    }

    public string Nothing => T["Clock.Nothing"];
}
