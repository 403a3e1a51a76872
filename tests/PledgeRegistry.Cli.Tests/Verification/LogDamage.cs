using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Cli.Tests.Running;

namespace PledgeRegistry.Cli.Tests.Verification;

/// <summary>Damages a copy of a log with plain SQL and plain hashing: nothing here is the product's.</summary>
public sealed class LogDamage : IDisposable
{
    private readonly SqliteConnection connection;

    public LogDamage(TemporaryFolder folder)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Log, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        foreach (var trigger in new[] { "entries_follow_one_another", "entries_are_never_changed", "entries_are_never_deleted" })
        {
            Execute($"DROP TRIGGER {trigger}");
        }
    }

    public long Size => (long)Scalar("SELECT count(*) FROM entries")!;

    public byte[] Bytes(long position) => (byte[])Scalar($"SELECT bytes FROM entries WHERE position = {position}")!;

    public byte[] Leaf(long position) => (byte[])Scalar($"SELECT leaf FROM entries WHERE position = {position}")!;

    public void SetBytes(long position, byte[] bytes) => Set("bytes", position, bytes);

    public void SetLeaf(long position, byte[] leaf) => Set("leaf", position, leaf);

    /// <summary>Other bytes with the leaf hash that belongs to them: only what is known from outside can tell.</summary>
    public void Rewrite(long position, byte[] bytes)
    {
        SetBytes(position, bytes);
        SetLeaf(position, LeafHash(bytes));
    }

    /// <summary>Changes an entry's members, keeps the form canonical, and mends the leaf hash.</summary>
    public void Rewrite(long position, Action<JsonObject> change) => Rewrite(position, Changed(Bytes(position), change));

    public void Append(byte[] bytes)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entries (position, leaf, bytes) VALUES ($position, $leaf, $bytes)";
        insert.Parameters.AddWithValue("$position", Size);
        insert.Parameters.AddWithValue("$leaf", LeafHash(bytes));
        insert.Parameters.AddWithValue("$bytes", bytes);
        insert.ExecuteNonQuery();
    }

    public void Delete(long position) => Execute($"DELETE FROM entries WHERE position = {position}");

    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        connection.Dispose();
    }

    public static byte[] LeafHash(byte[] bytes) => SHA256.HashData([0, .. bytes]);

    /// <summary>The names of an entry are all ASCII and so are the sample's texts, so the order of the members is all that is canonical about them.</summary>
    public static byte[] Changed(byte[] bytes, Action<JsonObject> change)
    {
        var entry = JsonNode.Parse(bytes)!.AsObject();
        change(entry);
        return Encoding.UTF8.GetBytes(Sorted(entry)!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private object? Scalar(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private void Set(string column, long position, byte[] value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE entries SET {column} = $value WHERE position = {position}";
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }
}
