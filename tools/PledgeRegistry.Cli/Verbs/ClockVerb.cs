using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Projections.FollowUpClock;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge clock</c>: who is to be reminded of what and when.</summary>
internal static class ClockVerb
{
    public static Command Create(CommonOptions options)
    {
        var participant = new Option<string?>("--participant") { Description = "Only this participant's own list, with what its collectives owe.", HelpName = "CODE" };
        var series = new Option<string?>("--series") { Description = "Only this series of meetings.", HelpName = "CODE" };
        return options.Reading(
            new Command("clock", "The follow-up clock: who is to be reminded of what before each regular meeting, and from when.") { participant, series },
            async (session, output, parsed, cancel) =>
            {
                var (code, of) = (parsed.GetValue(participant), parsed.GetValue(series));
                if (code is not null && await session.Ask(new GetParticipant(session.Reading, code), cancel) is null)
                {
                    throw new CommandFailedException($"No participant '{code}' is known at this basis.");
                }
                if (of is not null && await session.Ask(new GetSeries(session.Reading, of), cancel) is null)
                {
                    throw new CommandFailedException($"No series '{of}' is known at this basis. There is, for example, RCM or IMRF.");
                }
                var view = await session.Ask(new GetFollowUpClock(session.Reading, code, of), cancel);
                if (output.IsJson)
                {
                    output.Json(view);
                }
                else
                {
                    Print(view, session, output);
                }
            });
    }

    private static void Print(ClockView view, ReadSession session, Output output)
    {
        output.Line(session.BasisLine(ClockView.View));
        output.Fields(("participant", view.Participant is { } p ? $"{p.Name} ({p.Id})" : null), ("series", view.Series.Count.ToString(CultureInfo.InvariantCulture)));
        output.Table("Series", ["series", "next meeting", "notice", "notice from", "previous meeting", "parties", "to be reminded"],
        [
            .. view.Series.Select(s => (string[])
                [s.Series.Id, Meeting(s.Next), s.Notice.Code(), Date(s.NoticeFrom), Meeting(s.Previous), Number(s.Parties.Count), Number(s.Parties.Count(q => q.IsReminded))]),
        ]);
        output.Table("Commitments", ["series", "party", "id", "part", "of", "report", "claimed", "heard of", "silence", "silent from", "due", "due on", "period from", "period before", "title"],
        [
            .. view.Series.SelectMany(s => s.Parties.SelectMany(q => q.Lines.Select(l => (string[])
            [
                s.Series.Id, q.Party.Id, l.Pledge, l.Part.Code(), Output.OrDash(l.Collective?.Id), l.Awaited.Code(), Output.OrDash(l.Claimed?.Code), Date(l.HeardOf), l.Silence.Code(), Date(l.SilentFrom),
                l.Due.Code(), l.DueOn is null ? Output.OrDash(l.DueAt?.Id ?? l.DueWords) : Date(l.DueOn), Date(l.Period.From), Date(l.Period.Before), l.Title,
            ]))),
        ]);
    }

    private static string Meeting(ClockMeeting? meeting) =>
        meeting is null ? "-" : meeting.Starts is { } starts ? $"{meeting.Id} ({Date(starts)})" : $"{meeting.Id} ({Number(meeting.Year)})";

    private static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
