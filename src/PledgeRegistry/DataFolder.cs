namespace PledgeRegistry;

/// <summary>The folder that a registry on one machine lives in, the same for every program that opens it.</summary>
public sealed record DataFolder(string Path)
{
    /// <summary>The environment variable that names the folder, where the command line doesn't.</summary>
    public const string Variable = "PLEDGEREGISTRY_DATA";

    /// <summary>The folder where nothing names one, and that of a demonstration.</summary>
    public const string Default = "registry-data", Demonstration = "demo-data";

    public string Log => System.IO.Path.Combine(Path, "registry.db");

    /// <summary>The last size and root of the log, kept beside it.</summary>
    public string HeadRecord => System.IO.Path.Combine(Path, "registry.head");

    /// <summary>Contacts, drafts, who read them, and the keys that protect cookies and forms: private, and no part of the log.</summary>
    public string Private => System.IO.Path.Combine(Path, "private.db");

    /// <summary>The private keys that this machine signs the log with.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The first that names a folder: the command line, then the environment, then what else is given.</summary>
    public static DataFolder Choose(string? option, params IEnumerable<string?> others)
    {
        var path = others.Prepend(Environment.GetEnvironmentVariable(Variable)).Prepend(option).FirstOrDefault(p => !string.IsNullOrWhiteSpace(p)) ?? Default;
        return new DataFolder(System.IO.Path.GetFullPath(path));
    }

    /// <summary>Makes it where it isn't there: for its owner alone, since what is private is in it.</summary>
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
