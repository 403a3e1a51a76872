using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>What an administrator can do to the stored rows, past all that refuses it.</summary>
internal static class Rows
{
    /// <summary>One bit of an entry's bytes becomes another; a second time, it is as it was.</summary>
    public static async Task FlipAsync(Scene scene, long position)
    {
        var where = $"where position = {position.ToString(CultureInfo.InvariantCulture)}";
        if (scene.Place.Database is { } database)
        {
            await scene.Server.SqlAsync(database, $"""
                begin;
                alter table pledge_registry.entries disable trigger unchanged;
                update pledge_registry.entries set bytes = set_bit(bytes, 100, 1 - get_bit(bytes, 100)) {where};
                alter table pledge_registry.entries enable always trigger unchanged;
                commit
                """);
            return;
        }
        await using var file = OpenFile(scene.Place.Log);
        await using var read = new SqliteCommand($"SELECT bytes FROM entries {where}", file);
        var bytes = (byte[])(await read.ExecuteScalarAsync())!;
        bytes[12] ^= 1;
        await using var find = new SqliteCommand("SELECT sql FROM sqlite_schema WHERE name = 'entries_are_never_changed'", file);
        var trigger = (string)(await find.ExecuteScalarAsync())!;
        await using var update = new SqliteCommand($"DROP TRIGGER entries_are_never_changed; UPDATE entries SET bytes = $b {where}; {trigger}", file);
        update.Parameters.AddWithValue("$b", bytes);
        await update.ExecuteNonQueryAsync();
    }

    public static byte[] OfUnknownType(byte[] last)
    {
        var entry = System.Text.Json.Nodes.JsonNode.Parse(last)!.AsObject();
        entry["position"] = (long)entry["position"]! + 1;
        entry["type"] = "of-a-later-release.v7";
        return Encoding.UTF8.GetBytes(entry.ToJsonString());
    }

    public static async Task<long> InsertAsync(Scene scene, Func<byte[], byte[]> make)
    {
        const string last = "select position, bytes from {0} order by position desc limit 1";
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (scene.Place.Database is { } database)
                {
                    await using var connection = await scene.Server.OpenAsync("admin", database);
                    await using var select = new NpgsqlCommand(string.Format(CultureInfo.InvariantCulture, last, "pledge_registry.entries"), connection);
                    long next;
                    byte[] bytes;
                    await using (var reader = await select.ExecuteReaderAsync())
                    {
                        await reader.ReadAsync();
                        (next, bytes) = (reader.GetInt64(0) + 1, make(reader.GetFieldValue<byte[]>(1)));
                    }
                    await using var insert = new NpgsqlCommand("insert into pledge_registry.entries (position, leaf, bytes) values ($1, $2, $3)", connection);
                    insert.Parameters.AddWithValue(next);
                    insert.Parameters.AddWithValue(Leaf(bytes));
                    insert.Parameters.AddWithValue(bytes);
                    await insert.ExecuteNonQueryAsync();
                    return next;
                }
                await using var file = OpenFile(scene.Place.Log);
                await using var begin = new SqliteCommand("BEGIN IMMEDIATE", file);
                await begin.ExecuteNonQueryAsync();
                await using var end = new SqliteCommand(string.Format(CultureInfo.InvariantCulture, last, "entries"), file);
                long position;
                byte[] poison;
                await using (var reader = await end.ExecuteReaderAsync())
                {
                    await reader.ReadAsync();
                    (position, poison) = (reader.GetInt64(0) + 1, make(reader.GetFieldValue<byte[]>(1)));
                }
                await using var add = new SqliteCommand("INSERT INTO entries (position, leaf, bytes) VALUES ($p, $l, $b); COMMIT", file);
                add.Parameters.AddWithValue("$p", position);
                add.Parameters.AddWithValue("$l", Leaf(poison));
                add.Parameters.AddWithValue("$b", poison);
                await add.ExecuteNonQueryAsync();
                return position;
            }
            catch (Exception e) when (e is NpgsqlException or SqliteException && tries < 200)
            {
                // A node was first.
            }
        }
    }

    /// <summary>What the administrator did is undone, so that the rest can be judged.</summary>
    public static async Task RemoveAsync(Scene scene, long position)
    {
        var where = $"where position >= {position.ToString(CultureInfo.InvariantCulture)}";
        if (scene.Place.Database is { } database)
        {
            await scene.Server.SqlAsync(database, $"""
                begin;
                alter table pledge_registry.entries disable trigger unchanged;
                delete from pledge_registry.entries {where};
                alter table pledge_registry.entries enable always trigger unchanged;
                commit
                """);
            return;
        }
        await using var file = OpenFile(scene.Place.Log);
        await using var find = new SqliteCommand("SELECT sql FROM sqlite_schema WHERE name = 'entries_are_never_deleted'", file);
        var trigger = (string)(await find.ExecuteScalarAsync())!;
        await using var delete = new SqliteCommand($"DROP TRIGGER entries_are_never_deleted; DELETE FROM entries {where}; {trigger}", file);
        await delete.ExecuteNonQueryAsync();
    }

    private static byte[] Leaf(byte[] bytes) => SHA256.HashData([0, .. bytes]);

    public static SqliteConnection OpenFile(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
