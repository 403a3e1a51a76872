namespace PledgeRegistry.Cli.Tests.Running;

/// <summary>A folder of a test's own, gone when it is over.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pledge-cli-").FullName;

    public string Log => System.IO.Path.Combine(Path, "registry.db");

    public string HeadRecord => System.IO.Path.Combine(Path, "registry.head");

    /// <summary>A copy of a registry that nobody has open.</summary>
    public static TemporaryFolder CopyOf(string folder)
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        }
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
