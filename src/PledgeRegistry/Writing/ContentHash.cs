using System.Security.Cryptography;
using Newtonsoft.Json.Linq;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>
/// The hash of what a log says, without when and by what command it came to say it: the same for two registries that
/// recorded the same facts at different times. Never to be confused with the root, which is of the entries.
/// SHA-256 over one line for each stream, in ordinal order: its name, a space, and the SHA-256 in hexadecimal of its
/// entries' business fields (data, onBehalfOf, role, type) as canonical JSON, one a line.
/// </summary>
public static class ContentHash
{
    private static readonly string[] Business = ["data", "onBehalfOf", "role", "type"];

    /// <param name="size">How many entries; their log must hold them.</param>
    public static async Task<Hash> OfAsync(IEventLog log, long size, CancellationToken cancel = default)
    {
        var streams = new SortedDictionary<string, IncrementalHash>(StringComparer.Ordinal);
        for (long position = 0; position < size;)
        {
            var read = await log.ReadAsync(position, (int)Math.Min(1024, size - position), cancel);
            if (read.Count == 0)
            {
                throw new LogDamagedException($"The log ends at {position}; {size} entries were to be there.");
            }
            foreach (var stored in read)
            {
                var entry = (JObject)CanonicalJson.Parse((Stub.TryParse(stored.Bytes)?.Entry ?? stored.Bytes).Span);
                var stream = (string)entry["stream"]!;
                if (!streams.TryGetValue(stream, out var hash))
                {
                    streams.Add(stream, hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
                }
                hash.AppendData(CanonicalJson.Encode(new JObject(Business.Select(b => new JProperty(b, entry[b])))));
                hash.AppendData("\n"u8);
            }
            position += read.Count;
        }
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (stream, hash) in streams)
        {
            all.AppendData(System.Text.Encoding.UTF8.GetBytes($"{stream} {Convert.ToHexStringLower(hash.GetHashAndReset())}\n"));
            hash.Dispose();
        }
        return new Hash(all.GetHashAndReset());
    }
}
