using System.Security.Cryptography;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Tests.Transparency;

public sealed class MerkleTreeTests
{
    private const int Most = 130;

    private static readonly byte[][] Entries = [.. Enumerable.Range(0, Most).Select(i => new byte[] { (byte)i, (byte)(i >> 8), 7 })];

    [Fact]
    public void Roots_are_those_of_the_definition_at_every_size()
    {
        var tree = Grown(Most);
        for (var size = 0; size <= Most; size++)
        {
            Assert.Equal(Convert.ToHexStringLower(Naive.Root(Entries[..size])), tree.Root(size).ToString());
            Assert.Equal(tree.Root(size), Grown(size).Root(size));
        }
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", tree.Root(0).ToString());
    }

    [Fact]
    public void Inclusion_proofs_are_those_of_the_definition_at_every_size_and_index()
    {
        var tree = Grown(Most);
        for (var size = 1; size <= Most; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = tree.InclusionProof(index, size);
                Assert.Equal(Naive.Path(index, Entries[..size]).Select(Convert.ToHexStringLower), proof.Select(h => h.ToString()));
                Assert.True(MerkleProof.VerifyInclusion(index, size, MerkleTree.LeafHash(Entries[index]), proof, tree.Root(size)));
            }
        }
    }

    [Fact]
    public void Consistency_proofs_are_those_of_the_definition_between_all_sizes()
    {
        var tree = Grown(Most);
        for (var second = 0; second <= Most; second++)
        {
            for (var first = 0; first <= second; first++)
            {
                var proof = tree.ConsistencyProof(first, second);
                Assert.Equal(first == 0 ? [] : Naive.Proof(first, Entries[..second]).Select(Convert.ToHexStringLower), proof.Select(h => h.ToString()));
                Assert.Equal(first > 0, MerkleProof.VerifyConsistency(first, second, tree.Root(first), tree.Root(second), proof));
            }
        }
    }

    [Fact]
    public void No_spoiled_proof_is_accepted() => Seeded.Run(3_000, random =>
    {
        var tree = Grown(Most);
        var size = random.Random.Next(2, Most);
        var (index, first) = (random.Random.Next(size), random.Random.Next(1, size));
        var inclusion = tree.InclusionProof(index, size).ToList();
        var consistency = tree.ConsistencyProof(first, size).ToList();
        var leaf = tree.Leaf(index);
        Assert.False(MerkleProof.VerifyInclusion(index, size, random.Digest(), inclusion, tree.Root(size)));
        Assert.False(MerkleProof.VerifyInclusion(index, size, leaf, inclusion, tree.Root(size - 1)));
        Assert.False(MerkleProof.VerifyInclusion(index, size, leaf, [.. inclusion, random.Digest()], tree.Root(size)));
        Assert.False(MerkleProof.VerifyInclusion(index, size, leaf, inclusion[..^1], tree.Root(size)));
        Assert.False(MerkleProof.VerifyInclusion((index + 1) % size, size, leaf, inclusion, tree.Root(size)));
        Assert.False(MerkleProof.VerifyConsistency(first, size, random.Digest(), tree.Root(size), consistency));
        Assert.False(MerkleProof.VerifyConsistency(first, size, tree.Root(first), random.Digest(), consistency));
        Assert.False(MerkleProof.VerifyConsistency(first, size, tree.Root(first), tree.Root(size), [.. consistency, random.Digest()]));
        Assert.False(MerkleProof.VerifyConsistency(first, size, tree.Root(first), tree.Root(size), consistency[..^1]));
        consistency[random.Random.Next(consistency.Count)] = random.Digest();
        Assert.False(MerkleProof.VerifyConsistency(first, size, tree.Root(first), tree.Root(size), consistency));
    });

    [Fact]
    public void What_is_beyond_the_tree_is_refused()
    {
        var tree = Grown(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Root(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Root(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Leaf(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.InclusionProof(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.InclusionProof(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.InclusionProof(0, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ConsistencyProof(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ConsistencyProof(-1, 3));
        Assert.False(MerkleProof.VerifyInclusion(0, 0, default, [], MerkleTree.EmptyRoot));
        Assert.False(MerkleProof.VerifyInclusion(-1, 1, default, [], default));
        Assert.False(MerkleProof.VerifyConsistency(3, 2, default, default, []));
        Assert.False(MerkleProof.VerifyConsistency(0, 2, tree.Root(1), tree.Root(2), []));
    }

    [Fact]
    public async Task A_reader_beside_the_writer_finds_every_size_it_was_told_of()
    {
        var roots = Enumerable.Range(0, 20_001).Select(_ => default(Hash)).ToArray();
        var reference = new MerkleTree();
        roots[0] = MerkleTree.EmptyRoot;
        for (var i = 1; i < roots.Length; i++)
        {
            reference.Append(MerkleTree.LeafHash(BitConverter.GetBytes(i)));
            roots[i] = reference.Root(i);
        }
        var tree = new MerkleTree();
        var published = 0;
        using var started = new CountdownEvent(2);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var (last, reads) = (0, 0);
            while (last < roots.Length - 1)
            {
                last = Volatile.Read(ref published);
                Assert.Equal(roots[last], tree.Root(last));
                if (last > 0)
                {
                    Assert.True(MerkleProof.VerifyInclusion(last / 2, last, tree.Leaf(last / 2), tree.InclusionProof(last / 2, last), roots[last]));
                }
                if (reads++ == 0)
                {
                    started.Signal();
                }
            }
            return reads;
        })).ToArray();
        started.Wait();
        for (var i = 1; i < roots.Length; i++)
        {
            tree.Append(MerkleTree.LeafHash(BitConverter.GetBytes(i)));
            Volatile.Write(ref published, i);
        }
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 1));
    }

    private static MerkleTree Grown(int size)
    {
        var tree = new MerkleTree();
        foreach (var entry in Entries[..size])
        {
            tree.Append(MerkleTree.LeafHash(entry));
        }
        return tree;
    }

    /// <summary>RFC 6962 §2.1 word for word, from the entries each time, with the base library's SHA-256 alone.</summary>
    private static class Naive
    {
        public static byte[] Root(byte[][] d) => d.Length switch
        {
            0 => SHA256.HashData([]),
            1 => SHA256.HashData([0, .. d[0]]),
            _ => SHA256.HashData([1, .. Root(d[..K(d.Length)]), .. Root(d[K(d.Length)..])]),
        };

        public static IEnumerable<byte[]> Path(int m, byte[][] d)
        {
            var k = K(d.Length);
            return d.Length == 1 ? []
                : m < k ? [.. Path(m, d[..k]), Root(d[k..])]
                : [.. Path(m - k, d[k..]), Root(d[..k])];
        }

        public static IEnumerable<byte[]> Proof(int m, byte[][] d) => Subproof(m, d, true);

        private static IEnumerable<byte[]> Subproof(int m, byte[][] d, bool b)
        {
            if (m == d.Length)
            {
                return b ? [] : [Root(d)];
            }
            var k = K(d.Length);
            return m <= k
                ? [.. Subproof(m, d[..k], b), Root(d[k..])]
                : [.. Subproof(m - k, d[k..], false), Root(d[..k])];
        }

        // The largest power of two smaller than n.
        private static int K(int n)
        {
            var k = 1;
            while (k * 2 < n)
            {
                k *= 2;
            }
            return k;
        }
    }
}
