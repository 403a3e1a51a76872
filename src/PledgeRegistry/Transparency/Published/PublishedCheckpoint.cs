using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;

namespace PledgeRegistry.Transparency.Published;

/// <summary>A published checkpoint, held against keys and a policy.</summary>
/// <param name="SignedBy">The known keys whose signature is good.</param>
/// <param name="NotChecked">What could not be looked at here, in words.</param>
/// <param name="Fault">Why it isn't to be trusted; null where nothing is wrong.</param>
public sealed record PublishedCheckpoint(Checkpoint? Body, IReadOnlyList<VerifierKey> SignedBy, IReadOnlyList<string> NotChecked, string? Fault)
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
        notChecked.AddRange(keys.Where(k => k.Name == body.Origin && k.Type != VerifierKey.CosignatureType && !note.Signatures.Any(s => s.Name == k.Name && s.KeyId == k.Id))
            .Distinct().Select(k => $"a signature of {Name(k)} ({k.Algorithm}): the checkpoint has none"));
        PublishedCheckpoint Fault(string? what) => new(body, verdict.Good, notChecked, what);
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

    private static PublishedCheckpoint Wrong(string what) => new(null, [], [], what);

    private static string Name(VerifierKey key) => $"{key.Name}+{key.IdText}";
}
