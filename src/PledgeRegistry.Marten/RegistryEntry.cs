using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Marten;

/// <summary>
/// The one type of event: an entry in a body of its own. jsonb orders members and rewrites numbers, but keeps a string as it
/// is, so the canonical text is one. The name of this class is stored with every event (<c>registry_entry</c>): never change it.
/// </summary>
public sealed class RegistryEntry
{
    /// <summary>The canonical entry.</summary>
    [JsonPropertyName("text")]
    public string? Text { get; set; }

    /// <summary>In place of the text, bytes that jsonb can't keep as a string: no UTF-8, or with U+0000, which no entry of the registry has.</summary>
    [JsonPropertyName("base64")]
    public string? Base64 { get; set; }

    /// <summary>RFC 6962 leaf hash of the bytes, as it was given.</summary>
    [JsonPropertyName("leaf")]
    public string Leaf { get; set; } = "";

    internal static RegistryEntry Of(StoredEntry entry)
    {
        var bytes = entry.Bytes.Span;
        return Utf8.IsValid(bytes) && !bytes.Contains((byte)0)
            ? new RegistryEntry { Text = Encoding.UTF8.GetString(bytes), Leaf = entry.Leaf.ToString() }
            : new RegistryEntry { Base64 = Convert.ToBase64String(bytes), Leaf = entry.Leaf.ToString() };
    }

    /// <exception cref="LogDamagedException">Not what was stored by <see cref="Of"/>.</exception>
    internal static StoredEntry Read(object stored, long position) =>
        stored is RegistryEntry entry && Hash.TryParse(entry.Leaf, out var leaf) && (entry.Text ?? entry.Base64) is { Length: > 0 }
            ? new StoredEntry(entry.Text is { } text ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(entry.Base64!), leaf)
            : throw new LogDamagedException($"The event at position {position} is no entry: something else writes to the stream.");
}
