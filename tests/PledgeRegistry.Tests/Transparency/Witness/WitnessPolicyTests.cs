using System.Runtime.CompilerServices;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Witness;

public sealed class WitnessPolicyTests
{
    private static readonly VerifierKey[] Keys = [.. Enumerable.Range(1, 6).Select(i => VerifierKey.OfWitness($"w{i}.example.net", Ed25519.PublicKey([.. Enumerable.Repeat((byte)i, 32)])))];

    [Fact]
    public void No_witness_is_asked_for_only_where_that_is_said()
    {
        Assert.True(WitnessPolicy.Parse("quorum none").IsMet([]));
        Assert.Throws<FormatException>(() => WitnessPolicy.Parse("# nothing\n"));
    }

    [Theory]
    [InlineData("1 2 4", true)]
    [InlineData("1 3 6", true)]
    [InlineData("1 2 3", false)]
    [InlineData("1 4 5 6", false)]
    [InlineData("", false)]
    public void Two_of_one_group_and_any_of_another(string cosigned, bool met)
    {
        var policy = WitnessPolicy.Parse($"""
            # two levels
            witness X1 {Keys[0]}
            witness X2 {Keys[1]} https://w2.example.net/submit
              witness X3 {Keys[2]}
            group	X 2 X1 X2 X3
            witness Y1 {Keys[3]}
            witness Y2 {Keys[4]}
            witness Y3 {Keys[5]}
            group Y any Y1 Y2 Y3
            group both all X Y
            quorum both

            """);
        Assert.Equal(met, policy.IsMet([.. cosigned.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => Keys[n[0] - '1'])]));
        Assert.Equal(new Uri("https://w2.example.net/submit/"), policy.Witnesses[1].Url);
        Assert.Equal("both", policy.Quorum);
    }

    [Fact]
    public void The_policy_that_is_shown_as_an_example_is_one()
    {
        var readme = File.ReadAllText(Path.Combine(Folder(), "../../../../src/README.md"));
        var start = readme.IndexOf("```\n", readme.IndexOf("`policy.txt`, the same file", StringComparison.Ordinal), StringComparison.Ordinal) + 4;
        var shown = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        using var log = NoteSigner.NewEcdsa("registry.example.org/log");
        // What is left out there are the keys.
        var policy = WitnessPolicy.Parse(shown.Replace("registry.example.org/log+…", log.Key.ToString(), StringComparison.Ordinal)
            .Replace("witness.example.net+…", Keys[0].ToString(), StringComparison.Ordinal).Replace("witness.example.com+…", Keys[1].ToString(), StringComparison.Ordinal));
        Assert.Equal([log.Key], policy.Logs);
        Assert.Equal(["one", "two"], policy.Witnesses.Select(w => w.Name));
        Assert.All(policy.Witnesses, w => Assert.Equal("https", w.Url!.Scheme));
        Assert.Equal((false, true, true), (policy.IsMet([]), policy.IsMet([Keys[0]]), policy.IsMet([Keys[1]])));
    }

    [Fact]
    public void A_checkpoint_is_accepted_with_its_logs_signature_and_enough_cosignatures_and_no_bad_one()
    {
        using var log = NoteSigner.NewEcdsa("registry.example.org/log");
        using var cosigner = new Cosigner("w1.example.net", [.. Enumerable.Repeat((byte)1, 32)]);
        var note = SignedNote.Sign("registry.example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", [log]);
        var whole = note with { Signatures = [.. note.Signatures, cosigner.Sign(note.Text, DateTimeOffset.UnixEpoch)] };
        var policy = WitnessPolicy.Parse($"log {log.Key}\nwitness w {cosigner.Key}\nquorum w\n");
        Assert.True(policy.Accepts(whole, "registry.example.org/log"));
        Assert.False(policy.Accepts(note, "registry.example.org/log"));
        Assert.False(policy.Accepts(whole, "another.example.org/log"));
        var bad = whole with { Signatures = [whole.Signatures[0], cosigner.Sign("other\n", DateTimeOffset.UnixEpoch)] };
        Assert.False(policy.Accepts(bad, "registry.example.org/log"));
        Assert.False(policy.Accepts(whole with { Signatures = [whole.Signatures[1]] }, "registry.example.org/log"));
    }

    public static TheoryData<string, string> Wrong() => new()
    {
        { $"witness a {Keys[0]}\nwitness a {Keys[1]}\nquorum a", "Line 2" },
        { $"witness a {Keys[0]}\nwitness b {Keys[0]}\nquorum a", "Line 2" },
        { $"witness none {Keys[0]}\nquorum none", "Line 1" },
        { $"witness a {Keys[0]}\nquorum b", "Line 2" },
        { $"quorum a\nwitness a {Keys[0]}", "Line 1" },
        { $"witness a {Keys[0]}\nquorum a\nquorum a", "Line 3" },
        { $"witness a {Keys[0]}\ngroup g 2 a\nquorum g", "Line 2" },
        { $"witness a {Keys[0]}\ngroup g 0 a\nquorum g", "Line 2" },
        { $"witness a {Keys[0]}\ngroup g any a a\nquorum g", "Line 2" },
        { $"witness a {Keys[0]}\ngroup g any a\ngroup h any a\nquorum g", "Line 3" },
        { $"group g any\nquorum g", "Line 1" },
        { $"log {Keys[0]}\nquorum none", "Line 1" },
        { "log nonsense\nquorum none", "Line 1" },
        { $"witness a {Keys[0]} ftp://example.org\nquorum a", "Line 1" },
        { "something else\nquorum none", "Line 1" },
        { "quorum\u0001none", "Line 1" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_by_its_line(string text, string line) =>
        Assert.StartsWith(line, Assert.Throws<FormatException>(() => WitnessPolicy.Parse(text)).Message, StringComparison.Ordinal);

    private static string Folder([CallerFilePath] string path = "") => SourceFiles.FolderOf(path);
}
