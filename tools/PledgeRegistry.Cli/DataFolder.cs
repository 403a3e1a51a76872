namespace PledgeRegistry.Cli;

/// <summary>The folder that a registry lives in: its log, and what was last known of it. The host uses the same names.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>The environment variable that names the folder, where the command line doesn't.</summary>
    public const string Variable = "PLEDGEREGISTRY_DATA";

    public const string Default = "registry-data";

    public string Log => System.IO.Path.Combine(Path, "registry.db");

    /// <summary>The last size and root of the log, kept beside it.</summary>
    public string HeadRecord => System.IO.Path.Combine(Path, "registry.head");

    public static DataFolder Choose(string? option)
    {
        var path = new[] { option, Environment.GetEnvironmentVariable(Variable) }.FirstOrDefault(p => !string.IsNullOrWhiteSpace(p)) ?? Default;
        return new DataFolder(System.IO.Path.GetFullPath(path));
    }

    /// <summary>Makes it where it isn't there, for its owner alone.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
