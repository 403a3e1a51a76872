using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Transparency;

/// <summary>One line of the record: what a log that has this entry must not show in full.</summary>
/// <param name="Leaf">The entry's leaf hash: another log may have another entry there.</param>
/// <param name="By">The entry that withheld it.</param>
public sealed record WithheldLine(long Position, Hash Leaf, long By);

/// <summary>
/// Which entries of a log had something withheld, kept outside it: a copy of the log that was made before has all of it again,
/// and nothing in it says so. A text file with a line for each: position, leaf hash, position of the entry that withheld it.
/// </summary>
public static class WithheldRecord
{
    /// <summary>Adds what a registry withholds to what is there already.</summary>
    public static void Keep(string path, MerkleTree tree, ImmutableDictionary<long, RedactionState> redactions)
    {
        var before = Read(path);
        var lines = before.Concat(redactions.Select(r => new WithheldLine(r.Key, tree.Leaf(r.Key), r.Value.By))).DistinctBy(l => (l.Position, l.Leaf)).OrderBy(l => l.Position).ToList();
        if (lines.Count > before.Count)
        {
            AtomicFile.Write(path, Encoding.ASCII.GetBytes(string.Concat(lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Position} {l.Leaf} {l.By}\n")))));
        }
    }

    /// <summary>The first entry that a log has in full, though something of it was withheld; null where there is none.</summary>
    /// <param name="withheld">The entries of which something is withheld in that log.</param>
    public static WithheldLine? Shown(string path, MerkleTree tree, IEnumerable<long> withheld)
    {
        var stubs = withheld.ToHashSet();
        return Read(path).FirstOrDefault(l => l.Position < tree.Size && tree.Leaf(l.Position) == l.Leaf && !stubs.Contains(l.Position));
    }

    /// <exception cref="LogDamagedException">It was changed.</exception>
    private static List<WithheldLine> Read(string path) => !File.Exists(path) ? [] : [.. File.ReadAllLines(path).Select(line =>
        line.Split(' ') is [var position, var leaf, var by] && long.TryParse(position, CultureInfo.InvariantCulture, out var p) && Hash.TryParse(leaf, out var hash)
            && long.TryParse(by, CultureInfo.InvariantCulture, out var b)
                ? new WithheldLine(p, hash, b)
                : throw new LogDamagedException($"{path} should have a position, a leaf hash and another position on each line. It says which entries must not be shown in full: restore it, or look for them with 'pledge verify'."))];
}
