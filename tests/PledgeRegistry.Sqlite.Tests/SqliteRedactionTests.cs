using System.Text;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class SqliteRedactionTests : RedactableLogContract, IDisposable
{
    private readonly LogDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Only_who_writes_the_log_withholds_and_a_failed_commit_leaves_all_as_it_was()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(40));
        var (head, stub, more) = (new LogHead(40, entries[^1].Leaf), entries[7] with { Bytes = "a stub"u8.ToArray() }, StoredEntry.Of("more"u8.ToArray()));
        await using (var reading = SqliteLog.OpenForReading(directory.Log))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => reading.RedactAsync(head, [more], 7, stub));
            await Assert.ThrowsAsync<InvalidOperationException>(() => reading.CleanAsync());
        }
        var fails = true;
        var faults = new Faults { BeforeCommit = _ => { if (fails) { throw new IOException("no"); } } };
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        await Assert.ThrowsAsync<IOException>(() => log.RedactAsync(head, [more], 7, stub));
        LogDirectory.AssertSame(entries, await LogDirectory.ReadAllAsync(log));
        await AssertRefusesChangesAsync();
        fails = false;
        Assert.Equal(AppendOutcome.Appended, await log.RedactAsync(head, [more], 7, stub));
        LogDirectory.AssertSame([.. entries[..7], stub, .. entries[8..], more], await LogDirectory.ReadAllAsync(log));
    }

    [Fact]
    public async Task While_somebody_reads_the_files_can_not_be_cleaned_and_later_they_can()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(40));
        await using var log = SqliteLog.OpenForWriting(directory.Log, new Faults { BusyTimeoutMilliseconds = 50 });
        using (var reader = Raw())
        {
            using var begun = reader.BeginTransaction(deferred: true);
            using var read = reader.CreateCommand();
            read.CommandText = "SELECT count(*) FROM entries";
            read.ExecuteScalar();
            await Assert.ThrowsAsync<IOException>(() => log.CleanAsync());
        }
        await log.CleanAsync();
        LogDirectory.AssertSame(entries, await LogDirectory.ReadAllAsync(log));
    }

    protected override Task<IEventLog> OpenAsync() => Task.FromResult<IEventLog>(SqliteLog.OpenForWriting(directory.Log));

    protected override IRedactableLog Redactable(IEventLog log) => (SqliteLog)log;

    protected override Task<IReadOnlyList<string>> FilesWithAsync(string text) => Task.FromResult<IReadOnlyList<string>>([.. directory.Names.Where(n => !n.EndsWith(".lock", StringComparison.Ordinal)).Where(name =>
    {
        using var file = new FileStream(directory.At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    })]);

    protected override Task AssertRefusesChangesAsync()
    {
        using var connection = Raw();
        foreach (var change in new[] { "UPDATE entries SET bytes = x'01' WHERE position = 3", "DELETE FROM entries WHERE position = 3", "INSERT INTO entries VALUES (999, zeroblob(32), x'01')" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = change;
            Assert.Contains("An entry of the log", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
        }
        return Task.CompletedTask;
    }

    private SqliteConnection Raw()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = directory.Log, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
