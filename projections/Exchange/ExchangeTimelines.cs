using PledgeRegistry.Exchange;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Exchange;

/// <summary>Every need and every offer as it ever stood.</summary>
public sealed class ExchangeTimelines : IProjection
{
    private readonly Timelines<ExchangeRow> rows = new();

    public ExchangeRow? At(string id, long size) => rows.At(id, size);

    /// <summary>Those that had been made known by the day of the reading.</summary>
    public IEnumerable<ExchangeRow> At(Reading reading) => rows.At(reading.Size).Where(r => r.MadeBy(reading.On));

    /// <summary>The matches of a need or of an offer, whose other side is found in the need; those that had been made known by the day.</summary>
    public IEnumerable<(ExchangeRow Need, MatchRow Match)> MatchesOf(ExchangeRow row, Reading reading) => row.Content.Direction == Direction.Need
        ? row.Matches.Where(m => m.MadeBy(reading.On)).Select(m => (row, m))
        : rows.At(reading.Size).SelectMany(need => need.Matches.Where(m => m.Offer == row.Id && m.MadeBy(reading.On)).Select(m => (need, m)));

    public void Apply(Entry entry)
    {
        if (entry.Event is ExchangeEvent happened)
        {
            var id = entry.Stream["exchange/".Length..];
            var row = rows.Last(id);
            row = happened switch
            {
                ExchangeEvent.Recorded e => new ExchangeRow(id, entry.Position, entry.RecordedAt, 0, 0, e.Content, [], null),
                ExchangeEvent.Corrected e => row! with { Content = e.Content },
                ExchangeEvent.Closed e => row! with { Closing = new ClosingRow(e.How, e.From, e.Reason, entry.Position) },
                ExchangeEvent.MatchProposed e => row! with
                {
                    Matches = row.Matches.Add(new MatchRow(e.Number, e.Offer, e.By, e.On, e.Reason, entry.Position, DateOnly.FromDateTime(entry.RecordedAt.UtcDateTime), [], null)),
                },
                ExchangeEvent.MatchAnswered e => Changed(row!, e.Match, m => m with { Answers = m.Answers.Add(new MatchAnswerRow(e.Party, e.Answer, e.On, e.Text, e.Language, entry.Position)) }),
                ExchangeEvent.MatchEnded e => Changed(row!, e.Match, m => m with { End = new MatchEndRow(e.By, e.From, e.Reason, entry.Position) }),
                _ => throw new InvalidOperationException($"The exchange's timelines have no arm for {happened.GetType()}."),
            };
            rows.Add(id, entry.Position, row with { Version = entry.Version + 1, LastPosition = entry.Position });
        }
        else if (entry.IsClearanceIn("exchange/", out var cleared))
        {
            rows.Add(cleared, entry.Position, rows.Last(cleared)! with { Version = entry.Version + 1, LastPosition = entry.Position });
        }
    }

    private static ExchangeRow Changed(ExchangeRow row, int match, Func<MatchRow, MatchRow> change) =>
        row with { Matches = row.Matches.SetItem(match - 1, change(row.Matches[match - 1])) };
}
