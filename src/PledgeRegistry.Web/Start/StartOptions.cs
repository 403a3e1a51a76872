namespace PledgeRegistry.Web.Start;

/// <summary>What the command line asked for.</summary>
/// <param name="Data">The data folder, or null: then the environment, the settings file or the default decide.</param>
/// <param name="Demonstration">A registry with invented data, in a folder of its own.</param>
/// <param name="HostArguments">What is handed on to the framework, as <c>--name=value</c>.</param>
public sealed record StartOptions(string? Data = null, bool Demonstration = false, params IReadOnlyList<string> HostArguments)
{
    public const string Usage = $"""
        Usage: PledgeRegistry.Web [options]

          --data DIR    The registry's data folder. Default: registry-data in the current
                        directory, or demo-data with --demo. Also: the environment variable
                        {DataFolder.Variable}, or "Data" in appsettings.json.
          --demo        A registry with invented data, to try things out, in its own folder.
          --urls URLS   Where to serve. Default: {RegistryHost.DefaultUrl}.
                        Also: ASPNETCORE_URLS, or "Urls" in appsettings.json.
          --help        This text.
        """;

    // The framework's own, which its test host and its tools pass on.
    private static readonly string[] HostNames = ["urls", "environment", "contentRoot", "applicationName"];

    /// <summary>The options, or what to print instead and the exit code to end with.</summary>
    public static (StartOptions? Options, string? Print, int ExitCode) Parse(IReadOnlyList<string> args)
    {
        var options = new StartOptions(null, false, []);
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            if (args[i] is "--help" or "-h" or "-?")
            {
                return (null, Usage, 0);
            }
            if (args[i] == "--demo")
            {
                options = options with { Demonstration = true };
                continue;
            }
            var host = HostNames.FirstOrDefault(h => name == $"--{h}");
            if (name != "--data" && host is null)
            {
                return Wrong($"Unknown option '{args[i]}'.");
            }
            var value = equals >= 0 ? args[i][(equals + 1)..] : i + 1 < args.Count ? args[++i] : "";
            if (value.Length == 0 || (equals < 0 && value.StartsWith("--", StringComparison.Ordinal)))
            {
                return Wrong($"Option '{name}' needs a value.");
            }
            options = host is null
                ? options with { Data = value }
                : options with { HostArguments = [.. options.HostArguments, $"--{host}={value}"] };
        }
        return (options, null, 0);
    }

    private static (StartOptions?, string?, int) Wrong(string message) => (null, $"{message}\n\n{Usage}", 2);

    /// <summary>The command line decides, then the environment, then the settings file beside the program.</summary>
    public DataFolder Folder(string environment)
    {
        // Only the files: a stray environment variable called DATA must not decide where a registry is.
        var settings = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .Build();
        return DataFolder.Choose(Data, settings["Data"], Demonstration ? DataFolder.Demonstration : DataFolder.Default);
    }
}
