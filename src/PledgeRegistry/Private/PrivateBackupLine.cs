using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PledgeRegistry.Private;

/// <summary>
/// A line of a backup of the private store: one of its members, and last <c>sum</c>, the first 16 digits (hex) of SHA-256 of
/// the line without it. So damage is found in its line; the end's hash finds lines that are missing or have moved.
/// </summary>
internal sealed record PrivateBackupLine
{
    public const string Format = "pledge-registry-private-backup";

    /// <summary>Of the format: 2 may have a signed checkpoint. A reader takes its own and the ones before.</summary>
    public const int Version = 2;

    private const int SumDigits = 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly int SumLength = Sum("").Length;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeadLine? Head { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Contact? Contact { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Draft? Draft { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProtectionKey? Key { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccessLine? Access { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignedLine? Signed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EndLine? End { get; init; }

    /// <param name="Root">In hexadecimal.</param>
    public sealed record SignedLine(long Size, string Root, string Note);

    /// <param name="MadeAt">When the backup was begun (UTC).</param>
    public sealed record HeadLine(string Format, int Version, DateTimeOffset MadeAt);

    /// <param name="Sha256">Of all bytes before this line, in hex.</param>
    public sealed record EndLine(PrivateCounts Counts, string Sha256);

    /// <summary>The row that the line holds; null for head and end.</summary>
    [JsonIgnore]
    public PrivateRow? Row =>
        Contact is not null ? new PrivateRow.OfContact(Contact)
        : Draft is not null ? new PrivateRow.OfDraft(Draft)
        : Key is not null ? new PrivateRow.OfKey(Key)
        : Access is not null ? new PrivateRow.OfAccess(Access)
        : Signed is not null && Transparency.Hash.TryParse(Signed.Root, out var root) ? new PrivateRow.OfSigned(new SignedHead(Signed.Size, root, Signed.Note))
        : null;

    public static PrivateBackupLine Of(PrivateRow row) => row switch
    {
        PrivateRow.OfContact c => new() { Contact = c.Contact },
        PrivateRow.OfDraft d => new() { Draft = d.Draft },
        PrivateRow.OfKey k => new() { Key = k.Key },
        PrivateRow.OfAccess a => new() { Access = a.Line },
        PrivateRow.OfSigned s => new() { Signed = new(s.Signed.Size, s.Signed.Root.ToString(), s.Signed.Note) },
        _ => throw new InvalidOperationException($"Nothing is known of {row.GetType().Name}."),
    };

    /// <summary>The line's bytes, its end of line included.</summary>
    public byte[] ToBytes()
    {
        var bare = JsonSerializer.SerializeToUtf8Bytes(this, Json);
        return [.. bare.AsSpan(0, bare.Length - 1), .. Encoding.UTF8.GetBytes(Sum(PrivateBackup.Hex(PrivateBackup.Hash(bare)))), (byte)'\n'];
    }

    /// <summary>Null where the line's sum isn't that of its bytes, or it holds none or several of the members.</summary>
    /// <param name="bytes">Without the end of line.</param>
    public static PrivateBackupLine? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= SumLength)
        {
            return null;
        }
        byte[] bare = [.. bytes[..^SumLength], (byte)'}'];
        if (!bytes[^SumLength..].SequenceEqual(Encoding.UTF8.GetBytes(Sum(PrivateBackup.Hex(PrivateBackup.Hash(bare))))))
        {
            return null;
        }
        try
        {
            var line = JsonSerializer.Deserialize<PrivateBackupLine>(bare, Json);
            return line is not null && new object?[] { line.Head, line.Contact, line.Draft, line.Key, line.Access, line.Signed, line.End }.Count(m => m is not null) == 1 ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Sum(string hash) => $",\"sum\":\"{hash.PadRight(SumDigits)[..SumDigits]}\"}}";
}
