namespace PledgeRegistry;

/// <summary>Files that are there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside it, forces that to disk, then renames: whoever reads meanwhile has the old file or the new one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var making = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(making, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(making, path, overwrite: true);
        }
        catch
        {
            File.Delete(making);
            throw;
        }
    }
}
