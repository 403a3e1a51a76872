using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite;

/// <summary>
/// The log in one SQLite file, the default engine. One process writes, and only it checkpoints; any number of others read
/// meanwhile. Safe for any number of threads.
/// </summary>
public sealed partial class SqliteLog : IEventLog
{
    /// <summary>Reads of more entries than this leave the caller's thread, so that a caller can work on one while the next is read.</summary>
    private const int ReadInline = 64;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly string path;
    private readonly WriterLock? writerLock;
    private readonly Faults faults;
    private readonly ReadingPool reading;
    private readonly SemaphoreSlim gate = new(1);
    private WritingConnection? writing;
    private TaskCompletionSource grown = NewSignal();
    private long size;

    // From the first exception of an append until the log has been reopened: see SettleAsync.
    private volatile bool inDoubt;
    private bool disposed;

    private SqliteLog(string path, WriterLock? writerLock, Faults faults)
    {
        this.path = path;
        this.writerLock = writerLock;
        this.faults = faults;
        reading = new ReadingPool(path);
    }

    /// <summary>Opens a log for reading and writing, and creates it if there is none.</summary>
    /// <exception cref="LogInUseException">It is already open for writing.</exception>
    /// <exception cref="LogFormatException">The file is something else, or of a newer release.</exception>
    /// <exception cref="LogDamagedException">The file is damaged.</exception>
    public static SqliteLog OpenForWriting(string path) => OpenForWriting(path, new Faults());

    internal static SqliteLog OpenForWriting(string path, Faults faults)
    {
        path = LogFile.Resolve(path);
        var writerLock = WriterLock.Take(path);
        SqliteLog? log = null;
        try
        {
            LogFile.CreateIfMissing(path);
            log = new SqliteLog(path, writerLock, faults);
            log.Reopen();
            return log;
        }
        catch
        {
            log?.reading.Dispose();
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens an existing log for reading, whether or not another process is writing it. While none does, a commit that a
    /// killed writer had written but not yet synced may be read here: the next writer makes it durable before it answers.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such log.</exception>
    /// <exception cref="LogFormatException">The file is something else, or of a newer release.</exception>
    /// <exception cref="LogDamagedException">The file is damaged.</exception>
    public static SqliteLog OpenForReading(string path)
    {
        path = LogFile.Resolve(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no log at {path}. Give the path of an existing one, or open it for writing once, which creates it.", path);
        }
        var log = new SqliteLog(path, null, new Faults());
        try
        {
            log.reading.Use(r => r.Size());
            return log;
        }
        catch
        {
            log.reading.Dispose();
            throw;
        }
    }

    /// <exception cref="InvalidOperationException">The log is open for reading only.</exception>
    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) =>
        AppendAsync(expected, entries, w => w.Append(expected, entries), cancel);

    private async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, Func<WritingConnection, AppendOutcome> append, CancellationToken cancel)
    {
        CheckWrites();
        Batch.Check(expected, entries);
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                Reopen();
            }
            var outcome = Append(append);
            if (outcome == AppendOutcome.Appended)
            {
                Grow(expected.Size + entries.Count);
            }
            return outcome;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        cancel.ThrowIfCancellationRequested();
        while (true)
        {
            if (inDoubt)
            {
                await SettleAsync(cancel);
            }
            var read = count > ReadInline
                ? await Task.Run(() => reading.Use(r => r.Read(from, count)), cancel)
                : reading.Use(r => r.Read(from, count));
            if (!inDoubt)
            {
                return read;
            }
            // An append failed meanwhile, and this may have seen what came of it.
        }
    }

    public Task WaitAsync(long after, CancellationToken cancel = default) =>
        writerLock is null ? PollAsync(after, cancel) : GrownAsync(after, cancel);

    /// <summary>Closes the log. A writer first moves everything into the main file, which is then whole by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (disposed)
            {
                return;
            }
            disposed = true;
            reading.Dispose();
            CloseWriting();
            writerLock?.Dispose();
            grown.TrySetException(new ObjectDisposedException(nameof(SqliteLog)));
            _ = grown.Task.Exception;
        }
        finally
        {
            gate.Release();
        }
    }

    private void CheckWrites()
    {
        if (writerLock is null)
        {
            throw new InvalidOperationException($"{path} is open for reading only.");
        }
    }

    // The caller holds the gate.
    private AppendOutcome Append(Func<WritingConnection, AppendOutcome> append)
    {
        try
        {
            return append(writing!);
        }
        catch
        {
            inDoubt = true;
            // Who waits finds out by reading.
            Grow(size);
            throw;
        }
    }

    /// <summary>
    /// After an append that threw, nothing is answered from the log before it has been reopened and checkpointed in full.
    /// The reason is a sync that failed: the operating system reports it once, and then holds the pages for written. They
    /// are read back from memory as if they were on the disk, and the next sync of the same file succeeds. A full
    /// checkpoint writes what was committed once more, into the main file, syncs that, and empties the write-ahead file,
    /// whose last frames may be such pages. If it fails, its exception is the answer, and the next call tries again.
    /// </summary>
    private async Task SettleAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                Reopen();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>
    /// Used when the log is opened, too: a process that was killed may have left a commit that was written but not synced.
    /// SQLite doesn't sync the emptying of the write-ahead file: without that, frames that were given up here could be
    /// back after a power failure, and count as a commit.
    /// The caller holds the gate.
    /// </summary>
    private void Reopen()
    {
        writing?.Abandon();
        writing = null;
        var opened = new WritingConnection(path, faults);
        long now;
        try
        {
            opened.CheckpointFully();
            LogFile.Sync(path + "-wal");
            now = opened.Head().Size;
        }
        catch
        {
            opened.Abandon();
            throw;
        }
        writing = opened;
        inDoubt = false;
        Grow(now);
    }

    private void CloseWriting()
    {
        if (inDoubt)
        {
            writing?.Abandon();
            return;
        }
        try
        {
            writing?.CheckpointFully();
        }
        catch (Exception e) when (e is IOException or LogDamagedException or Microsoft.Data.Sqlite.SqliteException)
        {
            // Every acknowledged entry is safe in the write-ahead file; the next writer moves it.
        }
        writing?.Dispose();
    }

    private void Grow(long now)
    {
        Volatile.Write(ref size, now);
        Interlocked.Exchange(ref grown, NewSignal()).TrySetResult();
    }

    private Task GrownAsync(long after, CancellationToken cancel)
    {
        // The signal first, then the size: an append between the two sets this signal.
        var signal = Volatile.Read(ref grown);
        return inDoubt || Volatile.Read(ref size) > after ? Task.CompletedTask : signal.Task.WaitAsync(cancel);
    }

    private async Task PollAsync(long after, CancellationToken cancel)
    {
        while (reading.Use(r => r.Size()) <= after)
        {
            await Task.Delay(PollInterval, cancel);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
