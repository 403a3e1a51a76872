using PledgeRegistry.Log;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Tiles;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Transparency.Published;

/// <summary>What the published files of a log were found to be.</summary>
/// <param name="Checkpoint">What was signed; null where that can't be read.</param>
/// <param name="Entries">How many entries were found sound, from the first on.</param>
/// <param name="Files">How many files were read and found right.</param>
/// <param name="Withheld">The entries of which something is withheld, each with the one that says so.</param>
/// <param name="NotChecked">What could not be looked at here, in words.</param>
/// <param name="Fault">The first thing that is wrong, and the entry it is at, if it is at one.</param>
public sealed record PublishedVerdict(
    Checkpoint? Checkpoint, IReadOnlyList<VerifierKey> SignedBy, long Entries, long Files, IReadOnlyList<WithheldEntry> Withheld, IReadOnlyList<string> NotChecked, LogFault? Fault)
{
    /// <summary>Why the rest couldn't be looked at: nobody answered, or a file may not be read. Null where all could be.</summary>
    public string? Unreachable { get; init; }

    /// <summary>True if nothing that was looked at is wrong.</summary>
    public bool Sound => Fault is null;
}

/// <summary>
/// Verifies a log from its published files and its public keys alone: the signature, also against the keys that the log names; every bundle, and every entry as
/// <see cref="LogVerifier"/> does; every tile; and that the root of the entries is the one that was signed.
/// </summary>
/// <param name="projections">Fresh ones; they are folded from the entries.</param>
public sealed class PublishedVerifier(IPublishedFiles files, IReadOnlyCollection<VerifierKey> keys, WitnessPolicy? policy, EntryCodec codec, IReadOnlyList<IProjection> projections)
{
    /// <summary>Verifies all of it, once.</summary>
    /// <param name="progress">Told how many entries are sound so far, now and then.</param>
    public async Task<PublishedVerdict> VerifyAsync(Action<long>? progress = null, CancellationToken cancel = default)
    {
        long read = 0, entries = 0;
        Checkpoint? body = null;
        IReadOnlyList<VerifierKey> signed = [];
        IReadOnlyList<string> notChecked = [];
        IReadOnlyList<WithheldEntry> withheld = [];
        PublishedVerdict Verdict(LogFault? fault) => new(body, signed, entries, read, withheld, notChecked, fault);
        try
        {
            var checkpoint = PublishedCheckpoint.Read(await files.ReadAsync(PublishedCheckpoint.File, SignedNote.MaxBytes, cancel), keys, policy);
            (body, signed, notChecked) = (checkpoint.Body, checkpoint.SignedBy, checkpoint.NotChecked);
            if (checkpoint.Fault is { } distrust)
            {
                return Verdict(new LogFault(null, distrust));
            }
            read++;
            await using var log = new PublishedLog(files, body!.Size);
            var verifier = new LogVerifier(log, codec, projections);
            var verdict = await verifier.VerifyAsync(null, (body.Root, body.Size), sound =>
            {
                entries = sound;
                progress?.Invoke(sound);
            }, contentHash: false, cancel);
            (entries, withheld) = (verdict.Size, verdict.Withheld);
            if (verdict.Fault is { } fault)
            {
                return Verdict(fault);
            }
            checkpoint = checkpoint.HeldAgainst(verifier.SigningKeys);
            notChecked = checkpoint.NotChecked;
            if (checkpoint.Fault is { } retired)
            {
                return Verdict(new LogFault(null, retired));
            }
            foreach (var tile in Tile.Of(body.Size))
            {
                // The entries and their leaf hashes were held against one another already.
                if (tile.Level > 0)
                {
                    await CheckAsync(tile, verifier.Tree, cancel);
                }
                read++;
            }
            await CheckOthersAsync(log, verifier.Tree, body.Size, cancel);
            return Verdict(null);
        }
        catch (PublishedUnreachableException e)
        {
            notChecked = [.. notChecked, e.Message];
            return Verdict(null) with { Unreachable = e.Message };
        }
        catch (PublishedFileException e)
        {
            return Verdict(new LogFault(null, e.Message));
        }
    }

    private async Task CheckAsync(Tile tile, MerkleTree tree, CancellationToken cancel)
    {
        var bytes = await files.ReadAsync(tile.Path, tile.Width * Hash.Length, cancel) ?? throw new PublishedFileException($"{tile.Path} is missing.");
        if (!bytes.AsSpan().SequenceEqual(TileContent.OfHashes(tree, tile)))
        {
            throw new PublishedFileException($"{tile.Path} doesn't hold the hashes of these entries.");
        }
    }

    /// <summary>What was published at smaller sizes is still given out, where files can be listed: it must be right, too.</summary>
    private async Task CheckOthersAsync(PublishedLog log, MerkleTree tree, long size, CancellationToken cancel)
    {
        foreach (var path in files.Tiles() ?? [])
        {
            if (Tile.TryParse(path) is not { Width: < Tile.Full } tile || !tile.IsIn(size) || tile.Width == Tile.CountAt(tile.Level, size) - tile.First)
            {
                continue;
            }
            if (tile.Level >= 0)
            {
                await CheckAsync(tile, tree, cancel);
                continue;
            }
            var entries = await log.ReadAsync(tile.First, tile.Width, cancel);
            var bytes = await files.ReadAsync(path, PublishedLog.MaxBundle, cancel);
            if (bytes is null || !bytes.AsSpan().SequenceEqual(TileContent.OfEntries([.. entries.Select(e => e.Bytes)])))
            {
                throw new PublishedFileException($"{path} doesn't hold these entries.");
            }
        }
    }
}
