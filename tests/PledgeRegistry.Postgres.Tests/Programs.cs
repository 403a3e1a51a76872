namespace PledgeRegistry.Postgres.Tests;

/// <summary>
/// The built programs, each in its own output folder: in that of the tests, which need the web framework, the tool would
/// miss what only the framework brings.
/// </summary>
internal static class Programs
{
    public static string Root { get; } = FindRoot();

    public static string Tool { get; } = Built("tools/PledgeRegistry.Cli", "pledge.dll");

    public static string Host { get; } = Built("src/PledgeRegistry.Web", "PledgeRegistry.Web.dll");

    // "…/tests/PledgeRegistry.Postgres.Tests/bin/Release/net10.0/"
    private static string Built(string project, string file)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, file);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PledgeRegistry.sln")))
        {
            folder = folder.Parent!;
        }
        return folder.FullName;
    }
}
