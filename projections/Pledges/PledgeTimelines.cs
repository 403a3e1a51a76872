using System.Collections.Concurrent;
using PledgeRegistry.Frameworks;
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

    // What named a pledge or a partnership at any time, by what it named: looked up at a size, and then held against the row.
    private readonly ConcurrentDictionary<string, AppendOnlyList<string>> naming = new(StringComparer.Ordinal);

    public PledgeRow? At(string id, long size) => rows.At(id, size);

    public IEnumerable<PledgeRow> At(long size) => rows.At(size);

    /// <summary>Those that had been made known by the day of the reading.</summary>
    public IEnumerable<PledgeRow> At(Reading reading) => rows.At(reading.Size).Where(p => p.MadeBy(reading.On));

    /// <summary>The pledges that match this one on the day of the reading.</summary>
    public IEnumerable<PledgeRow> Matching(string id, Reading reading) => Naming(id, reading).Where(p => p.On(reading.On).Matches == id);

    /// <summary>The pledges under a partnership's goal on the day of the reading.</summary>
    public IEnumerable<PledgeRow> Under(string partnership, Reading reading) => Naming(partnership, reading).Where(p => p.On(reading.On).Partnership == partnership);

    /// <summary>The pledges that go on in this one on the day of the reading.</summary>
    public IEnumerable<PledgeRow> ContinuedIn(string id, Reading reading) => Naming(id, reading).Where(p => p.EndingOn(reading.On)?.Continues.Contains(id) == true);

    private IEnumerable<PledgeRow> Naming(string id, Reading reading)
    {
        if (!naming.TryGetValue(id, out var ids))
        {
            return [];
        }
        return ids.Snapshot().ToArray().Distinct().Select(p => rows.At(p, reading.Size)).OfType<PledgeRow>().Where(p => p.MadeBy(reading.On));
    }

    private static IEnumerable<string> Named(PledgeEvent happened) => happened switch
    {
        PledgeEvent.Recorded e => Named(e.Content),
        PledgeEvent.Corrected e => Named(e.Content),
        PledgeEvent.Amended e => Named(e.Content),
        PledgeEvent.Superseded e => [e.By],
        PledgeEvent.MarkedDuplicate e => [e.Of],
        PledgeEvent.Split e => e.Into,
        PledgeEvent.Merged e => [e.Into],
        _ => [],
    };

    private static IEnumerable<string> Named(PledgeContent content) => new[] { content.Matches, content.Partnership }.OfType<string>();

    public void Apply(Entry entry)
    {
        if (entry.Event is PledgeEvent happened)
        {
            var id = entry.Stream["pledge/".Length..];
            var row = Fold(rows.Last(id), id, happened, entry);
            rows.Add(id, entry.Position, row with { Version = entry.Version + 1, LastPosition = entry.Position });
            foreach (var named in Named(happened))
            {
                naming.GetOrAdd(named, _ => new AppendOnlyList<string>()).Add(id);
            }
        }
        else if (entry.IsClearanceIn("pledge/", out var cleared))
        {
            rows.Add(cleared, entry.Position, rows.Last(cleared)! with { Version = entry.Version + 1, LastPosition = entry.Position });
        }
    }

    private static PledgeRow Fold(PledgeRow? row, string id, PledgeEvent happened, Entry entry) => happened switch
    {
        PledgeEvent.Recorded e => new PledgeRow(id, entry.Position, entry.RecordedAt, 0, 0, e.Content.AnnouncedOn, [new Wording(e.Content, e.Content.AnnouncedOn.Last(), 1)], [], []),
        PledgeEvent.Corrected e => Correct(row!, e.Content),
        PledgeEvent.Amended e => row! with { Wordings = row.Wordings.Add(new Wording(e.Content, e.From.Last(), NextNumber(row))) },
        PledgeEvent.Translated e => row! with { Translations = row.Translations.Add(new TranslationRow(e.Wording, e.Translation, entry.Position)) },
        PledgeEvent.Mapped e => row! with { Mappings = row.Mappings.Add(Mapping(e.Item, e.Reason, e.Retrospective, e.Main, entry)) },
        PledgeEvent.MappingMarked e => Change(row!, e.Item, m => m with { Main = e.Main }),
        PledgeEvent.MappingMoved e => Move(row!, e, entry),
        PledgeEvent.MappingRetired e => Change(row!, e.Item, m => m with { RetiredAt = entry.Position, RetiredReason = e.Reason }),
        PledgeEvent.MappingContested e => row! with { Contests = row.Contests.Add(new ContestRow(e.Number, e.Item, e.By, e.Reason, e.Language, Active(row, e.Item).Position, entry.Position, null)) },
        PledgeEvent.ContestAnswered e => row! with { Contests = row.Contests.SetItem(e.Number - 1, row.Contests[e.Number - 1] with { Answer = e }) },
        PledgeEvent.ProgressReported e => row! with { Reports = row.Reports.Add(new ReportRow(e.Number, e.Report, entry.Position, entry.RecordedAt, entry.OnBehalfOf, null)) },
        PledgeEvent.ReportCorrected e => row! with { Reports = row.Reports.SetItem(e.Number - 1, row.Reports[e.Number - 1] with { Report = e.Report, CorrectedAt = entry.Position }) },
        PledgeEvent.Reviewed e => row! with { Reviews = row.Reviews.Add(new ReviewRow(e.Number, e.Review, entry.Position, entry.RecordedAt, [])) },
        PledgeEvent.ReviewReplied e => Reply(row!, e, entry.Position),
        PledgeEvent.AddresseeAnswered e => row! with { Answers = row.Answers.Add(new AnswerRow(e.Party, e.Answer, e.On, e.Text, e.Language, entry.Position)) },
        PledgeEvent.OpenedForSignature e => row! with { Signatures = row.Signatures.Add(new SignatureRow(e.From, e.Until, e.Reason, null, entry.Position)) },
        PledgeEvent.ClosedForSignature e => row! with { Signatures = row.Signatures.SetItem(row.Signatures.Count - 1, row.Signatures[^1] with { Closed = e.From }) },
        PledgeEvent.PartyInvited e => Act(row!, new PartyAct(e.Party, PartyDid.WasInvited, e.On, e.Reason, null, null, entry.Position)),
        PledgeEvent.PartyAccepted e => Act(row!, new PartyAct(e.Party, PartyDid.Accepted, e.From, e.Text, e.Language, e.Source, entry.Position)),
        PledgeEvent.PartyDeclined e => Act(row!, new PartyAct(e.Party, PartyDid.Declined, e.On, e.Text, e.Language, null, entry.Position)),
        PledgeEvent.PartyLeft e => Act(row!, new PartyAct(e.Party, PartyDid.Left, e.From, e.Reason, null, null, entry.Position)),
        PledgeEvent.ShareDeclared e => row! with { Shares = row.Shares.Add(new ShareRow(e.Party, e.Share, e.From, e.Reason, entry.Position)) },
        PledgeEvent.Withdrawn e => End(row!, EndingKind.Withdrawn, e.From, e.Reason, [], [], entry),
        PledgeEvent.Superseded e => End(row!, EndingKind.Superseded, e.From, e.Reason, [e.By], [], entry),
        PledgeEvent.Completed e => End(row!, EndingKind.Completed, e.From, e.Reason, [], e.Evidence, entry),
        PledgeEvent.MarkedDuplicate e => End(row!, EndingKind.Duplicate, null, e.Reason, [e.Of], [], entry),
        PledgeEvent.Split e => End(row!, EndingKind.Split, e.From, e.Reason, e.Into, [], entry),
        PledgeEvent.Merged e => End(row!, EndingKind.Merged, e.From, e.Reason, [e.Into], [], entry),
        PledgeEvent.Reinstated e => row! with { Endings = row.Endings.SetItem(row.Endings.Count - 1, row.Endings[^1] with { Reinstated = e.From }) },
        _ => throw new InvalidOperationException($"The pledges' timelines have no arm for {happened.GetType()}."),
    };

    // The record was wrong about the last wording; wordings before it stay. An amendment keeps its date, the first has the announcement's.
    private static PledgeRow Correct(PledgeRow row, PledgeContent content)
    {
        var last = row.Wordings.Count - 1;
        var from = last == 0 ? content.AnnouncedOn.Last() : row.Wordings[last].From;
        return row with { AnnouncedOn = content.AnnouncedOn, Wordings = row.Wordings.SetItem(last, new Wording(content, from, NextNumber(row))) };
    }

    // The last wording is always the one that was made last.
    private static int NextNumber(PledgeRow row) => row.Wordings[^1].Number + 1;

    private static MappingRow Mapping(ItemRef item, string reason, bool retrospective, bool main, Entry entry) =>
        new(item, reason, retrospective, main, entry.OnBehalfOf ?? entry.Role, entry.Position, null, null, null);

    private static PledgeRow Change(PledgeRow row, ItemRef item, Func<MappingRow, MappingRow> change)
    {
        var index = row.Mappings.FindIndex(m => m.Item == item && m.RetiredAt is null);
        return row with { Mappings = row.Mappings.SetItem(index, change(row.Mappings[index])) };
    }

    private static PledgeRow Move(PledgeRow row, PledgeEvent.MappingMoved e, Entry entry)
    {
        var before = Active(row, e.From);
        var left = Change(row, e.From, m => m with { RetiredAt = entry.Position, RetiredReason = e.Reason, MovedTo = e.To });
        return left with
        {
            Mappings = left.Mappings.Add(Mapping(e.To, e.Reason, e.Retrospective, before.Main, entry)),
            // What waits for an answer goes over with the mapping.
            Contests = [.. left.Contests.Select(c => c.Mapping == before.Position && c.Answer is null ? c with { Mapping = entry.Position } : c)],
        };
    }

    private static MappingRow Active(PledgeRow row, ItemRef item) => row.Mappings.First(m => m.Item == item && m.RetiredAt is null);

    private static PledgeRow Reply(PledgeRow row, PledgeEvent.ReviewReplied e, long position)
    {
        var review = row.Reviews[e.Review - 1];
        return row with
        {
            Reviews = row.Reviews.SetItem(e.Review - 1, review with { Replies = review.Replies.Add(new ReplyRow(e.Party, e.Text, e.Language, position)) }),
        };
    }

    private static PledgeRow Act(PledgeRow row, PartyAct act) => row with { Acts = row.Acts.Add(act) };

    private static PledgeRow End(PledgeRow row, EndingKind kind, EffectiveDate? from, string reason, IReadOnlyList<string> continues, IReadOnlyList<Evidence> evidence, Entry entry) =>
        row with { Endings = row.Endings.Add(new EndingRow(kind, from, reason, continues, evidence, entry.Position, null)) };
}
