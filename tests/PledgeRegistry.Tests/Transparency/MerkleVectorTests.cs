using System.Runtime.CompilerServices;
using System.Text.Json;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Tests.Transparency;

/// <summary>Published proofs, good and bad.</summary>
public sealed class MerkleVectorTests
{
    [Fact]
    public void Every_published_inclusion_proof_is_judged_as_it_must_be() => Judge("inclusion.jsonl", c =>
        TrySize(c, "leafIdx", out var index) && TrySize(c, "treeSize", out var size) && TryHash(c.GetProperty("leafHash"), out var leaf)
        && TryHash(c.GetProperty("root"), out var root) && TryProof(c, out var proof) && MerkleProof.VerifyInclusion(index, size, leaf, proof, root));

    [Fact]
    public void Every_published_consistency_proof_is_judged_as_it_must_be() => Judge("consistency.jsonl", c =>
        TrySize(c, "size1", out var first) && TrySize(c, "size2", out var second) && TryProof(c, out var proof) && MerkleProof.VerifyConsistency(first, second, Root(c, "root1"), Root(c, "root2"), proof));

    private static void Judge(string file, Func<JsonElement, bool> accepts, [CallerFilePath] string path = "")
    {
        var lines = File.ReadAllLines(Path.Combine(SourceFiles.FolderOf(path), "..", "Vectors", "merkle", file));
        Assert.Equal(98, lines.Length);
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            Assert.True(accepts(json.RootElement) != json.RootElement.GetProperty("wantErr").GetBoolean(), line);
        }
    }

    // A size beyond 63 bits is no size of any tree here: refused before any proof is looked at.
    private static bool TrySize(JsonElement c, string name, out long size) => c.GetProperty(name).TryGetInt64(out size);

    // Some cases have words for roots, where only whether they are alike counts: so do their hashes.
    private static Hash Root(JsonElement c, string name) =>
        TryHash(c.GetProperty(name), out var hash) ? hash : Hash.Of(Convert.FromBase64String(c.GetProperty(name).GetString() ?? ""));

    private static bool TryHash(JsonElement text, out Hash hash)
    {
        var bytes = text.GetString() is { } s ? Convert.FromBase64String(s) : [];
        hash = bytes.Length == Hash.Length ? new Hash(bytes) : default;
        return bytes.Length == Hash.Length;
    }

    private static bool TryProof(JsonElement c, out List<Hash> proof)
    {
        proof = [];
        if (c.GetProperty("proof") is { ValueKind: JsonValueKind.Array } nodes)
        {
            foreach (var node in nodes.EnumerateArray())
            {
                if (!TryHash(node, out var hash))
                {
                    return false;
                }
                proof.Add(hash);
            }
        }
        return true;
    }
}
