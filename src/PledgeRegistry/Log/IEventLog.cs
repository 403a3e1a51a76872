using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>One entry as it is stored: the exact bytes (or those of its <see cref="Stub"/>), and its RFC 6962 leaf hash.</summary>
/// <param name="Bytes">Canonical JSON in UTF-8, at most <see cref="EntryCodec.MaxEntryBytes"/>. Never parsed and rewritten.</param>
/// <param name="Leaf">What <see cref="LeafOf"/> says of the bytes, as stored beside them. A reader of the log checks it.</param>
public readonly record struct StoredEntry(ReadOnlyMemory<byte> Bytes, Hash Leaf)
{
    public static StoredEntry Of(byte[] bytes) => new(bytes, LeafOf(bytes));

    /// <summary>The leaf of stored bytes: SHA-256(0x00 ‖ bytes), or the one that a stub carries.</summary>
    public static Hash LeafOf(ReadOnlyMemory<byte> bytes) => Stub.TryParse(bytes)?.Leaf ?? MerkleTree.LeafHash(bytes.Span);

    /// <summary>Whether the leaf is that of the bytes.</summary>
    public bool IsSound => LeafOf(Bytes) == Leaf;
}

/// <summary>The end of a log: how many entries it has, and the leaf hash of the last (default when there is none).</summary>
public readonly record struct LogHead(long Size, Hash LastLeaf)
{
    public static readonly LogHead Empty;
}

public enum AppendOutcome
{
    /// <summary>All entries are in the log, and durable.</summary>
    Appended,

    /// <summary>Nothing was written: the log has grown past the expected head, or somebody else is about to write. Read on, decide again.</summary>
    Stale,

    /// <summary>Nothing was written: another entry is where the expected last one was. This history is not ours; stop.</summary>
    Diverged,
}

/// <summary>
/// The port to an engine: a totally ordered, durable list of entries, numbered 0, 1, 2 … without a gap. An engine has no
/// business rules and no stream versions. Every engine passes the one contract suite in tests/PledgeRegistry.LogContract.
/// </summary>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>The most entries that one append takes.</summary>
    const int MaxBatchEntries = 256;

    /// <summary>The most bytes (sum of the entries' lengths) that one append takes.</summary>
    const int MaxBatchBytes = 1_000_000;

    /// <summary>
    /// Appends all entries or none, on the condition that the last entry of the log is the expected one.
    /// <see cref="AppendOutcome.Appended"/> is answered only when all of them are durable.
    /// An exception, cancellation included, means that the outcome is unknown: the caller reads the log to learn what
    /// happened. After an append that threw, the engine answers <see cref="ReadAsync"/> only with what has since been
    /// made durable beyond doubt (a further commit, or a reopened file and a full checkpoint), or throws again.
    /// </summary>
    /// <exception cref="ArgumentException">The batch is empty or over a limit. Nothing was written.</exception>
    Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default);

    /// <summary>
    /// Up to <paramref name="count"/> entries from position <paramref name="from"/> on, in order: item i is the entry at
    /// from + i. Empty at the end of the log. A reader never meets a gap, and what it has read once never changes.
    /// </summary>
    /// <exception cref="LogDamagedException">The store holds something that can't be such a list.</exception>
    Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default);

    /// <summary>Returns when the log may hold more than <paramref name="after"/> entries. May return early, never late for good.</summary>
    Task WaitAsync(long after, CancellationToken cancel = default);
}

/// <summary>What is stored contradicts itself. The message says what and where; nothing damaged is served as good.</summary>
public class LogDamagedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The log contradicts what was known of it: it was cut, rewritten, rolled back, or is another one.</summary>
public sealed class LogRolledBackException(string message) : LogDamagedException(message);
