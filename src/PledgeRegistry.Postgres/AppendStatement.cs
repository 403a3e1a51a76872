using Npgsql;
using NpgsqlTypes;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres;

/// <summary>The append as it is sent, prepared: alone, or followed by the end of this session's turn.</summary>
internal sealed class AppendStatement : IAsyncDisposable
{
    /// <summary>
    /// One statement, and so one transaction and one journey. Two that are sent at the same head both find it in place, and
    /// then both insert the same position: the second waits for the first to commit, and then fails on the primary key. So
    /// nothing need be locked to be safe, and no number is handed out before it is known whether it will be used. In order of
    /// position, so that the first that is inserted is the contended one, and no two can wait for each other. Every condition
    /// is a query of its own, and so asked once, not for each entry: all of them are inserted, or none.
    /// </summary>
    private const string Append = """
        insert into pledge_registry.entries (position, leaf, bytes)
        select $1 + added.place - 1, added.leaf, added.bytes
        from unnest($3, $4) with ordinality as added (leaf, bytes, place)
        where ($1 = 0 or exists (select from pledge_registry.entries where position = $1 - 1 and leaf = $2))
            and not exists (select from pledge_registry.entries where position >= $1)
            and ($5 or (select pg_try_advisory_xact_lock_shared(8101522107473)))
        order by added.place
        """;

    /// <summary>
    /// The turn of the processes that write at the same time: an advisory lock, which PostgreSQL gives to who came first.
    /// The same for every release; the wait ends after a short while, by a setting for this one transaction. An append
    /// without a turn steps back where somebody has it, or waits for it: else who writes most would always be first.
    /// </summary>
    public const string TakeTurn = "select case when set_config('lock_timeout', '200ms', true) <> '' then pg_advisory_lock(8101522107473)::text end";

    /// <summary>A session here takes no other lock of that kind. Says nothing where there is none, as behind a pooler.</summary>
    public const string EndTurn = "select pg_advisory_unlock_all()";

    private readonly NpgsqlBatch batch;
    private readonly NpgsqlBatchCommand append;
    private readonly NpgsqlParameter<long> size = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<byte[]> lastLeaf = new() { NpgsqlDbType = NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<byte[][]> leaves = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>[]> bytes = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    private readonly NpgsqlParameter<bool> regardless = new() { NpgsqlDbType = NpgsqlDbType.Boolean };

    private AppendStatement(NpgsqlConnection connection, bool endsTurn)
    {
        append = new NpgsqlBatchCommand(Append) { Parameters = { size, lastLeaf, leaves, bytes, regardless } };
        batch = new NpgsqlBatch(connection) { BatchCommands = { append } };
        if (endsTurn)
        {
            // In the same journey, but a transaction of its own: not before the entries are committed, for who is next
            // must see them; and also when they are not.
            batch.BatchCommands.Add(new NpgsqlBatchCommand(EndTurn));
            batch.EnableErrorBarriers = true;
        }
    }

    public static async Task<AppendStatement> PrepareAsync(NpgsqlConnection connection, bool endsTurn, CancellationToken cancel)
    {
        var prepared = new AppendStatement(connection, endsTurn);
        await prepared.batch.PrepareAsync(cancel);
        return prepared;
    }

    /// <param name="anyTurn">Whether it goes on although somebody else has the turn.</param>
    /// <returns>How many entries were inserted: all, or none because the expected head isn't the log's, or it isn't this session's turn.</returns>
    public async Task<int> ExecuteAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, bool anyTurn, CancellationToken cancel)
    {
        size.TypedValue = expected.Size;
        regardless.TypedValue = anyTurn;
        lastLeaf.TypedValue = expected.LastLeaf.ToArray();
        leaves.TypedValue = [.. entries.Select(e => e.Leaf.ToArray())];
        bytes.TypedValue = [.. entries.Select(e => e.Bytes)];
        try
        {
            await batch.ExecuteNonQueryAsync(cancel);
            return (int)append.Rows;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return 0;
        }
        finally
        {
            bytes.TypedValue = [];
        }
    }

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
