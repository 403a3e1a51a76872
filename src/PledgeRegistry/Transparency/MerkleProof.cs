namespace PledgeRegistry.Transparency;

/// <summary>Checks proofs of RFC 6962 §2.1.1 and §2.1.2 (algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2), with nothing but hashes.</summary>
public static class MerkleProof
{
    /// <summary>True if a tree of this size and root has this leaf hash at this index.</summary>
    public static bool VerifyInclusion(long index, long size, Hash leaf, IReadOnlyList<Hash> proof, Hash root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }
        long fn = index, sn = size - 1;
        var r = leaf;
        foreach (var p in proof)
        {
            if (sn == 0)
            {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleTree.NodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                r = MerkleTree.NodeHash(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r == root;
    }

    /// <summary>
    /// True if the tree of the second size and root only added leaves to the tree of the first. False from the empty
    /// tree: every tree extends it, so nothing is proved.
    /// </summary>
    public static bool VerifyConsistency(long first, long second, Hash firstRoot, Hash secondRoot, IReadOnlyList<Hash> proof)
    {
        if (first < 1 || first > second)
        {
            return false;
        }
        if (first == second)
        {
            return proof.Count == 0 && firstRoot == secondRoot;
        }
        long fn = first - 1, sn = second - 1;
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }
        // A first tree that is a full subtree is its own first node, so the proof leaves it out.
        var next = 0;
        Hash fr, sr;
        if (fn == 0)
        {
            fr = sr = firstRoot;
        }
        else if (proof.Count > 0)
        {
            fr = sr = proof[next++];
        }
        else
        {
            return false;
        }
        for (; next < proof.Count; next++)
        {
            if (sn == 0)
            {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn)
            {
                fr = MerkleTree.NodeHash(proof[next], fr);
                sr = MerkleTree.NodeHash(proof[next], sr);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                sr = MerkleTree.NodeHash(sr, proof[next]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == firstRoot && sr == secondRoot;
    }
}
