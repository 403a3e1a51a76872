using System.Globalization;
using Marten;
using MediatR;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Marten.Documents;

/// <summary>
/// Stores what the registry shows as Marten documents, so that an organisation's own applications query it with LINQ. The log
/// stays the truth: everything here can be thrown away and stored again. Storing goes on where it was stopped, does nothing the
/// second time, and never goes back behind the checkpoint, whoever else stores at the same time.
/// </summary>
public sealed class RegistryDocuments(IDocumentStore store)
{
    /// <summary>How many lines of history are stored in one transaction.</summary>
    private const int PageLines = 1000;

    /// <summary>Tells a store of these documents; call it where the store is configured.</summary>
    public static void Configure(StoreOptions options)
    {
        options.Schema.For<RcmGridCell>();
        options.Schema.For<ImrfFollowUpRow>();
        options.Schema.For<HistoryLine>();
        // Of two that store at once, the second fails as a whole.
        options.Schema.For<RegistryCheckpoint>().UseOptimisticConcurrency(true);
    }

    /// <summary>Stores everything as of a reading; what is no longer there is removed.</summary>
    /// <returns>False if the same or something later is stored already.</returns>
    /// <exception cref="Exception">Somebody else stored at the same time (Marten's concurrency exception); nothing of this transaction was.</exception>
    public async Task<bool> StoreAsync(IMediator mediator, Reading reading, CancellationToken cancel = default)
    {
        var made = $"{GridView.View} {FollowUpView.View} {HistoryView.View} {reading.Language}";
        while (true)
        {
            await using var session = store.LightweightSession();
            var before = await session.LoadAsync<RegistryCheckpoint>(RegistryCheckpoint.Only, cancel);
            if (before is not null && IsBehind(reading, before, made))
            {
                return false;
            }
            var checkpoint = before ?? new RegistryCheckpoint();
            if (checkpoint.Made != made)
            {
                (checkpoint.Made, checkpoint.HistorySize) = (made, 0);
            }
            var finished = await AddHistoryAsync(session, mediator, reading, checkpoint, cancel);
            if (finished)
            {
                await ReplaceAsync(session, await CellsAsync(mediator, reading, cancel), c => c.Id, (s, id) => s.Delete<RcmGridCell>(id), cancel);
                await ReplaceAsync(session, await RowsAsync(mediator, reading, cancel), r => r.Id, (s, id) => s.Delete<ImrfFollowUpRow>(id), cancel);
                (checkpoint.Size, checkpoint.On) = (reading.Size, reading.On);
            }
            if (before is null)
            {
                session.Insert(checkpoint);
            }
            else
            {
                session.Store(checkpoint);
            }
            await session.SaveChangesAsync(cancel);
            if (finished)
            {
                return true;
            }
        }
    }

    private static bool IsBehind(Reading reading, RegistryCheckpoint stored, string made) =>
        reading.Size < Math.Max(stored.Size, stored.HistorySize)
        || (reading.Size == stored.Size && (reading.On < stored.On || (reading.On == stored.On && stored.Made == made)));

    // A line never changes: only those after the checkpoint are stored. True when there are no more.
    private static async Task<bool> AddHistoryAsync(IDocumentSession session, IMediator mediator, Reading reading, RegistryCheckpoint checkpoint, CancellationToken cancel)
    {
        var page = await mediator.Send(new GetHistory(reading, From: checkpoint.HistorySize, Limit: PageLines), cancel);
        session.Store(page.Lines.Select(Document).ToArray());
        checkpoint.HistorySize = page.Next ?? reading.Size;
        return page.Next is null;
    }

    private static async Task ReplaceAsync<T>(IDocumentSession session, T[] documents, System.Linq.Expressions.Expression<Func<T, string>> id, Action<IDocumentSession, string> delete, CancellationToken cancel)
        where T : class
    {
        var stored = await session.Query<T>().Select(id).ToListAsync(cancel);
        var idOf = id.Compile();
        foreach (var gone in stored.Except(documents.Select(idOf), StringComparer.Ordinal))
        {
            delete(session, gone);
        }
        session.Store(documents);
    }

    private static async Task<RcmGridCell[]> CellsAsync(IMediator mediator, Reading reading, CancellationToken cancel)
    {
        var grid = await mediator.Send(new GetRcmProgressGrid(reading), cancel);
        var labels = grid.Areas.ToDictionary(a => a.Code, a => a.Label, StringComparer.Ordinal);
        return
        [
            .. grid.Groups.SelectMany(g => g.Rows, (g, row) => (g.Role, Row: row)).SelectMany(r => r.Row.Cells, (r, cell) => Cell(cell, r.Role, r.Row.Participant, r.Row.Name)),
            .. grid.NobodyNamed.Select(cell => Cell(cell, null, null, null)),
        ];

        RcmGridCell Cell(GridCell cell, string? role, string? participant, string? name) => new()
        {
            Id = $"{participant}/{cell.Area}",
            Role = role,
            Participant = participant,
            ParticipantName = name,
            Area = cell.Area,
            AreaLabel = labels[cell.Area],
            Owed = cell.Count.Owed,
            Asked = cell.Count.Asked,
            Recorded = cell.Count.Recorded,
            OwedAsMember = cell.Count.OwedAsMember,
            AskedAsMember = cell.Count.AskedAsMember,
            Commitments = [.. cell.Owed.Concat(cell.Asked).Select(c => new RcmGridCommitment { Pledge = c.Pledge, Title = c.Title, Part = c.Part.Code(), Status = c.Status, Ended = c.Ended?.Code() })],
            RecordedIds = [.. cell.Recorded.SelectMany(k => k.Entries).Select(e => e.Id).Distinct()],
        };
    }

    private static async Task<ImrfFollowUpRow[]> RowsAsync(IMediator mediator, Reading reading, CancellationToken cancel)
    {
        var rows = new List<ImrfFollowUpRow>();
        var series = await mediator.Send(new GetSeries(reading, "IMRF"), cancel);
        foreach (var year in (series?.Meetings ?? []).Where(m => m.Regular).Select(m => m.Year).Distinct())
        {
            var cycle = year.ToString(CultureInfo.InvariantCulture);
            var view = await mediator.Send(new GetImrfFollowUp(reading, cycle), cancel);
            rows.AddRange(view.Lines.Select(line => Row(cycle, line)));
        }
        return [.. rows.DistinctBy(r => r.Id)];
    }

    private static ImrfFollowUpRow Row(string cycle, FollowUpLine line) => new()
    {
        Id = $"{cycle}/{line.Pledge}/{line.Party}/{line.Collective}",
        Cycle = cycle,
        Pledge = line.Pledge,
        Title = line.Title,
        Kind = line.Kind,
        Party = line.Party,
        PartyName = line.PartyName,
        Part = line.Part?.Code(),
        Claimed = line.Claimed,
        Verified = line.Verified,
        Freshness = line.Freshness.Code(),
        Timeliness = line.Timeliness.Code(),
        DueOn = line.DueOn,
        Objectives = [.. line.Objectives],
        Ended = line.Ended?.Code(),
    };

    private static HistoryLine Document(Projections.AccountabilityHistory.HistoryLine line) => new()
    {
        Id = line.Position.ToString("D16", CultureInfo.InvariantCulture),
        Position = line.Position,
        Stream = line.Stream,
        Type = line.Type,
        RecordedAt = line.RecordedAt,
        Role = line.Role,
        OnBehalfOf = line.OnBehalfOf,
        Reason = line.Reason,
        Changes = [.. line.Changes.Select(c => new HistoryChange { Field = c.Field, From = c.From, To = c.To })],
        LeafHash = line.LeafHash,
    };
}
