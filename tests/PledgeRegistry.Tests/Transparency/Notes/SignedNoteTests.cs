using System.Text;
using PledgeRegistry.Transparency.Notes;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Notes;

public sealed class SignedNoteTests
{
    // Published with the format, and with Go's own package.
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private const string PublishedKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string PublishedNote = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """;

    private const string Text = "first\n\nthird\n";

    [Fact]
    public void A_verifier_key_is_read_and_written_as_published()
    {
        Assert.Equal(ExampleKey, VerifierKey.TryParse(ExampleKey)!.ToString());
        Assert.Equal("530d903a", VerifierKey.TryParse(ExampleKey)!.IdText);
        Assert.Equal(PublishedKey, VerifierKey.TryParse(PublishedKey)!.ToString());
    }

    [Fact]
    public void A_published_note_is_accepted_and_written_as_it_was()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(PublishedNote));
        Assert.Equal([VerifierKey.TryParse(PublishedKey)!], note.Verify([VerifierKey.TryParse(PublishedKey)!]).Good);
        Assert.Equal(PublishedNote, note.ToString());
        var changed = SignedNote.Parse(Encoding.UTF8.GetBytes(PublishedNote.Replace("problem is", "answer is", StringComparison.Ordinal)));
        Assert.False(changed.Verify([VerifierKey.TryParse(PublishedKey)!]).Accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/fou+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ")]
    [InlineData("example com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=")]
    [InlineData("example.com/foo+530d903a+AQ==")]
    public void What_is_no_verifier_key_is_refused(string line) => Assert.Null(VerifierKey.TryParse(line));

    [Fact]
    public void Both_kinds_of_key_sign_and_each_is_checked()
    {
        using var ed = NoteSigner.NewEd25519("example.org/log");
        using var ec = NoteSigner.NewEcdsa("example.org/log");
        var note = SignedNote.Parse(SignedNote.Sign(Text, [ed, ec]).ToBytes());
        Assert.Equal(Text, note.Text);
        VerifierKey[] keys = [Again(ed), Again(ec)];
        Assert.Equal(keys, note.Verify(keys).Good);
        Assert.True(note.Verify([keys[1]]).Accepted);
        Assert.Single(note.Verify([keys[1]]).Unknown);
        Assert.False(note.Verify([]).Accepted);

        static VerifierKey Again(NoteSigner signer) => VerifierKey.TryParse(signer.Key.ToString())!;
    }

    [Fact]
    public void A_known_key_that_fails_refuses_the_note_whoever_else_signed()
    {
        using var ed = NoteSigner.NewEd25519("a.example");
        using var ec = NoteSigner.NewEcdsa("a.example");
        var good = SignedNote.Sign(Text, [ed, ec]);
        var bad = good with { Signatures = [good.Signatures[0], good.Signatures[1] with { Signature = SignedNote.Sign("other\n", [ec]).Signatures[0].Signature }] };
        var verdict = bad.Verify([ed.Key, ec.Key]);
        Assert.Equal([ed.Key], verdict.Good);
        Assert.Equal([ec.Key], verdict.Bad);
        Assert.False(verdict.Accepted);
        // Not known, it is ignored.
        Assert.True(bad.Verify([ed.Key]).Accepted);
    }

    [Fact]
    public void A_key_of_a_kind_that_is_not_known_is_said_to_be_unchecked()
    {
        var later = new VerifierKey("a.example", 0x7f, new byte[] { 1, 2, 3 });
        Assert.Equal(later, VerifierKey.TryParse(later.ToString()));
        var note = new SignedNote(Text, [new NoteSignature("a.example", later.Id, new byte[64])]);
        var verdict = note.Verify([later]);
        Assert.Equal([later], verdict.NotChecked);
        Assert.False(verdict.Accepted);
    }

    [Fact]
    public void Sixteen_signatures_are_read_and_seventeen_refused()
    {
        using var signer = NoteSigner.NewEcdsa("a.example");
        var one = SignedNote.Sign(Text, [signer]);
        var most = one with { Signatures = [.. Enumerable.Range(0, 15).Select(i => new NoteSignature($"w{i}.example", 1, new byte[64])), one.Signatures[0]] };
        Assert.True(SignedNote.Parse(most.ToBytes()).Verify([signer.Key]).Accepted);
        var more = most with { Signatures = [.. most.Signatures, one.Signatures[0]] };
        Assert.Throws<FormatException>(() => SignedNote.Parse(more.ToBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 a.example AAAAAAA=")]
    [InlineData("text\n\n\u2014 a.example AAAAAA==\n")]
    [InlineData("text\n\n- a.example AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a.example  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a+b AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a.example AAAAAAB=\n")]
    [InlineData("text\n\n\u2014 a.example AAAA\tAAA=\n")]
    [InlineData("te\rxt\n\n\u2014 a.example AAAAAAA=\n")]
    public void What_is_no_note_is_refused(string note) => Assert.Throws<FormatException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(note)));

    [Fact]
    public void A_note_that_is_not_UTF_8_is_refused() => Assert.Throws<FormatException>(() => SignedNote.Parse([0xff, .. "\n\n\u2014 a AAAAAAA=\n"u8]));

    [Fact]
    public void The_least_note_is_read() =>
        Assert.Equal(new NoteSignature("a.example", 0, default), SignedNote.Parse("text\n\n\u2014 a.example AAAAAAA=\n"u8).Signatures[0] with { Signature = default });

    [Fact]
    public void A_flipped_bit_anywhere_is_never_accepted()
    {
        using var signer = NoteSigner.FromSeed("a.example", new byte[32]);
        var bytes = SignedNote.Sign("a.example/log\n5\nAAAA\n", [signer]).ToBytes();
        Assert.True(SignedNote.Parse(bytes).Verify([signer.Key]).Accepted);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Accepted(changed, signer.Key), $"bit {bit}");
        }

        static bool Accepted(byte[] note, VerifierKey key)
        {
            try
            {
                return SignedNote.Parse(note).Verify([key]).Accepted;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void What_can_not_be_a_text_is_not_signed()
    {
        using var signer = NoteSigner.NewEcdsa("a.example");
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("no end", [signer]));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("tab\t\n", [signer]));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign(Text, []));
    }
}
