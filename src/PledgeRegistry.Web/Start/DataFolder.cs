namespace PledgeRegistry.Web.Start;

/// <summary>The folder that a registry lives in: its log, and what was last known of it.</summary>
public sealed record DataFolder(string Path)
{
    public string Log => System.IO.Path.Combine(Path, "registry.db");

    /// <summary>The last size and root of the log, kept beside it.</summary>
    public string HeadRecord => System.IO.Path.Combine(Path, "registry.head");

    /// <summary>The keys that protect cookies and forms.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The command line decides, then the environment, then the settings file beside the program.</summary>
    public static DataFolder Choose(StartOptions options, string environment)
    {
        // Only the files: a stray environment variable called DATA must not decide where a registry is.
        var settings = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .Build();
        var path = new[] { options.Data, Environment.GetEnvironmentVariable(StartOptions.DataVariable), settings["Data"] }
            .FirstOrDefault(p => !string.IsNullOrWhiteSpace(p)) ?? (options.Demonstration ? "demo-data" : "registry-data");
        return new DataFolder(System.IO.Path.GetFullPath(path));
    }

    /// <summary>Makes it where it isn't there: for its owner alone, since the keys are in it.</summary>
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
