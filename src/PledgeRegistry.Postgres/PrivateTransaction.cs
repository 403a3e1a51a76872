using System.Text;
using Npgsql;
using NpgsqlTypes;
using PledgeRegistry.Private;

namespace PledgeRegistry.Postgres;

/// <summary>One call of the private store: a transaction on a connection of the pool.</summary>
internal sealed class PrivateTransaction : IDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private string? warning;

    public PrivateTransaction(NpgsqlConnection connection)
    {
        this.connection = connection;
        connection.Notice += Hear;
        transaction = connection.BeginTransaction();
    }

    /// <summary>True once rows were handed over or taken: the call can't be made again then.</summary>
    public bool Handed { get; set; }

    /// <summary>True once the commit was sent: whatever fails then, it isn't known what came of it.</summary>
    public bool Committing { get; private set; }

    public void Commit()
    {
        Committing = true;
        warning = null;
        transaction.Commit();
        if (warning is not null)
        {
            // As when the wait for a synchronous standby was cancelled: committed, and reported as done, but only here.
            throw new PrivateUnavailableException($"What was sent is kept, but isn't safe yet: {warning}. Look before you send it again.");
        }
    }

    public bool Change(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>What a function answers.</summary>
    public object? Ask(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar();
    }

    public List<T> Rows<T>(string sql, Func<NpgsqlDataReader, T> row, params object?[] values)
    {
        var rows = new List<T>();
        Each(sql, r => rows.Add(row(r)), values);
        return rows;
    }

    public void Each(string sql, Action<NpgsqlDataReader> row, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }

    public void Dispose()
    {
        transaction.Dispose();
        connection.Notice -= Hear;
    }

    private void Hear(object sender, NpgsqlNoticeEventArgs notice) =>
        warning = notice.Notice.InvariantSeverity == "WARNING" ? notice.Notice.MessageText : warning;

    private NpgsqlCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(value is long number
                ? new NpgsqlParameter { Value = number, NpgsqlDbType = NpgsqlDbType.Bigint }
                : new NpgsqlParameter { Value = value is string text ? Storable(text) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        }
        return command;
    }

    // PostgreSQL takes no U+0000, and nobody's UTF-8 takes half of a surrogate pair. No id and no JSON that we keep has either;
    // what is asked for may have anything, and is then simply not there.
    private static string Storable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
