using System.Buffers.Binary;
using System.Text;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>A signature line of a note.</summary>
/// <param name="Name">Name of the key, as the line says.</param>
/// <param name="KeyId">Id of the key, as the line says.</param>
/// <param name="Signature">What follows the id: for the kinds here, the bare signature.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The line, its end included.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(4));
        return $"\u2014 {Name} {Convert.ToBase64String(bytes)}\n";
    }
}

/// <summary>A text with signatures under it: a signed note of C2SP's signed-note.</summary>
/// <param name="Text">What is signed, its last LF included.</param>
/// <param name="Signatures">1 to <see cref="MaxSignatures"/>.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    public const int MaxSignatures = 16;

    /// <summary>The most bytes of a note that is read.</summary>
    public const int MaxBytes = 1_000_000;

    private const string Dash = "\u2014 ";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Signs a text with each of the keys.</summary>
    /// <exception cref="ArgumentException">The text can't be a note's, or there are no keys, or too many.</exception>
    public static SignedNote Sign(string text, IReadOnlyList<NoteSigner> signers)
    {
        if (!IsText(text) || signers.Count is 0 or > MaxSignatures)
        {
            throw new ArgumentException($"A note has lines without control characters, each ended by LF, and 1 to {MaxSignatures} signatures.", nameof(text));
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        return new SignedNote(text, [.. signers.Select(s => new NoteSignature(s.Key.Name, s.Key.Id, s.Sign(bytes)))]);
    }

    /// <summary>Reads a note, without checking any signature.</summary>
    /// <exception cref="FormatException">It isn't one; the message says why.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new FormatException($"A note has at most {MaxBytes} bytes.");
        }
        string whole;
        try
        {
            whole = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("The note isn't UTF-8.");
        }
        // The text may have blank lines of its own: the last one parts it from the signatures.
        var blank = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !IsText(whole) || blank + 2 == whole.Length)
        {
            throw new FormatException("A note is lines without control characters, a blank line, and at least one signature line, each ended by LF.");
        }
        var lines = whole[(blank + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
        {
            throw new FormatException($"The note has {lines.Length} signatures; at most {MaxSignatures} are read.");
        }
        return new SignedNote(whole[..(blank + 1)], [.. lines.Select(Line)]);
    }

    /// <summary>Holds the signatures against the keys that are known.</summary>
    public NoteVerdict Verify(IReadOnlyCollection<VerifierKey> known)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        List<VerifierKey> good = [], bad = [], notChecked = [];
        var unknown = new List<NoteSignature>();
        foreach (var signature in Signatures)
        {
            // Two keys that share name and id are both tried: an id is four bytes, and may be met by chance.
            var candidates = known.Where(k => k.Name == signature.Name && k.Id == signature.KeyId).Distinct().ToList();
            var outcomes = candidates.Select(k => (Key: k, Outcome: k.Verify(text, signature.Signature.Span))).ToList();
            if (candidates.Count == 0)
            {
                unknown.Add(signature);
            }
            else if (outcomes.Find(o => o.Outcome == SignatureOutcome.Good).Key is { } verified)
            {
                good.Add(verified);
            }
            else if (outcomes.Find(o => o.Outcome == SignatureOutcome.NotChecked).Key is { } left)
            {
                notChecked.Add(left);
            }
            else
            {
                bad.Add(candidates[0]);
            }
        }
        return new NoteVerdict([.. good.Distinct()], bad, [.. notChecked.Distinct()], unknown);
    }

    /// <summary>The note's bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => $"{Text}\n{string.Concat(Signatures)}";

    internal static bool IsText(string text) => text.EndsWith('\n') && !text.Any(c => c < ' ' && c != '\n');

    private static NoteSignature Line(string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var encoded]
            || !VerifierKey.IsName(name) || StrictBase64.TryDecode(encoded) is not { Length: > 4 } bytes)
        {
            throw new FormatException("A signature line of the note isn't '\u2014 name base64'.");
        }
        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
    }
}

/// <summary>What holding a note's signatures against known keys found.</summary>
/// <param name="Good">Known keys whose signature is good.</param>
/// <param name="Bad">Known keys whose signature is not.</param>
/// <param name="NotChecked">Known keys whose signature could not be looked at here.</param>
/// <param name="Unknown">Signatures of keys that aren't known: ignored.</param>
public sealed record NoteVerdict(
    IReadOnlyList<VerifierKey> Good, IReadOnlyList<VerifierKey> Bad, IReadOnlyList<VerifierKey> NotChecked, IReadOnlyList<NoteSignature> Unknown)
{
    /// <summary>At least one known key signed it, and no known key's signature is bad.</summary>
    public bool Accepted => Good.Count > 0 && Bad.Count == 0;
}
