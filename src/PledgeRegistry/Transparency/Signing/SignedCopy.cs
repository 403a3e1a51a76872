using PledgeRegistry.Private;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Signing;

/// <summary>
/// This machine's own copy of the checkpoint that was signed last, a file beside the record of the head: what is known even if
/// the private store is put back to an older state.
/// </summary>
public static class SignedCopy
{
    /// <summary>Null where there is none.</summary>
    /// <exception cref="FormatException">It isn't a checkpoint.</exception>
    public static SignedHead? Read(string path)
    {
        try
        {
            return Of(SignedNote.Parse(File.ReadAllBytes(path)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces it, durably, whole or not at all.</summary>
    public static void Write(string path, SignedHead signed) => AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(signed.Note));

    /// <summary>A signed checkpoint, with what it says taken out.</summary>
    /// <exception cref="FormatException">The note isn't a checkpoint.</exception>
    public static SignedHead Of(SignedNote note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return new SignedHead(checkpoint.Size, checkpoint.Root, note.ToString());
    }
}
