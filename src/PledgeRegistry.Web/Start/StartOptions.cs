using PledgeRegistry.Engines;

namespace PledgeRegistry.Web.Start;

/// <summary>What the command line asked for.</summary>
/// <param name="Data">The data folder, or null: then the environment, the settings file or the default decide.</param>
/// <param name="Demonstration">A registry with invented data, in a folder of its own.</param>
/// <param name="HostArguments">What is handed on to the framework, as <c>--name=value</c>.</param>
public sealed record StartOptions(string? Data = null, bool Demonstration = false, params IReadOnlyList<string> HostArguments)
{
    /// <summary>The address of the log, or null: then the environment, the settings file or the data folder decide.</summary>
    public string? Log { get; init; }

    /// <summary>The address of the private store, or null: then the environment, the settings file or the log decide.</summary>
    public string? Private { get; init; }

    /// <summary>A log that contradicts what was known of it is opened all the same: an older state was restored on purpose.</summary>
    public bool AcceptRollback { get; init; }

    /// <summary>How long between two looks whether the log has grown and is to be signed; null: the default.</summary>
    public TimeSpan? SignEvery { get; init; }

    /// <summary>The policy file that names the witnesses, or null: then the settings file decides, and there may be none.</summary>
    public string? WitnessPolicy { get; init; }

    public const string Usage = $"""
        Usage: PledgeRegistry.Web [options]

          --data DIR    The registry's data folder. Default: registry-data in the current
                        directory, or demo-data with --demo. Also: the environment variable
                        {DataFolder.Variable}, or "Data" in appsettings.json.
          --log LOG     Where the log is, if not in the data folder:
                        postgres:Host=…;Database=…;Username=… (see README.md for the others).
                        Also: the environment variable {LogAddress.Variable}, or "Log" in
                        appsettings.json. Each node of one log has a data folder of its own.
          --private-store STORE
                        Where contacts and drafts are, if not beside the log: sqlite:FILE or
                        postgres:… Also: {LogAddress.PrivateVariable}, or "Private" in appsettings.json.
          --accept-rollback
                        Opens a log that lacks entries which were there before, after an older
                        state of it was restored on purpose. What was known is kept.
          --sign-every SECONDS
                        How often a log that grows is signed, 1 to 3600. Default: 10. It is
                        signed where 'pledge keys new' has made keys.
          --witness-policy FILE
                        Which witnesses are asked to cosign what is signed, and how many it
                        takes: a policy file of C2SP's tlog-policy. Also: "WitnessPolicy" in
                        appsettings.json. 'pledge witness' runs a witness.
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
            if (args[i] == "--accept-rollback")
            {
                options = options with { AcceptRollback = true };
                continue;
            }
            var host = HostNames.FirstOrDefault(h => name == $"--{h}");
            if (name is not ("--data" or "--log" or "--private-store" or "--sign-every" or "--witness-policy") && host is null)
            {
                return Wrong($"Unknown option '{args[i]}'.");
            }
            var value = equals >= 0 ? args[i][(equals + 1)..] : i + 1 < args.Count ? args[++i] : "";
            if (value.Length == 0 || (equals < 0 && value.StartsWith("--", StringComparison.Ordinal)))
            {
                return Wrong($"Option '{name}' needs a value.");
            }
            if (name == "--sign-every")
            {
                if (!int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 3600)
                {
                    return Wrong("Option '--sign-every' is a number of seconds, 1 to 3600.");
                }
                options = options with { SignEvery = TimeSpan.FromSeconds(seconds) };
                continue;
            }
            options = name == "--data" ? options with { Data = value }
                : name == "--private-store" ? options with { Private = value }
                : name == "--witness-policy" ? options with { WitnessPolicy = value }
                : name == "--log" ? options with { Log = value }
                : options with { HostArguments = [.. options.HostArguments, $"--{host}={value}"] };
        }
        return (options, null, 0);
    }

    private static (StartOptions?, string?, int) Wrong(string message) => (null, $"{message}\n\n{Usage}", 2);

    /// <summary>The command line decides, then the environment, then the settings file beside the program.</summary>
    public DataFolder Folder(string environment) =>
        DataFolder.Choose(Data, Settings(environment)["Data"], Demonstration ? DataFolder.Demonstration : DataFolder.Default);

    /// <inheritdoc cref="LogAddress.Choose"/>
    /// <remarks>A demonstration goes elsewhere than into its own folder only where the command line says so.</remarks>
    public LogAddress Address(DataFolder folder, string environment) => Demonstration && Log is null ? LogAddress.In(folder) : LogAddress.Choose(folder, Log, Settings(environment)["Log"]);

    /// <inheritdoc cref="LogAddress.ChoosePrivate"/>
    public LogAddress PrivateAddress(DataFolder folder, LogAddress log, string environment) =>
        LogAddress.ChoosePrivate(folder, log, Private, Settings(environment)["Private"]);

    /// <summary>The policy file of the command line, then that of the settings file beside the program; null where neither names one.</summary>
    public string? Policy(string environment) => WitnessPolicy ?? Settings(environment)["WitnessPolicy"];

    // Only the files: a stray environment variable called DATA must not decide where a registry is.
    private static IConfiguration Settings(string environment) => new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .Build();
}
