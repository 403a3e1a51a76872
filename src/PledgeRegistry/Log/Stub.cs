using System.Buffers;
using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>
/// What is stored in place of an entry of which something is withheld: the entry with other data, the leaf hash of what was
/// stored before, and the position of the entry that withheld it. Canonical JSON, as an entry is, and never taken for one: an
/// entry begins with its actor. What it says of itself proves nothing: the entry that withheld it says the same, or it is damage.
/// </summary>
/// <param name="Entry">The entry's canonical JSON from now on.</param>
/// <param name="Leaf">RFC 6962 leaf hash of the bytes that were stored before: what the tree has at this position.</param>
/// <param name="By">The position of the entry that withheld it.</param>
public readonly record struct Stub(ReadOnlyMemory<byte> Entry, Hash Leaf, long By)
{
    private const int HexLength = 2 * Hash.Length, MostDigits = 15;

    private static ReadOnlySpan<byte> Before => "{\"entry\":"u8;

    private static ReadOnlySpan<byte> BeforeLeaf => ",\"leaf\":\""u8;

    private static ReadOnlySpan<byte> BeforeBy => "\",\"redactedBy\":"u8;

    /// <summary>The stub of an entry.</summary>
    /// <param name="entry">The entry as it is stored now.</param>
    /// <param name="replacement">Its data from now on, as JSON.</param>
    /// <exception cref="FormatException">One of them is no JSON object.</exception>
    public static Stub Of(StoredEntry entry, string replacement, long by)
    {
        var json = CanonicalJson.Parse(entry.Bytes.Span) as JObject ?? throw new FormatException("An entry is an object.");
        json["data"] = CanonicalJson.Parse(Encoding.UTF8.GetBytes(replacement)) as JObject ?? throw new FormatException("The data of an entry are an object.");
        return new Stub(CanonicalJson.Encode(json), entry.Leaf, by);
    }

    /// <summary>SHA-256 of the entry as it is from now on, data and envelope.</summary>
    public Hash EntryHash => Hash.Of(Entry.Span);

    /// <summary>The bytes that are stored.</summary>
    public byte[] ToBytes()
    {
        var target = new ArrayBufferWriter<byte>(Entry.Length + 128);
        target.Write(Before);
        target.Write(Entry.Span);
        target.Write(BeforeLeaf);
        target.Write(Encoding.ASCII.GetBytes(Leaf.ToString()));
        target.Write(BeforeBy);
        target.Write(Encoding.ASCII.GetBytes(By.ToString(CultureInfo.InvariantCulture)));
        target.Write("}"u8);
        return target.WrittenSpan.ToArray();
    }

    /// <summary>Whether the bytes begin as a stub does, and no entry.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Before);

    /// <summary>The stub that these bytes are; null where they are none. Whether its entry is one, shows when that is read.</summary>
    public static Stub? TryParse(ReadOnlyMemory<byte> stored)
    {
        var bytes = stored.Span;
        if (!IsOne(bytes) || bytes[^1] != '}')
        {
            return null;
        }
        // From the end: so nothing of the entry in it is looked at.
        var digits = bytes[..^1].LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
        var by = bytes[digits..^1];
        var leaf = digits - BeforeBy.Length - HexLength;
        var end = leaf - BeforeLeaf.Length;
        return end > Before.Length && by.Length is > 0 and <= MostDigits && (by[0] != '0' || by.Length == 1)
            && bytes[..digits].EndsWith(BeforeBy) && bytes[..leaf].EndsWith(BeforeLeaf)
            && Hash.TryParse(Encoding.Latin1.GetString(bytes.Slice(leaf, HexLength)), out var hash)
                ? new Stub(stored[Before.Length..end], hash, long.Parse(by, NumberStyles.None, CultureInfo.InvariantCulture))
                : null;
    }
}
