using PledgeRegistry.Projections.FollowUpClock;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>A row for each series on the clock, and one for each party's part in a commitment.</summary>
internal static class ClockRows
{
    public static IEnumerable<ViewRow> Of(RowsAsk ask)
    {
        var clock = new ClockBuilder(ask.Models, new GetFollowUpClock(ask.Reading, ask["participant"], ask["series"])).Build(ask.Cancel);
        foreach (var series in clock.Series)
        {
            var around = Around.Series(ask, series.Series.Id);
            yield return new ViewRow(series.Series.Id, $"series/{series.Series.Id}", RowFields.From(
                ("next", series.Next?.Id), ("previous", series.Previous?.Id), ("notice", series.Notice.Code()), ("noticeFrom", Around.Day(series.NoticeFrom)),
                ("noticeWeeks", Around.Number(series.NoticeWeeks)), ("earlyNoticeWeeks", Around.Number(series.EarlyNoticeWeeks)), ("reportingMonths", Around.Number(series.ReportingMonths))))
            {
                With = around,
                // It is on the clock while somebody owes something in it.
                Around = [.. series.Parties.SelectMany(p => p.Lines.Select(l => $"pledge/{l.Pledge}"))],
            };
            foreach (var (party, line) in series.Parties.SelectMany(p => p.Lines.Select(l => (p.Party.Id, l))))
            {
                yield return new ViewRow($"{series.Series.Id}/{party}/{line.Pledge}", $"pledge/{line.Pledge}", RowFields.From(
                [
                    ("title", line.Title), ("kind", line.Kind.Code), ("party", party), ("part", line.Part.Code()), ("collective", line.Collective?.Id), ("claimed", line.Claimed?.Code),
                    ("awaited", line.Awaited.Code()), ("heardOf", Around.Day(line.HeardOf)), ("silence", line.Silence.Code()), ("silentFrom", Around.Day(line.SilentFrom)),
                    ("dueState", line.Due.Code()), ("dueOn", Around.Day(line.DueOn)), ("meeting", line.DueAt?.Id), ("dueWords", line.DueWords),
                    .. line.Milestones.Select(m => ($"milestones.{m.Code}", (string?)m.State.Code())),
                ]))
                {
                    Participant = party,
                    Around = [.. around, .. Around.OfPledge(ask.Models.Pledges.At(line.Pledge, ask.Size)!, ask), .. Around.Participants(party, line.Collective?.Id)],
                };
            }
        }
    }
}
