using Microsoft.Data.Sqlite;
using Npgsql;

namespace PledgeRegistry.Faults.Checker;

/// <summary>A row of the log as it is stored.</summary>
/// <param name="Position">The row's key.</param>
/// <param name="Leaf">The leaf hash stored beside the bytes.</param>
/// <param name="Bytes">The entry: JSON.</param>
public sealed record Stored(long Position, byte[] Leaf, byte[] Bytes)
{
    /// <summary>The rows of an SQLite file, with what is in its write-ahead file.</summary>
    public static IReadOnlyList<Stored> OfSqlite(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        using var command = new SqliteCommand("SELECT position, leaf, bytes FROM entries ORDER BY position", connection);
        using var reader = command.ExecuteReader();
        var rows = new List<Stored>();
        while (reader.Read())
        {
            rows.Add(new Stored(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        }
        return rows;
    }

    /// <summary>The rows of the table in a PostgreSQL database.</summary>
    public static IReadOnlyList<Stored> OfPostgres(string connectionString)
    {
        using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("select position, leaf, bytes from pledge_registry.entries order by position", connection);
        using var reader = command.ExecuteReader();
        var rows = new List<Stored>();
        while (reader.Read())
        {
            rows.Add(new Stored(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        }
        return rows;
    }
}
