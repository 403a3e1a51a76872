namespace PledgeRegistry.Testing;

/// <summary>Where a test's source file lies, so that files beside it are found without copying them to the output.</summary>
public static class SourceFiles
{
    /// <param name="callerFile">What the compiler gave for <c>[CallerFilePath]</c>: a path, or one mapped to <c>/_/</c> by a deterministic build.</param>
    public static string FolderOf(string callerFile)
    {
        var folder = Path.GetDirectoryName(callerFile)!;
        return Directory.Exists(folder) ? folder : Path.Combine(Root(), folder.Replace('\\', '/').Replace("/_/", "", StringComparison.Ordinal));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PledgeRegistry.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds PledgeRegistry.sln.");
    }
}
