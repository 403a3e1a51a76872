using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Initiatives;

/// <summary>What an initiative was from a day on, and by what entry.</summary>
public sealed record InitiativePhase(InitiativeContent Content, DateOnly From, long Position);

/// <summary>From when an initiative was taken back, and why.</summary>
public sealed record WithdrawalRow(EffectiveDate From, string Reason, long Position);

/// <summary>An initiative as known after one entry.</summary>
public sealed record InitiativeRow(
    string Id,
    long Position,
    DateTimeOffset RecordedAt,
    long Version,
    long LastPosition,
    System.Collections.Immutable.ImmutableList<InitiativePhase> Phases,
    WithdrawalRow? Withdrawal)
{
    /// <summary>
    /// What it had been by a day, all of it. Where nothing holds yet, what was recorded first, if it was by then, for
    /// recording is publishing.
    /// </summary>
    public IEnumerable<InitiativePhase> PhasesBy(DateOnly on) =>
        Phases.Exists(p => p.From <= on) ? Phases.Where(p => p.From <= on)
        : DateOnly.FromDateTime(RecordedAt.UtcDateTime) <= on ? [Phases[0]]
        : [];

    /// <summary>What it is on a day: the latest by effective date, then by position; null if it wasn't yet.</summary>
    public InitiativePhase? On(DateOnly on) => Latest(PhasesBy(on));

    public static InitiativePhase? Latest(IEnumerable<InitiativePhase> phases) => phases.MaxBy(p => (p.From, p.Position));

    /// <summary>True if by a day some of it had been reported to a meeting.</summary>
    public bool ReportedTo(string meeting, DateOnly on) => PhasesBy(on).Any(p => p.Content.Meeting == meeting);

    public bool WithdrawnOn(DateOnly on) => Withdrawal is { } w && w.From.Last() <= on;
}

/// <summary>Every initiative as it ever stood.</summary>
public sealed class InitiativeTimelines : IProjection
{
    private readonly Timelines<InitiativeRow> rows = new();

    public InitiativeRow? At(string id, long size) => rows.At(id, size);

    /// <summary>Those that had begun to be, or were published, by the day of the reading.</summary>
    public IEnumerable<InitiativeRow> At(Reading reading) => rows.At(reading.Size).Where(i => i.On(reading.On) is not null);

    public void Apply(Entry entry)
    {
        if (entry.Event is InitiativeEvent happened)
        {
            var id = entry.Stream["initiative/".Length..];
            var row = rows.Last(id);
            row = happened switch
            {
                InitiativeEvent.Recorded e => new InitiativeRow(id, entry.Position, entry.RecordedAt, 0, 0, [Phase(e.Content, entry)], null),
                InitiativeEvent.Updated e => row! with { Phases = row.Phases.Add(Phase(e.Content, entry)) },
                // The record was wrong about the last state; states before it stay.
                InitiativeEvent.Corrected e => row! with { Phases = row.Phases.SetItem(row.Phases.Count - 1, Phase(e.Content, entry)) },
                InitiativeEvent.Withdrawn e => row! with { Withdrawal = new WithdrawalRow(e.From, e.Reason, entry.Position) },
                _ => throw new InvalidOperationException($"The initiatives' timelines have no arm for {happened.GetType()}."),
            };
            rows.Add(id, entry.Position, row with { Version = entry.Version + 1, LastPosition = entry.Position });
        }
        else if (entry.IsClearanceIn("initiative/", out var cleared))
        {
            rows.Add(cleared, entry.Position, rows.Last(cleared)! with { Version = entry.Version + 1, LastPosition = entry.Position });
        }
    }

    private static InitiativePhase Phase(InitiativeContent content, Entry entry) => new(content, content.EffectiveOn.Last(), entry.Position);
}
