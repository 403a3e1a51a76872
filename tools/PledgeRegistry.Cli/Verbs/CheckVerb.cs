using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge check</c>: a proof held against a public key and an entry, with nothing else.</summary>
internal static class CheckVerb
{
    private sealed record Checked(
        string Verdict, long Entry, string? LeafHash, string? Origin, long? Size, string? Root, IReadOnlyList<string> SignedBy, string? Policy, IReadOnlyList<string> CosignedBy,
        IReadOnlyList<string> Wrong, IReadOnlyList<string> NotVerified);

    public static Command Create(CommonOptions options)
    {
        var proof = new Argument<string>("PROOF") { Description = $"The proof: a file whose name ends in {TlogProof.Extension}." };
        var keys = KeyOption.Create(required: false);
        var policy = new Option<string?>("--policy") { Description = "A policy file (C2SP's tlog-policy): the logs' keys, the witnesses', and how many of these it takes.", HelpName = "FILE" };
        var entry = new Option<string?>("--entry") { Description = "The entry, byte for byte as it is stored.", HelpName = "FILE" };
        var leaf = new Option<string?>("--leaf") { Description = "The entry's leaf hash instead, as a receipt says it.", HelpName = "HEX" };
        leaf.Validators.Add(r => { if (!Hash.TryParse(r.GetValueOrDefault<string?>(), out _)) { r.AddError("--leaf: A leaf hash has 64 lower-case hexadecimal digits."); } });
        var verb = new Command("check",
            "Checks without any registry that an entry is in the log that was signed. Ends with 0 where all of it is verified, 1 where something is wrong, 2 where the command line or the policy can't be understood, 3 where something couldn't be looked at, such as a file that isn't there.")
        { proof, keys, policy, entry, leaf };
        verb.Validators.Add(r => { if (r.GetResult(entry) is not null && r.GetResult(leaf) is not null) { r.AddError("--leaf: Give --entry or --leaf, not both."); } });
        verb.Validators.Add(r => { if (r.GetResult(keys) is null && r.GetResult(policy) is null) { r.AddError("--key: Give the log's key, or a --policy that names it."); } });
        verb.SetAction(parsed =>
        {
            var bytes = parsed.GetValue(entry) is { } file ? Read(file) : null;
            Hash? hash = bytes is not null ? StoredEntry.LeafOf(bytes) : parsed.GetValue(leaf) is { } hex ? Hash.Parse(hex) : null;
            var done = Check(parsed.GetRequiredValue(proof), hash, parsed.GetValue(keys) ?? [], parsed.GetValue(policy) is { } path ? ReadPolicy(path) : null);
            if (bytes is not null && Stub.TryParse(bytes) is { } stub)
            {
                done = WithStub(done, stub.By);
            }
            Print(done, options.Output(parsed));
            return done.Wrong.Count > 0 ? ExitCode.Failed : done.NotVerified.Count > 0 ? ExitCode.NotAll : 0;
        });
        return options.Alone(verb);
    }

    private static Checked Check(string path, Hash? leaf, IReadOnlyCollection<VerifierKey> keys, WitnessPolicy? policy)
    {
        TlogProof proof;
        try
        {
            proof = TlogProof.Parse(Read(path));
        }
        catch (FormatException e)
        {
            throw new CommandFailedException($"{path} is no proof: {e.Message}");
        }
        var verdict = proof.Check(leaf, [.. keys.Concat(policy?.Logs ?? []).Distinct()]);
        List<string> wrong = [.. verdict.Wrong], open = [.. verdict.NotVerified], cosigned = [];
        var met = policy is null ? null : Quorum(policy, proof.Note, wrong, open, cosigned);
        return new Checked(
            wrong.Count > 0 ? "wrong" : open.Count == 0 ? "verified" : "not all of it is verified",
            proof.Index, leaf?.ToString(), verdict.Checkpoint?.Origin, verdict.Checkpoint?.Size, verdict.Checkpoint?.Root.ToString(),
            [.. verdict.Signatures.Good.Select(k => $"{k.Name}+{k.IdText} ({k.Algorithm})")], met, cosigned, wrong, open);
    }

    /// <returns>Whether the policy's witnesses are enough, for a person.</returns>
    private static string Quorum(WitnessPolicy policy, SignedNote note, List<string> wrong, List<string> open, List<string> cosigned)
    {
        var found = note.Verify([.. policy.Witnesses.Select(w => w.Key)]);
        wrong.AddRange(found.Bad.Select(k => $"The cosignature of {k.Name}+{k.IdText} is not that witness's."));
        open.AddRange(found.NotChecked.Select(k => $"The cosignature of {k.Name}+{k.IdText}: {Ed25519.Missing}"));
        cosigned.AddRange(found.Good.Select(k => string.Create(CultureInfo.InvariantCulture,
            $"{k.Name}+{k.IdText} at {Cosignature.TimeOf(note.Signatures.First(s => s.Name == k.Name && s.KeyId == k.Id).Signature.Span):yyyy-MM-ddTHH:mm:ssZ}")));
        if (policy.IsMet(found.Good))
        {
            return $"met: {policy.Quorum}";
        }
        var perhaps = policy.IsMet([.. found.Good, .. found.NotChecked]);
        if (!perhaps)
        {
            wrong.Add($"The policy asks for '{policy.Quorum}', and too few of its witnesses cosigned.");
        }
        return $"{(perhaps ? "not known" : "not met")}: {policy.Quorum}";
    }

    private static WitnessPolicy ReadPolicy(string path)
    {
        try
        {
            return WitnessPolicy.Parse(System.Text.Encoding.UTF8.GetString(Read(path)));
        }
        catch (FormatException e)
        {
            throw CommandFailedException.Usage($"--policy: {path} is no policy: {e.Message}");
        }
    }

    // The leaf is that of what was recorded, of which this is only what is left.
    private static Checked WithStub(Checked done, long by) => done with
    {
        Verdict = done.Wrong.Count > 0 ? done.Verdict : "not all of it is verified",
        NotVerified = [.. done.NotVerified, string.Create(CultureInfo.InvariantCulture, $"Something of this entry is withheld by entry {by}. That it was recorded here is proven; what is left of it is as entry {by} says: 'pledge verify', or an auditor of all entries, holds the two together.")],
    };

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.NotLookedAt($"{path} can't be read: {e.Message}");
        }
    }

    private static void Print(Checked done, Output output)
    {
        if (output.IsJson)
        {
            output.Json(done);
            return;
        }
        output.Fields(
        [
            ("verdict", done.Verdict), ("entry", done.Entry.ToString(CultureInfo.InvariantCulture)), ("leaf hash", done.LeafHash),
            ("log", done.Origin), ("size", done.Size?.ToString(CultureInfo.InvariantCulture)), ("root", done.Root),
            .. done.SignedBy.Select(s => ("signed by", (string?)s)),
            ("policy", done.Policy),
            .. done.CosignedBy.Select(s => ("cosigned by", (string?)s)),
            .. done.Wrong.Select(w => ("wrong", (string?)w)),
            .. done.NotVerified.Select(n => ("not verified", (string?)n)),
        ]);
    }
}
