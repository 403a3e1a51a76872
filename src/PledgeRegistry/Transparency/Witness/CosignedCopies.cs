using System.Globalization;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>
/// What witnesses cosigned, on this machine: of each the last checkpoint with its cosignature, a signed note a file, so that whoever
/// reads one needs no trust in the file. And, where a witness contradicted, why nothing is signed any more.
/// </summary>
/// <param name="folder">A folder beside the copy of the checkpoint that was signed last.</param>
public sealed class CosignedCopies(string folder)
{
    private const string Contradiction = "contradiction.txt";

    /// <summary>Where the reason stands why nothing is signed, to be removed by whoever decided; without the folders above, since it is shown to anybody.</summary>
    public string ContradictionName => Path.Join(Path.GetFileName(folder), Contradiction);

    private string ContradictionFile => Path.Combine(folder, Contradiction);

    /// <summary>The last checkpoint that a witness cosigned, or null: also where the file isn't that.</summary>
    public SignedNote? Last(VerifierKey witness)
    {
        try
        {
            var note = SignedNote.Parse(File.ReadAllBytes(PathOf(witness)));
            return note.Verify([witness]).Accepted ? note : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Every cosignature under exactly this checkpoint, of whatever witness; not verified.</summary>
    public IReadOnlyList<NoteSignature> Under(string text) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.note").Order(StringComparer.Ordinal).Select(Read)
            .Where(n => n?.Text == text).SelectMany(n => n!.Signatures).Where(s => Cosignature.TimeOf(s.Signature.Span) is not null),
    ];

    /// <summary>Keeps a checkpoint with the log's signatures and one cosignature.</summary>
    public void Keep(VerifierKey witness, SignedNote note)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(PathOf(witness), note.ToBytes());
    }

    /// <summary>Why nothing is signed any more; null where no witness contradicted.</summary>
    public string? Contradicted => File.Exists(ContradictionFile) ? File.ReadLines(ContradictionFile).FirstOrDefault() ?? "A witness contradicted." : null;

    /// <summary>Keeps what a witness said, and the checkpoint that it refused; the first one stays.</summary>
    public void KeepContradiction(string why, SignedNote note, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder);
        if (!File.Exists(ContradictionFile))
        {
            AtomicFile.Write(ContradictionFile, System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{why.ReplaceLineEndings(" ")}\nAt {at:yyyy-MM-ddTHH:mm:ssZ}. The checkpoint that was refused:\n\n{note}")));
        }
    }

    private static SignedNote? Read(string file)
    {
        try
        {
            return SignedNote.Parse(File.ReadAllBytes(file));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string PathOf(VerifierKey witness) => Path.Combine(folder, $"{witness.IdText}.note");
}
