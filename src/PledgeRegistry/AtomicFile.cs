namespace PledgeRegistry;

/// <summary>Files that are there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside it, forces that to disk, then renames: whoever reads meanwhile has the old file or the new one.</summary>
    /// <param name="syncFolder">False where the caller puts the folder's list of names on the disk, once for many files.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool syncFolder = true)
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
            if (syncFolder)
            {
                DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
            }
        }
        catch
        {
            File.Delete(making);
            throw;
        }
    }
}
