using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge check</c>: a proof held against a public key and an entry, with nothing else.</summary>
internal static class CheckVerb
{
    private sealed record Checked(
        string Verdict, long Entry, string? LeafHash, string? Origin, long? Size, string? Root, IReadOnlyList<string> SignedBy, IReadOnlyList<string> Wrong, IReadOnlyList<string> NotVerified);

    public static Command Create(CommonOptions options)
    {
        var proof = new Argument<string>("PROOF") { Description = $"The proof: a file whose name ends in {TlogProof.Extension}." };
        var keys = KeyOption.Create(required: true);
        var entry = new Option<string?>("--entry") { Description = "The entry, byte for byte as it is stored.", HelpName = "FILE" };
        var leaf = new Option<string?>("--leaf") { Description = "The entry's leaf hash instead, as a receipt says it.", HelpName = "HEX" };
        leaf.Validators.Add(r => { if (!Hash.TryParse(r.GetValueOrDefault<string?>(), out _)) { r.AddError("--leaf: A leaf hash has 64 lower-case hexadecimal digits."); } });
        var verb = new Command("check",
            "Checks without any registry that an entry is in the log that was signed. Ends with 0 where all of it is verified, 1 where something is wrong, 3 where something couldn't be looked at.")
        { proof, keys, entry, leaf };
        verb.Validators.Add(r => { if (r.GetResult(entry) is not null && r.GetResult(leaf) is not null) { r.AddError("--leaf: Give --entry or --leaf, not both."); } });
        verb.SetAction(parsed =>
        {
            Hash? hash = parsed.GetValue(entry) is { } file ? MerkleTree.LeafHash(Read(file)) : parsed.GetValue(leaf) is { } hex ? Hash.Parse(hex) : null;
            var done = Check(parsed.GetRequiredValue(proof), hash, parsed.GetRequiredValue(keys));
            Print(done, options.Output(parsed));
            return done.Wrong.Count > 0 ? ExitCode.Failed : done.NotVerified.Count > 0 ? ExitCode.NotAll : 0;
        });
        return verb;
    }

    private static Checked Check(string path, Hash? leaf, IReadOnlyCollection<VerifierKey> keys)
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
        var verdict = proof.Check(leaf, keys);
        return new Checked(
            verdict.Wrong.Count > 0 ? "wrong" : verdict.Verified ? "verified" : "not all of it is verified",
            proof.Index, leaf?.ToString(), verdict.Checkpoint?.Origin, verdict.Checkpoint?.Size, verdict.Checkpoint?.Root.ToString(),
            [.. verdict.Signatures.Good.Select(k => $"{k.Name}+{k.IdText} ({k.Algorithm})")], verdict.Wrong, verdict.NotVerified);
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path} can't be read: {e.Message}");
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
            .. done.Wrong.Select(w => ("wrong", (string?)w)),
            .. done.NotVerified.Select(n => ("not verified", (string?)n)),
        ]);
    }
}
