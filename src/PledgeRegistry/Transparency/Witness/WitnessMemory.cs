using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>
/// What a witness must never forget, in a folder: of each log the last checkpoint that it cosigned, and what was sent to it that
/// contradicts. One process at a time. A witness whose folder is lost is retired: with an empty one it would cosign another history.
/// </summary>
public sealed class WitnessMemory : IDisposable
{
    private const string EvidenceFolder = "evidence", UnprovenFolder = "unproven", Ending = ".note";

    private readonly string folder;
    private readonly FileStream held;

    /// <exception cref="IOException">Another process has it, or it can't be written.</exception>
    public WitnessMemory(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    /// <summary>The last checkpoint of a log that was cosigned, or null.</summary>
    /// <exception cref="FormatException">The file isn't whole: nothing may be cosigned.</exception>
    public Checkpoint? Last(string origin)
    {
        var path = PathOf(origin);
        if (!File.Exists(path))
        {
            return null;
        }
        var last = Checkpoint.Parse(SignedNote.Parse(File.ReadAllBytes(path)).Text);
        return last.Origin == origin ? last : throw new FormatException($"{path} is of another log.");
    }

    /// <summary>The checkpoints that were cosigned last, one a log, with the log's signatures and the cosignature.</summary>
    public IReadOnlyList<SignedNote> LastNotes() => Notes(folder);

    /// <summary>The checkpoints that a log signed, of a size that was cosigned of it with another root.</summary>
    public IReadOnlyList<SignedNote> Evidence() => Path.Combine(folder, EvidenceFolder) is var evidence && Directory.Exists(evidence) ? Notes(evidence) : [];

    /// <summary>Keeps a checkpoint as the last one. On the disk when it returns.</summary>
    public void Keep(Checkpoint checkpoint, SignedNote note) => Write(PathOf(checkpoint.Origin), note);

    /// <summary>Keeps a checkpoint that the log signed, and that contradicts.</summary>
    public void KeepEvidence(Checkpoint checkpoint, SignedNote note)
    {
        var evidence = Directory.CreateDirectory(Path.Combine(folder, EvidenceFolder)).FullName;
        Write(Path.Combine(evidence, string.Create(CultureInfo.InvariantCulture, $"{Name(checkpoint.Origin)}-{checkpoint.Size}-{Convert.ToHexStringLower(checkpoint.Root.ToArray())[..16]}{Ending}")), note);
    }

    /// <summary>Of each log the last checkpoint that came without a proof that holds; contradicts nothing by itself.</summary>
    public IReadOnlyList<SignedNote> Unproven() => Path.Combine(folder, UnprovenFolder) is var unproven && Directory.Exists(unproven) ? Notes(unproven) : [];

    /// <summary>Keeps a checkpoint that the log signed, and that no proof came with; one for each log, so that nobody can fill the disk.</summary>
    public void KeepUnproven(Checkpoint checkpoint, SignedNote note) =>
        Write(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, UnprovenFolder)).FullName, $"{Name(checkpoint.Origin)}{Ending}"), note);

    public void Dispose() => held.Dispose();

    private static SignedNote[] Notes(string folder) =>
        [.. Directory.EnumerateFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal).Select(file => SignedNote.Parse(File.ReadAllBytes(file)))];

    private string PathOf(string origin) => Path.Combine(folder, $"{Name(origin)}{Ending}");

    // An origin may be a path.
    private static string Name(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..32];

    private static void Write(string path, SignedNote note)
    {
        var next = $"{path}.next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(note.ToBytes());
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }
}
