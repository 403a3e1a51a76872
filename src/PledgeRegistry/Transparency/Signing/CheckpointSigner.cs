using PledgeRegistry.Log;
using PledgeRegistry.Private;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Transparency.Signing;

/// <summary>
/// Signs the log's checkpoints, and knows the last one, whoever signed it. Any number of nodes may run one: what was signed
/// last is compared and swapped in the private store, so that exactly one signs a size, and no size is signed twice. It never
/// contradicts what was signed: where the log is behind that, or another one, it says so and signs nothing.
/// </summary>
/// <param name="copyPath">This machine's copy of the last signed checkpoint.</param>
/// <param name="keys">The private keys of this machine; it may have none, and then only follows.</param>
/// <param name="obstacle">Why nothing is to be signed with them here; null where nothing is in the way.</param>
public sealed class CheckpointSigner(Registry registry, IPrivateStore store, string copyPath, KeyFolder keys, string? obstacle = null) : IDisposable
{
    /// <summary>So many looks may find entries that nobody signed before a node without keys says so.</summary>
    public const int PatientLooks = 10;

    private readonly Dictionary<VerifierKey, NoteSigner> open = [];
    private SignedHead? last;
    private string? refused;
    private string? halted;
    private int looks;
    private long unchanged;

    /// <summary>The checkpoint that was signed last and that this registry has read all entries of; null while there is none.</summary>
    public SignedHead? Last => Volatile.Read(ref last);

    /// <summary>Why nothing is signed although the log has keys; null where all is well, or another node signs.</summary>
    public string? Refused => Volatile.Read(ref refused);

    /// <summary>Signs nothing from here on, whatever happens: a witness has seen another history. What was signed stays served.</summary>
    /// <param name="why">Said wherever <see cref="Refused"/> is.</param>
    public void Halt(string why)
    {
        Volatile.Write(ref halted, why);
        Volatile.Write(ref refused, why);
    }

    /// <summary>The largest size that was signed by whatever node, 0 for none; asked of the private store.</summary>
    /// <exception cref="PrivateUnavailableException">It can't be reached.</exception>
    public long SignedAnywhere() => store.ReadSigned()?.Size ?? 0;

    /// <summary>Looks once: takes over what was signed elsewhere, and signs if the log has grown. One call at a time.</summary>
    /// <returns>True if a checkpoint was signed.</returns>
    public async Task<bool> StepAsync(CancellationToken cancel = default)
    {
        try
        {
            var signed = await LookAsync(cancel);
            // Not null where it was halted meanwhile.
            Volatile.Write(ref refused, Volatile.Read(ref halted));
            return signed;
        }
        catch (SigningRefusedException e)
        {
            Volatile.Write(ref refused, e.Message);
        }
        catch (Exception e) when (e is LogDamagedException or System.Data.Common.DbException or TimeoutException)
        {
            Volatile.Write(ref refused, $"The log can't be read: {e.Message}");
        }
        catch (Exception e) when (!cancel.IsCancellationRequested || e is not OperationCanceledException)
        {
            // Whatever it is, also what nobody foresaw: it is said, and the next look tries again.
            Volatile.Write(ref refused, $"The checkpoint can't be signed now: {e.Message}");
        }
        return false;
    }

    public void Dispose()
    {
        foreach (var signer in open.Values)
        {
            signer.Dispose();
        }
        open.Clear();
    }

    private async Task<bool> LookAsync(CancellationToken cancel)
    {
        // The state knows its own size, so the keys are those of exactly that size.
        var state = registry.State;
        var (size, root) = (state.Size, registry.Tree.Root(state.Size));
        var copy = ReadCopy();
        var stored = store.ReadSigned();
        foreach (var known in new[] { copy, stored })
        {
            if (known is not null && !await ContinuesAsync(known, size, cancel))
            {
                return false;
            }
        }
        var newest = (copy?.Size ?? 0) > (stored?.Size ?? 0) ? copy : stored;
        if (newest is not null)
        {
            if (newest.Size > (copy?.Size ?? 0))
            {
                SignedCopy.Write(copyPath, newest);
            }
            Show(newest);
        }
        if (Volatile.Read(ref halted) is { } why)
        {
            throw new SigningRefusedException(why);
        }
        if (size <= (newest?.Size ?? 0))
        {
            looks = 0;
        }
        if (size <= (newest?.Size ?? 0) || state.SigningKeys.TrueForAll(k => !k.Active))
        {
            return false;
        }
        if (registry.Stopped is { } stopped)
        {
            throw new SigningRefusedException($"Nothing is signed, because reading stopped: {stopped}");
        }
        var signers = Signers(state);
        if (signers.Count == 0)
        {
            var behind = newest?.Size ?? 0;
            (looks, unchanged) = behind == unchanged ? (looks + 1, behind) : (1, behind);
            return looks <= PatientLooks
                ? false
                : throw new SigningRefusedException($"{size - behind} entries are unsigned, no other node signs them, and there is no key here. Put the files of the published keys into this node's folder of keys, or start a node that has them.");
        }
        if (obstacle is not null)
        {
            throw new SigningRefusedException(obstacle);
        }
        // What this registry shows is durable; it shows this size once the head says so.
        await registry.WaitForAsync(size, cancel);
        if (Volatile.Read(ref halted) is { } meanwhile)
        {
            throw new SigningRefusedException(meanwhile);
        }
        var note = SignedNote.Sign(new Checkpoint(state.Origin!, size, root).ToString(), signers);
        var next = new SignedHead(size, root, note.ToString());
        if (!store.ReplaceSigned(stored, next))
        {
            // Another node was first; the next look takes over what it signed, and this signature is forgotten.
            return false;
        }
        SignedCopy.Write(copyPath, next);
        Show(next);
        return true;
    }

    private SignedHead? ReadCopy()
    {
        try
        {
            return SignedCopy.Read(copyPath);
        }
        catch (FormatException e)
        {
            throw new SigningRefusedException($"{copyPath} should hold the last signed checkpoint and doesn't ({e.Message}), so it isn't known what must not be contradicted. Put it back from a backup, or from what was published.");
        }
    }

    /// <summary>Whether the log goes on from what was signed. False: not known yet, because this registry hasn't read so far.</summary>
    private async Task<bool> ContinuesAsync(SignedHead known, long size, CancellationToken cancel)
    {
        if (Parse(known.Note) is var said && (said.Size != known.Size || said.Root != known.Root))
        {
            throw new SigningRefusedException("The private store's record of the last signed checkpoint contradicts itself. Restore the store from a backup.");
        }
        if (known.Size > size)
        {
            return registry.Stopped is null && (await registry.Log.ReadAsync(known.Size - 1, 1, cancel)).Count > 0
                ? false
                : throw new SigningRefusedException($"The log is behind what was signed: it has {size} entries, and {known.Size} were signed (root {known.Root}). It was cut or rolled back, or this is another log. Nothing is signed until somebody decides.");
        }
        var now = registry.Tree.Root(known.Size);
        return now == known.Root
            ? true
            : throw new SigningRefusedException($"The log is another one than what was signed: its first {known.Size} entries have the root {now}, and {known.Root} was signed. Nothing is signed until somebody decides.");
    }

    private static SignedHead Parse(string note)
    {
        try
        {
            return SignedCopy.Of(SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(note)));
        }
        catch (FormatException e)
        {
            throw new SigningRefusedException($"The private store's record of the last signed checkpoint can't be read ({e.Message}). Restore the store from a backup.");
        }
    }

    /// <summary>The published keys that sign this size, all of them; none where this machine has none of their files.</summary>
    private List<NoteSigner> Signers(RegistryState state)
    {
        var active = state.SigningKeys.Where(k => k.Active).Select(k => k.Key).ToList();
        // A key that was retired isn't kept in memory any longer.
        foreach (var retired in open.Keys.Except(active).ToList())
        {
            open.Remove(retired, out var signer);
            signer?.Dispose();
        }
        var usable = active.Where(k => k.Type != VerifierKey.Ed25519Type || Ed25519.IsAvailable).ToList();
        if (usable.Exists(k => !open.ContainsKey(k)))
        {
            foreach (var file in keys.List().Where(f => usable.Contains(f.Key) && !open.ContainsKey(f.Key)))
            {
                open.Add(file.Key, KeyFolder.Open(file));
            }
        }
        if (open.Count > 0 && usable.Find(k => !open.ContainsKey(k)) is { } missing)
        {
            throw new SigningRefusedException($"The key {missing.Name}+{missing.IdText} was published and isn't in {keys.Path}: a checkpoint has the signatures of all keys. Put its file there, or retire it.");
        }
        return [.. usable.Where(open.ContainsKey).Select(k => open[k])];
    }

    private void Show(SignedHead signed)
    {
        if (signed.Size > (Last?.Size ?? 0) && registry.Head.Size >= signed.Size)
        {
            Volatile.Write(ref last, signed);
        }
    }
}

/// <summary>Nothing may be signed; the message says why, and what a person can do.</summary>
internal sealed class SigningRefusedException(string message) : Exception(message);
