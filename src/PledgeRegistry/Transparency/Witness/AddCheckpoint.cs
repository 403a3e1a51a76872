using System.Globalization;
using System.Text;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>What a log sends to a witness: the body of <c>add-checkpoint</c> of C2SP's tlog-witness.</summary>
/// <param name="Old">Size of the checkpoint that the witness cosigned last, 0 for none.</param>
/// <param name="Proof">That the tree only grew since: RFC 6962 §2.1.2, at most <see cref="MaxProof"/> hashes, none from 0.</param>
/// <param name="Note">The new checkpoint, signed by the log.</param>
public sealed record AddCheckpoint(long Old, IReadOnlyList<Hash> Proof, SignedNote Note)
{
    public const int MaxProof = 63;

    /// <summary>The most bytes of a request that is read: 63 hashes, and a checkpoint with 16 signatures.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <exception cref="FormatException">It isn't one; the message says why.</exception>
    public static AddCheckpoint Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            throw new FormatException($"A request has at most {MaxBytes} bytes.");
        }
        var blank = body.IndexOf("\n\n"u8);
        if (blank < 0)
        {
            throw new FormatException("A request is a line 'old SIZE', lines with hashes, an empty line and a checkpoint.");
        }
        var lines = Encoding.Latin1.GetString(body[..blank]).Split('\n');
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal) || !long.TryParse(lines[0].AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var old)
            || lines[0] != string.Create(CultureInfo.InvariantCulture, $"old {old}"))
        {
            throw new FormatException("The first line is 'old', a space, and the size of the last checkpoint in decimal.");
        }
        if (lines.Length - 1 > MaxProof)
        {
            throw new FormatException($"A proof has at most {MaxProof} hashes.");
        }
        var proof = lines.Skip(1).Select(l => StrictBase64.TryDecode(l) is { Length: Hash.Length } hash ? new Hash(hash) : throw new FormatException("A line of the proof isn't a hash in base64.")).ToArray();
        return new AddCheckpoint(old, proof, SignedNote.Parse(body[(blank + 2)..]));
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"old {Old}\n{string.Concat(Proof.Select(h => $"{Convert.ToBase64String(h.ToArray())}\n"))}\n{Note}"));
}
