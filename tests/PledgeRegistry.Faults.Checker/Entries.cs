using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Faults.Checker;

/// <summary>What the checker understands of an entry.</summary>
/// <param name="Marks">The clients' marks that are anywhere in its bytes.</param>
public sealed record Understood(
    long Position, string Leaf, string Id, string Stream, long Version, string CommandId, string Actor, DateTimeOffset RecordedAt, IReadOnlyList<string> Marks);

/// <summary>A log by itself: places, versions, ids, times, hashes.</summary>
public sealed partial class Entries
{
    private readonly List<byte[]> peaks = [];
    private readonly List<string> roots = [Hex(SHA256.HashData([]))];

    private Entries(Findings findings) => Findings = findings;

    public List<Understood> All { get; } = [];

    public Findings Findings { get; }

    /// <summary>The Merkle root (RFC 6962) of so many entries, or null where there aren't so many.</summary>
    public string? RootOf(long size) => size < roots.Count ? roots[(int)size] : null;

    public static Entries Check(IReadOnlyList<Stored> rows, Findings findings)
    {
        var entries = new Entries(findings);
        var (versions, ids, commands) = (new Dictionary<string, long>(), new Dictionary<string, long>(), new Dictionary<string, long>());
        var last = DateTimeOffset.MinValue;
        foreach (var row in rows)
        {
            var place = entries.All.Count;
            var entry = Understand(row);
            if (row.Position != place || entry.Position != place)
            {
                findings.Reordered($"the row at place {place} has position {row.Position} and says that it is entry {entry.Position}");
            }
            if (Hex(row.Leaf) != entry.Leaf)
            {
                findings.Lost($"entry {place}: the leaf stored beside it isn't the hash of its bytes");
            }
            if (versions.GetValueOrDefault(entry.Stream) is var expected && entry.Version != expected)
            {
                findings.Reordered($"entry {place} is version {entry.Version} of {entry.Stream}, where {expected} comes next");
            }
            versions[entry.Stream] = entry.Version + 1;
            if (entry.RecordedAt < last)
            {
                findings.Reordered($"entry {place} was recorded before the one it follows");
            }
            last = entry.RecordedAt;
            if (!ids.TryAdd(entry.Id, place))
            {
                findings.Duplicated($"entry {place} has the id of entry {ids[entry.Id]}");
            }
            // The entries of one command follow one another, in one stream.
            if (!commands.TryAdd(entry.CommandId, place) && (entries.All[^1].CommandId != entry.CommandId || entries.All[^1].Stream != entry.Stream))
            {
                findings.Duplicated($"entry {place} is of the command of entry {commands[entry.CommandId]}");
            }
            entries.All.Add(entry);
            entries.Grow(entry.Leaf);
        }
        return entries;
    }

    /// <summary>SHA-256 of actor and key, as the registry's README says.</summary>
    public static string CommandIdOf(string actor, string key) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor}\n{key}")));

    private static Understood Understand(Stored row)
    {
        using var json = JsonDocument.Parse(row.Bytes);
        var e = json.RootElement;
        string Text(string name) => e.GetProperty(name).GetString()!;
        return new Understood(e.GetProperty("position").GetInt64(), Hex(SHA256.HashData([0, .. row.Bytes])), Text("id"), Text("stream"), e.GetProperty("version").GetInt64(),
            Text("commandId"), Text("actor"), DateTimeOffset.Parse(Text("recordedAt"), CultureInfo.InvariantCulture),
            [.. Mark().Matches(Encoding.UTF8.GetString(row.Bytes)).Select(m => m.Value).Distinct()]);
    }

    // The full subtrees' roots, as bits of a number that counts up.
    private void Grow(string leaf)
    {
        peaks.Add(Convert.FromHexString(leaf));
        for (var n = All.Count; (n & 1) == 0; n >>= 1)
        {
            var joined = SHA256.HashData([1, .. peaks[^2], .. peaks[^1]]);
            peaks.RemoveRange(peaks.Count - 2, 2);
            peaks.Add(joined);
        }
        var root = peaks[^1];
        for (var i = peaks.Count - 2; i >= 0; i--)
        {
            root = SHA256.HashData([1, .. peaks[i], .. root]);
        }
        roots.Add(Hex(root));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex("m-[0-9]+-[0-9]+-[0-9]+-[0-9]+-m")]
    private static partial Regex Mark();
}
