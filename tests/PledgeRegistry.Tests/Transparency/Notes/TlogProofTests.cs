using System.Text;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Notes;

public sealed class TlogProofTests : IDisposable
{
    private const string Origin = "example.org/log";

    private readonly NoteSigner ed = NoteSigner.FromSeed(Origin, new byte[32]);
    private readonly NoteSigner ec = NoteSigner.NewEcdsa(Origin);
    private readonly MerkleTree tree = new();

    public TlogProofTests()
    {
        for (var i = 0; i < 11; i++)
        {
            tree.Append(MerkleTree.LeafHash([(byte)i]));
        }
    }

    public void Dispose()
    {
        ed.Dispose();
        ec.Dispose();
    }

    [Fact]
    public void The_file_has_the_form_that_was_agreed()
    {
        var lines = Proof(4).ToString().Split('\n');
        Assert.Equal(["c2sp.org/tlog-proof@v1", "index 4"], lines[..2]);
        Assert.Equal(Convert.ToBase64String(tree.Leaf(5).ToArray()), lines[2]);
        Assert.Equal(["", Origin, "11"], lines[6..9]);
    }

    [Fact]
    public void Every_entry_s_proof_is_verified_with_nothing_but_entry_and_key()
    {
        for (var i = 0; i < 11; i++)
        {
            var proof = TlogProof.Parse(Proof(i).ToBytes());
            Assert.Equal(Proof(i).Hashes, proof.Hashes);
            var verdict = proof.Check(MerkleTree.LeafHash([(byte)i]), [ed.Key, ec.Key]);
            Assert.True(verdict.Verified, string.Join(' ', [.. verdict.Wrong, .. verdict.NotVerified]));
            Assert.Equal(new Checkpoint(Origin, 11, tree.Root(11)), verdict.Checkpoint);
        }
    }

    [Fact]
    public void Another_entry_or_another_place_is_refused()
    {
        Assert.Contains("is not entry 4", Assert.Single(Proof(4).Check(MerkleTree.LeafHash([5]), [ed.Key]).Wrong), StringComparison.Ordinal);
        Assert.Contains("is not entry 5", Assert.Single((Proof(4) with { Index = 5 }).Check(MerkleTree.LeafHash([4]), [ed.Key]).Wrong), StringComparison.Ordinal);
        Assert.Contains("of 11 entries", Assert.Single((Proof(4) with { Index = 11 }).Check(MerkleTree.LeafHash([4]), [ed.Key]).Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_that_is_not_the_log_s_is_refused()
    {
        using var stranger = NoteSigner.NewEcdsa(Origin);
        Assert.Contains("No signature", Assert.Single(Proof(4).Check(MerkleTree.LeafHash([4]), [stranger.Key]).Wrong), StringComparison.Ordinal);
        using var friend = NoteSigner.NewEcdsa("friend.example");
        var other = TlogProof.Of(tree, 4, SignedNote.Sign(new Checkpoint(Origin, 11, tree.Root(11)).ToString(), [friend]));
        Assert.Contains("No signature of example.org/log", Assert.Single(other.Check(MerkleTree.LeafHash([4]), [friend.Key])!.Wrong), StringComparison.Ordinal);
        var bad = Proof(4);
        bad = bad with { Note = bad.Note with { Text = new Checkpoint(Origin, 11, tree.Root(10)).ToString() } };
        Assert.Equal(3, bad.Check(MerkleTree.LeafHash([4]), [ed.Key, ec.Key]).Wrong.Count);
        Assert.Empty(bad.Check(MerkleTree.LeafHash([4]), [ed.Key, ec.Key]).Signatures.Good);
    }

    [Fact]
    public void Without_the_entry_it_is_said_what_is_not_verified()
    {
        var verdict = Proof(4).Check(null, [ed.Key]);
        Assert.Empty(verdict.Wrong);
        Assert.False(verdict.Verified);
        Assert.StartsWith("Which entry it is", Assert.Single(verdict.NotVerified), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_a_later_kind_is_said_to_be_unchecked()
    {
        var later = new VerifierKey(Origin, 0x7f, new byte[] { 1 });
        var note = new SignedNote(new Checkpoint(Origin, 11, tree.Root(11)).ToString(), [new NoteSignature(Origin, later.Id, new byte[8])]);
        var verdict = TlogProof.Of(tree, 4, note).Check(MerkleTree.LeafHash([4]), [later]);
        Assert.Empty(verdict.Wrong);
        Assert.Equal(2, verdict.NotVerified.Count);
    }

    [Fact]
    public void A_proof_under_a_note_that_is_no_checkpoint_is_refused()
    {
        var proof = Proof(4) with { Note = SignedNote.Sign("something else\n", [ed]) };
        Assert.Null(proof.Check(MerkleTree.LeafHash([4]), [ed.Key]).Checkpoint);
        Assert.Single(proof.Check(MerkleTree.LeafHash([4]), [ed.Key]).Wrong);
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_never_verified()
    {
        var bytes = TlogProof.Of(tree, 4, SignedNote.Sign(new Checkpoint(Origin, 11, tree.Root(11)).ToString(), [ed])).ToBytes();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verified(changed), $"bit {bit}");
        }
        Assert.True(Verified(bytes));

        bool Verified(byte[] file)
        {
            try
            {
                return TlogProof.Parse(file).Check(MerkleTree.LeafHash([4]), [ed.Key]).Verified;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 4\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 04\n\nx\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -4\n\nx\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 4\nAAAA\n\nx\n")]
    public void What_is_no_proof_is_refused(string file) => Assert.Throws<FormatException>(() => TlogProof.Parse(Encoding.UTF8.GetBytes(file)));

    private TlogProof Proof(long index) => TlogProof.Of(tree, index, SignedNote.Sign(new Checkpoint(Origin, 11, tree.Root(11)).ToString(), [ed, ec]));
}
