using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>Every pledge as it ever stood.</summary>
public sealed class PledgeTimelines : IProjection
{
    private readonly Timelines<PledgeRow> rows = new();

    public PledgeRow? At(string id, long size) => rows.At(id, size);

    public IEnumerable<PledgeRow> At(long size) => rows.At(size);

    /// <summary>Those that had been made known by the day of the reading.</summary>
    public IEnumerable<PledgeRow> At(Reading reading) => rows.At(reading.Size).Where(p => p.MadeBy(reading.On));

    public void Apply(Entry entry)
    {
        if (entry.Event is PledgeEvent happened)
        {
            var id = entry.Stream["pledge/".Length..];
            var row = Fold(rows.Last(id), id, happened, entry);
            rows.Add(id, entry.Position, row with { Version = entry.Version + 1, LastPosition = entry.Position });
        }
        else if (entry.IsClearanceIn("pledge/", out var cleared))
        {
            rows.Add(cleared, entry.Position, rows.Last(cleared)! with { Version = entry.Version + 1, LastPosition = entry.Position });
        }
    }

    private static PledgeRow Fold(PledgeRow? row, string id, PledgeEvent happened, Entry entry) => happened switch
    {
        PledgeEvent.Recorded e => new PledgeRow(id, entry.Position, entry.RecordedAt, 0, 0, e.Content.AnnouncedOn, [new Wording(e.Content, e.Content.AnnouncedOn.Last())], [], [], [], [], null),
        PledgeEvent.Corrected e => Correct(row!, e.Content),
        PledgeEvent.Amended e => row! with { Wordings = row.Wordings.Add(new Wording(e.Content, e.From.Last())) },
        PledgeEvent.Mapped e => row! with { Mappings = row.Mappings.Add(new MappingRow(e.Item, e.Reason, e.Retrospective, entry.Position, null, null)) },
        PledgeEvent.MappingRetired e => Retire(row!, e, entry.Position),
        PledgeEvent.ProgressReported e => row! with { Reports = row.Reports.Add(new ReportRow(e.Number, e.Report, entry.Position, entry.RecordedAt, entry.OnBehalfOf, null)) },
        PledgeEvent.ReportCorrected e => row! with { Reports = row.Reports.SetItem(e.Number - 1, row.Reports[e.Number - 1] with { Report = e.Report, CorrectedAt = entry.Position }) },
        PledgeEvent.Reviewed e => row! with { Reviews = row.Reviews.Add(new ReviewRow(e.Number, e.Review, entry.Position, entry.RecordedAt, [])) },
        PledgeEvent.ReviewReplied e => Reply(row!, e, entry.Position),
        PledgeEvent.AddresseeAnswered e => row! with { Answers = row.Answers.Add(new AnswerRow(e.Party, e.Answer, e.On, e.Text, e.Language, entry.Position)) },
        PledgeEvent.Withdrawn e => row! with { Withdrawal = new WithdrawalRow(e.From, e.Reason, entry.Position) },
        _ => throw new InvalidOperationException($"The pledges' timelines have no arm for {happened.GetType()}."),
    };

    // The record was wrong about the last wording; wordings before it stay. An amendment keeps its date, the first has the announcement's.
    private static PledgeRow Correct(PledgeRow row, PledgeContent content)
    {
        var last = row.Wordings.Count - 1;
        var from = last == 0 ? content.AnnouncedOn.Last() : row.Wordings[last].From;
        return row with { AnnouncedOn = content.AnnouncedOn, Wordings = row.Wordings.SetItem(last, new Wording(content, from)) };
    }

    private static PledgeRow Retire(PledgeRow row, PledgeEvent.MappingRetired e, long position)
    {
        var index = row.Mappings.FindIndex(m => m.Item == e.Item && m.RetiredAt is null);
        return row with { Mappings = row.Mappings.SetItem(index, row.Mappings[index] with { RetiredAt = position, RetiredReason = e.Reason }) };
    }

    private static PledgeRow Reply(PledgeRow row, PledgeEvent.ReviewReplied e, long position)
    {
        var review = row.Reviews[e.Review - 1];
        return row with
        {
            Reviews = row.Reviews.SetItem(e.Review - 1, review with { Replies = review.Replies.Add(new ReplyRow(e.Party, e.Text, e.Language, position)) }),
        };
    }
}
