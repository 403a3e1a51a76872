using System.Security.Cryptography;

namespace PledgeRegistry.Private;

/// <summary>Makes the random ids of actors and drafts. Decisions never make any: they are given them.</summary>
public interface IIdSource
{
    /// <summary>An actor id (<see cref="Participants.ActorId"/>).</summary>
    string NewActor();

    /// <summary>A draft's id: <c>d-</c> and as many letters and digits.</summary>
    string NewDraft();
}

/// <summary>Ids of 128 bits from the system's secure source, in base32 (RFC 4648, lower case, unpadded).</summary>
public sealed class RandomIds : IIdSource
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";

    public string NewActor() => $"a-{Base32(RandomNumberGenerator.GetBytes(16))}";

    public string NewDraft() => $"d-{Base32(RandomNumberGenerator.GetBytes(16))}";

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder(bytes.Length * 8 / 5 + 1);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (buffer, bits) = (buffer << 8 | b, bits + 8);
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Digits[buffer >> bits & 31]);
            }
            buffer &= (1 << bits) - 1;
        }
        return bits == 0 ? text.ToString() : text.Append(Digits[buffer << (5 - bits) & 31]).ToString();
    }
}
