using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Meetings;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge follow-up</c>: the IMRF follow-up of a cycle.</summary>
internal static class FollowUpVerb
{
    public static Command Create(CommonOptions options)
    {
        var cycle = new Argument<string?>("CYCLE") { Description = "The year of the forum. Default: the last one that anything was recorded for.", Arity = ArgumentArity.ZeroOrOne };
        var objective = new Option<string?>("--objective") { Description = "Only what is mapped to this objective.", HelpName = "GCM-15" };
        var table = new Option<string?>("--round-table") { Description = "Only the objectives of this round table.", HelpName = "RT1" };
        var party = new Option<string?>("--party") { Description = "Only this participant's parts.", HelpName = "CODE" };
        var kind = new Option<string?>("--kind") { Description = "Only commitments of this kind.", HelpName = "pledge|conclusion|statement|recommendation" };
        kind.AcceptOnlyFromAmong("pledge", "conclusion", "statement", "recommendation");
        return options.Reading(
            new Command("follow-up", "The IMRF follow-up: what was committed to, claimed, verified, and who was not heard of.") { cycle, objective, table, party, kind },
            async (session, output, parsed, cancel) =>
            {
                var year = parsed.GetValue(cycle) ?? await LastCycleAsync(session, cancel);
                var view = await session.Ask(
                    new GetImrfFollowUp(session.Reading, year, parsed.GetValue(objective), parsed.GetValue(table), parsed.GetValue(party), parsed.GetValue(kind)), cancel);
                if (view.Forum is null && view.Lines.Count == 0)
                {
                    throw new CommandFailedException($"No forum of {year} is known at this basis, and nothing was recorded for it. Give the year of a forum, such as 2022.");
                }
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

    private static async Task<string> LastCycleAsync(ReadSession session, CancellationToken cancel)
    {
        var meetings = (await session.Ask(new ListMeetings(session.Reading, "IMRF"), cancel)).Meetings.Where(m => m.Pledges > 0).ToArray();
        return meetings.Length == 0
            ? throw new CommandFailedException("Nothing was recorded for any forum at this basis. Give the year of a forum, such as 2022.")
            : meetings.Max(m => m.Year).ToString(CultureInfo.InvariantCulture);
    }

    private static void Print(FollowUpView view, ReadSession session, Output output)
    {
        output.Line(session.BasisLine(FollowUpView.View));
        output.Fields(
            ("cycle", view.Cycle), ("forum", Meeting(view.Forum)), ("next forum", Meeting(view.NextForum)),
            ("commitments", Counts(view.Total.Commitments)), ("ended", Counts(view.Total.Ended)),
            ("claimed", Counts(view.Total.Claimed)), ("verified", Counts(view.Total.Verified)), ("heard of", Counts(view.Total.Freshness)),
            ("on time", Counts(view.Total.Timeliness)), ("answers", Counts(view.Total.Answers)),
            ("recorded since", view.Changes.Count.ToString(CultureInfo.InvariantCulture)));
        output.Table("Parts", ["id", "kind", "party", "part", "claimed", "claimed on", "verified", "independent", "answer", "heard of", "on time", "due", "withdrawn", "title"],
        [
            .. view.Lines.Select(l => (string[])
            [
                l.Pledge, l.Kind, Output.OrDash(l.Party), Output.OrDash(l.Part?.Code()), Output.OrDash(l.Claimed), Date(l.ClaimedOn), Output.OrDash(l.Verified), Output.OrDash(l.Independent),
                Output.OrDash(l.Answer), l.Freshness.Code(), l.Timeliness.Code(), l.DueOn is null ? Output.OrDash(l.DueWords) : Date(l.DueOn), Output.OrDash(l.Ended?.Code()), l.Title,
            ]),
        ]);
        output.Table("Objectives", ["code", "commitments", "claimed", "objective"],
            [.. view.ByObjective.Select(g => (string[])[g.Code, Counts(g.Counts.Commitments), Counts(g.Counts.Claimed), g.Label])]);
    }

    private static string? Meeting(FollowUpMeeting? meeting) => meeting is null ? null : $"{meeting.Id} ({Date(meeting.Starts)} to {Date(meeting.Ends)})";

    private static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";

    // What is none is left out of the line, not of the JSON.
    private static string Counts(IReadOnlyDictionary<string, int> counts) =>
        Output.OrDash(string.Join(", ", counts.Where(c => c.Value > 0).Select(c => $"{c.Key} {c.Value.ToString(CultureInfo.InvariantCulture)}")));
}
