using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace PledgeRegistry.Sqlite.Tests;

/// <summary>The log's file by plain SQL and nothing of the product: to check it, and to harm it.</summary>
internal static class RawFile
{
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public static object? Execute(string path, string sql)
    {
        using var connection = Open(path, SqliteOpenMode.ReadWrite);
        return Scalar(connection, sql);
    }

    /// <summary>Removes what guards the entries, and then does what it guards against.</summary>
    public static void Harm(string path, string sql)
    {
        using var connection = Open(path, SqliteOpenMode.ReadWrite);
        using var triggers = connection.CreateCommand();
        triggers.CommandText = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'";
        Scalar(connection, (string)triggers.ExecuteScalar()!);
        using var harm = connection.CreateCommand();
        harm.CommandText = sql;
        Assert.True(harm.ExecuteNonQuery() > 0, $"This did no harm: {sql}");
    }

    /// <summary>
    /// Checks a log as it lies there: SQLite finds it sound, positions run from 0 without a gap, and each leaf is the hash
    /// of its bytes. Returns the SHA-256 of each entry.
    /// </summary>
    public static List<string> Check(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadOnly);
        Assert.Equal("ok", Scalar(connection, "PRAGMA integrity_check"));
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position, leaf, bytes FROM entries ORDER BY position";
        using var rows = command.ExecuteReader();
        var hashes = new List<string>();
        while (rows.Read())
        {
            Assert.Equal(hashes.Count, rows.GetInt64(0));
            var bytes = rows.GetFieldValue<byte[]>(2);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([0, .. bytes])), Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(1)));
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        return hashes;
    }
}
