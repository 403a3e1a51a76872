using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>Reading on.</summary>
public sealed partial class Registry
{
    /// <summary>How many entries are read at once.</summary>
    internal const int ReadCount = 4096;

    /// <summary>Fewer entries are decoded sooner than other threads have begun.</summary>
    private const int ParallelFrom = 200;

    /// <summary>
    /// Reads and applies what is in the log beyond the head. Every read begins with the last entry that is known, so that no
    /// two histories are ever mixed: after a failover that lost entries, the log may be shorter than what was read, or go
    /// on from somewhere before it. Then the registry stops. The caller holds the gate.
    /// </summary>
    /// <param name="progress">Told the size after each piece.</param>
    /// <param name="insist">Asks until nothing comes, although a piece that isn't full was the last one there was just then.</param>
    /// <param name="first">The first piece, where it was read already: from the last known entry on.</param>
    /// <exception cref="LogDamagedException">Damage; what comes before it is applied, and nothing after it will be.</exception>
    internal async Task CatchUpAsync(
        Action<long>? progress, CancellationToken cancel, bool insist = false, IReadOnlyList<StoredEntry>? first = null)
    {
        if (stop is not null)
        {
            return;
        }
        var reading = ReadOnAsync(Head.Size, cancel, first);
        try
        {
            while (true)
            {
                var (read, decoded) = await reading;
                var (size, known) = (Head.Size, Math.Min(1, (int)Head.Size));
                if (known == 1 && (read.Count == 0 || StoredEntry.LeafOf(read[0].Bytes) != Head.LastLeaf))
                {
                    await StopAsDivergedAsync(cancel);
                    return;
                }
                var added = read.Count - known;
                if (added == 0)
                {
                    CheckStubs();
                    return;
                }
                var last = read.Count < ReadCount && !insist;
                // Read and decoded while these are applied.
                reading = last ? reading : ReadOnAsync(size + added, cancel);
                var good = decoded.TakeWhile(d => d.Entry is not null).Select(d => d.Entry!).ToList();
                var fault = good.Count < added ? decoded[good.Count].Fault : null;
                var (proven, unproven, outdated) = await ProvenAsync(good, i => read[known + i], whole: last && fault is null, cancel);
                (good, fault) = (proven, unproven ?? fault);
                Apply(good, i => read[known + i].Leaf);
                progress?.Invoke(Head.Size);
                if (outdated is { } position)
                {
                    StopAsOutdated(Head.Size - 1, position);
                    return;
                }
                if (fault is not null)
                {
                    StopAt(size + good.Count, fault);
                }
                if (last || stop is not null)
                {
                    return;
                }
            }
        }
        catch (LogDamagedException e)
        {
            stop ??= Hindrance.Of(e, e.Message);
            throw;
        }
        finally
        {
            // No read goes on behind the back of a caller that may close the log next.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Of entries that were read next: those before the first stub, or entry that withholds something, for which the other isn't
    /// as it must be. Both are written in one go, so whoever reads to the end of the log meets both, or neither.
    /// </summary>
    /// <param name="whole">These are the last there are.</param>
    /// <returns>These, what is wrong with the next, and the position that the last of them withholds, if that was read before it was.</returns>
    private async Task<(List<Entry> Good, Exception? Fault, long? Outdated)> ProvenAsync(List<Entry> entries, Func<int, StoredEntry> stored, bool whole, CancellationToken cancel)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            try
            {
                if (stubs.Add(entries[i], stored(i).Bytes) is (var position, false))
                {
                    return await log.ReadAsync(position, 1, cancel) is [var now] && Stub.TryParse(now.Bytes) is { } stub && stub.By == entries[i].Position
                        ? (entries[..(i + 1)], null, position)
                        : (entries[..i], new LogDamagedException(WithheldEntries.NotWithheld(position)), null);
                }
            }
            catch (LogDamagedException e)
            {
                return (entries[..i], e, null);
            }
        }
        return whole && stubs.Open is var (at, what)
            ? (entries[..(int)Math.Max(0, at - Head.Size)], new LogDamagedException(what), null)
            : (entries, null, null);
    }

    private void CheckStubs()
    {
        if (stubs.Open is var (position, what))
        {
            throw new LogDamagedException($"Entry {position}: {what}");
        }
    }

    /// <summary>The log holds another history than what was read. The caller holds the gate.</summary>
    internal async Task StopAsDivergedAsync(CancellationToken cancel)
    {
        string where;
        try
        {
            var first = await FirstOtherAsync(cancel);
            where = first.Missing ? $"it has {first.Position} entries, where {Head.Size} were read" : $"entry {first.Position} is another one";
        }
        catch (Exception e) when (e is not LogDamagedException)
        {
            where = $"entry {Head.Size - 1} isn't there any more, or is another one";
        }
        stop = new Hindrance(HindranceKind.Diverged,
            $"The log holds another history than this process has read: {where}. It may have gone over to a copy that lacked what was written last. "
            + "Nothing more is read or written here. Check the log with 'pledge verify', find out what was lost, and then restart this process with --accept-rollback.");
    }

    /// <summary>The first position at which the log isn't what was read: two histories that have parted don't meet again.</summary>
    private async Task<(long Position, bool Missing)> FirstOtherAsync(CancellationToken cancel)
    {
        var (low, high, missing) = (0L, Head.Size - 1, false);
        for (var look = high; ; look = (low + high) / 2)
        {
            var read = await log.ReadAsync(look, 1, cancel);
            if (read.Count == 1 && StoredEntry.LeafOf(read[0].Bytes) == Tree.Leaf(look))
            {
                low = look + 1;
            }
            else
            {
                (high, missing) = (look, read.Count == 0);
            }
            if (low >= high)
            {
                return (high, missing);
            }
        }
    }

    /// <summary>The next piece of the log, from the last known entry on; all after that one decoded.</summary>
    private async Task<(IReadOnlyList<StoredEntry> Read, (Entry? Entry, Exception? Fault)[] Decoded)> ReadOnAsync(
        long size, CancellationToken cancel, IReadOnlyList<StoredEntry>? already = null)
    {
        var known = Math.Min(1, (int)size);
        var read = already ?? await log.ReadAsync(size - known, ReadCount + known, cancel);
        var decoded = new (Entry? Entry, Exception? Fault)[Math.Max(0, read.Count - known)];
        if (decoded.Length < ParallelFrom)
        {
            for (var i = 0; i < decoded.Length; i++)
            {
                decoded[i] = Decode(read[known + i]);
            }
        }
        else
        {
            await Task.Run(() => Parallel.For(0, decoded.Length, i => decoded[i] = Decode(read[known + i])), CancellationToken.None);
        }
        return (read, decoded);
    }

    /// <summary>
    /// After a write that failed: what was written shortly before it is read again, and must be what it was. The caller holds
    /// the gate.
    /// </summary>
    /// <exception cref="LogDamagedException">It isn't: nothing is read or written on.</exception>
    internal async Task VerifyEndAsync(CancellationToken cancel)
    {
        var from = Math.Max(0, Head.Size - ReadCount);
        var read = await log.ReadAsync(from, (int)(Head.Size - from), cancel);
        for (var position = from; position < Head.Size && stop is null; position++)
        {
            var at = (int)(position - from);
            if (at >= read.Count || StoredEntry.LeafOf(read[at].Bytes) != Tree.Leaf(position))
            {
                StopAt(position, new LogDamagedException("After a write that failed, this entry is no longer what it was."));
            }
        }
    }

    private void StopAt(long position, Exception fault)
    {
        var reason = $"Entry {position}: {fault.Message}";
        stop = new Hindrance(fault is LogDamagedException ? HindranceKind.Damaged : HindranceKind.Format, reason);
        if (fault is LogDamagedException)
        {
            throw new LogDamagedException(reason, fault);
        }
    }

    private (Entry?, Exception?) Decode(StoredEntry stored)
    {
        if (!stored.IsSound)
        {
            return (null, new LogDamagedException("The stored bytes don't match the leaf hash stored beside them."));
        }
        try
        {
            return (codec.Decode(stored.Bytes.Span), null);
        }
        catch (Exception e) when (e is UnknownEventTypeException or LogDamagedException)
        {
            return (null, e);
        }
    }
}
