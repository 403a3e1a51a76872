using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class FileTests : IDisposable
{
    private readonly LogDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_writing_connection_syncs_every_commit()
    {
        var found = new Dictionary<string, object?>();
        var faults = new Faults
        {
            BeforeCommit = connection =>
            {
                foreach (var name in new[] { "journal_mode", "synchronous", "fullfsync", "checkpoint_fullfsync", "page_size", "cell_size_check" })
                {
                    found[name] = RawFile.Scalar(connection, $"PRAGMA {name}");
                }
            },
        };
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        await LogDirectory.AppendAsync(log, LogHead.Empty, LogDirectory.Entries(1));
        Assert.Equal(new Dictionary<string, object?>
        {
            ["journal_mode"] = "wal",
            ["synchronous"] = 2L,
            ["fullfsync"] = 1L,
            ["checkpoint_fullfsync"] = 1L,
            ["page_size"] = 8192L,
            ["cell_size_check"] = 1L,
        }, found);
    }

    [Fact]
    public async Task A_closed_log_is_one_whole_file()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(100));
        Assert.Equal(["log.db", "log.db.lock"], directory.Names);
        File.Copy(directory.Log, directory.At("copy.db"));
        await using var copy = SqliteLog.OpenForReading(directory.At("copy.db"));
        LogDirectory.AssertSame(entries, await LogDirectory.ReadAllAsync(copy));
    }

    [Theory]
    [InlineData("UPDATE entries SET bytes = x'00'", "never changed")]
    [InlineData("UPDATE entries SET position = position + 1000", "never changed")]
    [InlineData("DELETE FROM entries", "never deleted")]
    [InlineData("DELETE FROM entries WHERE position = 39", "never deleted")]
    [InlineData("INSERT OR REPLACE INTO entries VALUES (39, x'00', x'00')", "goes to the end")]
    [InlineData("INSERT INTO entries VALUES (41, x'00', x'00')", "goes to the end")]
    [InlineData("INSERT INTO entries VALUES (-1, x'00', x'00')", "goes to the end")]
    public async Task By_plain_sql_an_entry_is_neither_changed_nor_deleted_nor_put_elsewhere_than_at_the_end(string sql, string message)
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(40));
        var refusal = Assert.Throws<SqliteException>(() => RawFile.Execute(directory.Log, sql));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        LogDirectory.AssertSame(entries, await directory.ReadAllAsync());
    }

    [Theory]
    [InlineData("with space.db")]
    [InlineData("semi;colon=equals;Mode=Memory.db")]
    [InlineData("quo'te \"double\".db")]
    [InlineData("per%41cent?mode=memory#hash.db")]
    [InlineData("éñ-تعهد-📜.db")]
    [InlineData("|DataDirectory|.db")]
    [InlineData("file:log.db")]
    [InlineData(":memory:")]
    public async Task A_log_may_have_any_name(string name)
    {
        var entries = LogDirectory.Entries(3);
        await using (var log = SqliteLog.OpenForWriting(directory.At(name)))
        {
            await LogDirectory.AppendAsync(log, LogHead.Empty, entries);
        }
        Assert.Equal([name, name + ".lock"], directory.Names);
        await using var reader = SqliteLog.OpenForReading(directory.At(name));
        LogDirectory.AssertSame(entries, await LogDirectory.ReadAllAsync(reader));
    }

    [Fact]
    public async Task A_log_behind_a_link_is_the_log_itself()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(3));
        File.CreateSymbolicLink(directory.At("link.db"), directory.Log);
        await using var log = SqliteLog.OpenForWriting(directory.At("link.db"));
        LogDirectory.AssertSame(entries, await LogDirectory.ReadAllAsync(log));
    }

    [Fact]
    public async Task Leavings_of_a_creation_that_was_interrupted_do_not_stand_in_the_way()
    {
        await File.WriteAllTextAsync(directory.Log + ".new", "half a file");
        await File.WriteAllTextAsync(directory.Log + ".new-journal", "half a journal");
        var entries = await directory.WriteAsync(LogDirectory.Entries(3));
        LogDirectory.AssertSame(entries, await directory.ReadAllAsync());
        Assert.Equal("ok", RawFile.Execute(directory.Log, "PRAGMA integrity_check"));
    }

    [Fact]
    public void Another_database_is_refused_and_not_touched()
    {
        using (var connection = RawFile.Open(directory.Log, SqliteOpenMode.ReadWriteCreate))
        {
            RawFile.Scalar(connection, "CREATE TABLE letters (text TEXT)");
        }
        var before = File.ReadAllBytes(directory.Log);
        foreach (var open in Openings)
        {
            var refusal = Assert.Throws<LogFormatException>(() => open(directory.Log));
            Assert.Contains("not a log of this registry", refusal.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, File.ReadAllBytes(directory.Log));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_touched()
    {
        foreach (var text in new[] { "short", new string('x', 10_000) })
        {
            File.WriteAllText(directory.Log, text);
            foreach (var open in Openings)
            {
                var refusal = Assert.Throws<LogDamagedException>(() => open(directory.Log));
                Assert.Contains("is not an SQLite database", refusal.Message, StringComparison.Ordinal);
            }
            Assert.Equal(text, File.ReadAllText(directory.Log));
        }
    }

    [Theory]
    [InlineData(2, "was written by a newer release (schema 2; this one knows 1). Upgrade")]
    [InlineData(0, "names schema 0, which no release has written")]
    public async Task A_schema_that_this_release_does_not_know_is_refused(int version, string message)
    {
        await directory.WriteAsync(LogDirectory.Entries(3));
        RawFile.Execute(directory.Log, $"PRAGMA user_version = {version}");
        foreach (var open in Openings)
        {
            Assert.Contains(message, Assert.Throws<LogFormatException>(() => open(directory.Log)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_write_ahead_file_whose_log_is_missing_is_not_taken_into_a_new_one()
    {
        await directory.WriteAsync(LogDirectory.Entries(3));
        File.Delete(directory.Log);
        await File.WriteAllTextAsync(directory.Wal, "entries of the log that is missing");
        var error = Assert.Throws<LogDamagedException>(() => SqliteLog.OpenForWriting(directory.Log));
        Assert.Contains($"{directory.Log} is missing, but {directory.Wal} still holds entries", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.Log));
    }

    private static IEnumerable<Action<string>> Openings => [path => SqliteLog.OpenForReading(path), path => SqliteLog.OpenForWriting(path)];
}
