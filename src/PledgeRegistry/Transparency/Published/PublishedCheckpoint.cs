using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Transparency.Published;

/// <summary>A published checkpoint, held against keys and a policy.</summary>
/// <param name="SignedBy">The known keys whose signature is good.</param>
/// <param name="Unread">The known keys whose signature could not be looked at here.</param>
/// <param name="Missing">The keys that were given and of which it has no signature. Whether it should, the log says: see <see cref="HeldAgainst"/>.</param>
/// <param name="NotChecked">What could not be looked at here, in words.</param>
/// <param name="Fault">Why it isn't to be trusted; null where nothing is wrong.</param>
public sealed record PublishedCheckpoint(
    Checkpoint? Body, IReadOnlyList<VerifierKey> SignedBy, IReadOnlyList<VerifierKey> Unread, IReadOnlyList<VerifierKey> Missing, IReadOnlyList<string> NotChecked, string? Fault)
{
    /// <summary>Where a log is published, its name.</summary>
    public const string File = "checkpoint";

    /// <param name="bytes">The signed note; null where there is none.</param>
    /// <param name="keys">The log's keys, from somewhere that is trusted.</param>
    /// <param name="policy">Which logs and witnesses it takes beside the keys; null: none.</param>
    public static PublishedCheckpoint Read(byte[]? bytes, IReadOnlyCollection<VerifierKey> keys, WitnessPolicy? policy = null)
    {
        if (bytes is null)
        {
            return Wrong("There is no checkpoint, so nothing says what this log holds.");
        }
        SignedNote note;
        Checkpoint body;
        try
        {
            note = SignedNote.Parse(bytes);
            body = Checkpoint.Parse(note.Text);
        }
        catch (FormatException e)
        {
            return Wrong($"The checkpoint can't be read: {e.Message}");
        }
        // A key of another name may be anybody's; and which log this is, is what the keys say.
        var known = keys.Concat(policy?.Logs ?? []).Where(k => k.Name == body.Origin && k.Type != VerifierKey.CosignatureType).ToHashSet();
        var verdict = note.Verify(known);
        List<string> notChecked = [.. verdict.NotChecked.Select(k => $"the signature of {Name(k)} ({k.Algorithm}): {Ed25519.Missing ?? "this kind of key isn't known here"}")];
        VerifierKey[] missing = [.. keys.Where(k => k.Name == body.Origin && k.Type != VerifierKey.CosignatureType && !note.Signatures.Any(s => s.Name == k.Name && s.KeyId == k.Id)).Distinct()];
        PublishedCheckpoint Fault(string? what) => new(body, verdict.Good, verdict.NotChecked, missing, notChecked, what);
        if (verdict.Bad.Count > 0)
        {
            return Fault($"The signature of {Name(verdict.Bad[0])} under the checkpoint is bad.");
        }
        if (verdict.Good.Count == 0 && verdict.NotChecked.Count == 0)
        {
            return Fault($"No key that is known signed the checkpoint of {body.Origin}.");
        }
        if (body.Size == 0)
        {
            return Fault("The checkpoint is of no entries: there is nothing to verify.");
        }
        if (policy is not null)
        {
            var witnesses = note.Verify([.. policy.Witnesses.Select(w => w.Key)]);
            notChecked.AddRange(witnesses.NotChecked.Select(k => $"the cosignature of {Name(k)}: {Ed25519.Missing}"));
            if (witnesses.Bad.Count > 0)
            {
                return Fault($"The cosignature of {Name(witnesses.Bad[0])} under the checkpoint is bad.");
            }
            if (!policy.IsMet(witnesses.Good))
            {
                return witnesses.NotChecked.Count > 0 && policy.IsMet([.. witnesses.Good, .. witnesses.NotChecked])
                    ? Fault(null)
                    : Fault($"The policy asks for '{policy.Quorum}', and the checkpoint has good cosignatures of: {(witnesses.Good.Count == 0 ? "no witness" : string.Join(", ", witnesses.Good.Select(Name)))}.");
            }
        }
        return Fault(null);
    }

    /// <summary>The checkpoint, held against the keys that the log itself names at the size that was signed.</summary>
    /// <param name="named">Those; none where the log names no keys, which says nothing of any.</param>
    public PublishedCheckpoint HeldAgainst(IReadOnlyList<SigningKeyState> named)
    {
        bool MaySign(VerifierKey key) => named.Any(k => k.Key == key && k.SignsFrom <= Body!.Size && (k.SignsTo is not { } to || Body.Size <= to));
        if (named.Count > 0 && !SignedBy.Concat(Unread).Any(MaySign))
        {
            var key = SignedBy.Concat(Unread).First();
            return this with
            {
                Fault = named.FirstOrDefault(k => k.Key == key) is { SignsTo: { } last }
                    ? $"The checkpoint of {Body!.Size} entries is signed by {Name(key)}, which was retired after {last}, and by no key that may sign it."
                    : $"The checkpoint is signed by {Name(key)}, which the log doesn't name, and by no key that may sign it.",
            };
        }
        // After a key is exchanged for another, whoever knows both is right to give both.
        var expected = Missing.Where(k => named.Count == 0 || MaySign(k));
        return this with { NotChecked = [.. NotChecked, .. expected.Select(k => $"a signature of {Name(k)} ({k.Algorithm}): the checkpoint has none")] };
    }

    private static PublishedCheckpoint Wrong(string what) => new(null, [], [], [], [], what);

    private static string Name(VerifierKey key) => $"{key.Name}+{key.IdText}";
}
