using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class WriterLockTests : IDisposable
{
    private readonly LogDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_second_writer_in_the_same_process_is_refused_by_name()
    {
        await using var first = SqliteLog.OpenForWriting(directory.Log);
        var refusal = Assert.Throws<LogInUseException>(() => SqliteLog.OpenForWriting(directory.Log));
        Assert.Contains(directory.Log + ".lock", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(AppendOutcome.Appended, await first.AppendAsync(LogHead.Empty, LogDirectory.Entries(1)));
    }

    [Fact]
    public async Task A_second_writer_through_a_link_is_refused()
    {
        await using var first = SqliteLog.OpenForWriting(directory.Log);
        File.CreateSymbolicLink(directory.At("link.db"), directory.Log);
        Assert.Throws<LogInUseException>(() => SqliteLog.OpenForWriting(directory.At("link.db")));
    }

    [Fact]
    public async Task A_closed_log_may_be_written_by_the_next()
    {
        var log = SqliteLog.OpenForWriting(directory.Log);
        await log.DisposeAsync();
        await log.DisposeAsync();
        await using var next = SqliteLog.OpenForWriting(directory.Log);
    }

    [Fact]
    public async Task A_log_that_could_not_be_opened_does_not_stay_locked()
    {
        await File.WriteAllTextAsync(directory.Log, "This is a letter, and a long one, but not a log.");
        Assert.Throws<LogDamagedException>(() => SqliteLog.OpenForWriting(directory.Log));
        File.Delete(directory.Log);
        await using var log = SqliteLog.OpenForWriting(directory.Log);
    }

    [Fact]
    public async Task A_second_writing_process_is_refused()
    {
        await using var log = SqliteLog.OpenForWriting(directory.Log);
        using var child = new ChildProcess("hold", directory.Log);
        var line = await child.ReadLineAsync();
        Assert.StartsWith("refused", line, StringComparison.Ordinal);
        Assert.Contains(directory.Log + ".lock", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_of_a_process_holds_while_it_lives_and_goes_when_it_is_killed()
    {
        using var child = new ChildProcess("hold", directory.Log);
        Assert.Equal("open", await child.ReadLineAsync());
        Assert.Throws<LogInUseException>(() => SqliteLog.OpenForWriting(directory.Log));
        await child.KillAsync();
        await using var log = SqliteLog.OpenForWriting(directory.Log);
    }

    [Fact]
    public async Task The_lock_of_a_process_goes_when_it_closes_the_log()
    {
        using var child = new ChildProcess("hold", directory.Log);
        Assert.Equal("open", await child.ReadLineAsync());
        child.WriteLine();
        Assert.Equal("closed", await child.ReadLineAsync());
        await using var log = SqliteLog.OpenForWriting(directory.Log);
    }
}
