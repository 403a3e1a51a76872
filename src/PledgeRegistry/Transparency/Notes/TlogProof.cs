using System.Globalization;
using System.Text;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>
/// A proof that an entry is in a log, as a file (C2SP's tlog-proof): what a receipt is exchanged for. It holds all that is
/// needed but the entry and the public key.
/// </summary>
/// <param name="Index">The entry's position.</param>
/// <param name="Hashes">The audit path, the leaf's sibling first.</param>
/// <param name="Note">The signed checkpoint that the path leads to.</param>
public sealed record TlogProof(long Index, IReadOnlyList<Hash> Hashes, SignedNote Note)
{
    /// <summary>What such a file's name ends in.</summary>
    public const string Extension = ".tlog-proof";

    private const string Head = "c2sp.org/tlog-proof@v1";

    // A path in a tree of less than 2^63 leaves.
    private const int MostHashes = 63;

    /// <summary>The proof of an entry at a signed size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The checkpoint's log has no such entry.</exception>
    public static TlogProof Of(MerkleTree tree, long index, SignedNote note) =>
        new(index, tree.InclusionProof(index, Checkpoint.Parse(note.Text).Size), note);

    /// <exception cref="FormatException">It is no such file; the message says why.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> bytes)
    {
        var blank = bytes.IndexOf("\n\n"u8);
        if (blank < 0 || Encoding.UTF8.GetString(bytes[..blank]).Split('\n') is not [Head, var second, .. var lines])
        {
            throw new FormatException($"A proof begins with the line '{Head}', then 'index N' and the hashes, then a blank line.");
        }
        if (!second.StartsWith("index ", StringComparison.Ordinal) || !long.TryParse(second.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || second != string.Create(CultureInfo.InvariantCulture, $"index {index}"))
        {
            throw new FormatException("The second line of the proof isn't 'index N'.");
        }
        if (lines.Length > MostHashes)
        {
            throw new FormatException($"The proof has {lines.Length} hashes; no tree needs more than {MostHashes}.");
        }
        var hashes = lines.Select(l => StrictBase64.TryDecode(l) is { Length: Hash.Length } hash
            ? new Hash(hash)
            : throw new FormatException("A line of the proof isn't 32 bytes in base64.")).ToList();
        return new TlogProof(index, hashes, SignedNote.Parse(bytes[(blank + 2)..]));
    }

    /// <summary>Holds the proof against an entry and the keys that are known, with nothing else.</summary>
    /// <param name="leaf">The leaf hash of the entry; null where neither entry nor receipt is at hand.</param>
    public ProofVerdict Check(Hash? leaf, IReadOnlyCollection<VerifierKey> known)
    {
        Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.Parse(Note.Text);
        }
        catch (FormatException e)
        {
            return new ProofVerdict(null, new NoteVerdict([], [], [], Note.Signatures), [e.Message], []);
        }
        var signatures = Note.Verify(known);
        List<string> wrong = [.. signatures.Bad.Select(k => $"The signature of {k.Name}+{k.IdText} ({k.Algorithm}) is not that key's.")];
        List<string> open = [.. signatures.NotChecked.Select(k => $"The signature of {k.Name}+{k.IdText} ({k.Algorithm}){(k.Type == VerifierKey.Ed25519Type ? $": {Ed25519.Missing}" : " is of a kind that isn't known here.")}")];
        if (signatures.Bad.Count == 0 && !signatures.Good.Any(k => k.Name == checkpoint.Origin))
        {
            (signatures.NotChecked.Count > 0 ? open : wrong).Add($"No signature of {checkpoint.Origin} by a key that was named could be verified.");
        }
        if (Index >= checkpoint.Size)
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"The proof is of entry {Index}, and the checkpoint of {checkpoint.Size} entries."));
        }
        else if (leaf is null)
        {
            open.Add("Which entry it is: neither the entry nor its leaf hash was given.");
        }
        else if (!MerkleProof.VerifyInclusion(Index, checkpoint.Size, leaf.Value, Hashes, checkpoint.Root))
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"This entry is not entry {Index} of the log that was signed."));
        }
        return new ProofVerdict(checkpoint, signatures, wrong, open);
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Head}\nindex {Index}\n{string.Concat(Hashes.Select(h => Convert.ToBase64String(h.ToArray()) + "\n"))}\n{Note}");
}

/// <summary>What checking a proof found.</summary>
/// <param name="Checkpoint">What was signed; null where the note isn't a checkpoint.</param>
/// <param name="Wrong">What is wrong; nothing of it may be believed then.</param>
/// <param name="NotVerified">What could not be looked at.</param>
public sealed record ProofVerdict(Checkpoint? Checkpoint, NoteVerdict Signatures, IReadOnlyList<string> Wrong, IReadOnlyList<string> NotVerified)
{
    /// <summary>The entry is in the log that the origin signed; what else there is, is in <see cref="NotVerified"/>.</summary>
    public bool Verified => Wrong.Count == 0 && NotVerified.Count == 0;
}
