using System.CommandLine;
using System.CommandLine.Parsing;
using PledgeRegistry.Cli.Verbs;
using PledgeRegistry.Engines;

namespace PledgeRegistry.Cli;

/// <summary>The command line of the tool, all of it.</summary>
internal static class CommandLine
{
    // What begins with @ is a text like any other, and no file with more of the command line.
    private static readonly ParserConfiguration Rules = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new CommonOptions();
        ParseResult? parsed = null;
        try
        {
            parsed = Parse(options, args);
            var wrong = Wrong(parsed, args);
            if (wrong.Count == 0)
            {
                options.HideFrom(parsed.CommandResult.Command);
                return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            }
            foreach (var sentence in wrong)
            {
                await Console.Error.WriteLineAsync(sentence);
            }
            await Console.Error.WriteLineAsync($"See '{NameOf(parsed.CommandResult.Command)} --help'.");
            return ExitCode.Usage;
        }
        catch (Exception e)
        {
            var (message, exitCode) = Problems.Explain(e, parsed is null ? DataFolder.Choose(null).Path : options.Place(parsed));
            await Console.Error.WriteLineAsync(message);
            return exitCode;
        }
    }

    public static RootCommand Root(CommonOptions options) =>
        new("Reads, replays and verifies a registry of commitments. Answers go to standard output, everything else to standard error. Ends with 0 where it did what was asked; 1 where something is wrong, refused or not found; 2 where the command line can't be understood; and what verifies (verify, check) also with 3 where something couldn't be looked at, or with 4 where something couldn't be compared.")
        {
            options.Data, options.Log, options.Json,
            LoadVerb.Create(options), GridVerb.Create(options), FollowUpVerb.Create(options), CoverageVerb.Create(options), ClockVerb.Create(options),
            HistoryVerb.Create(options), ShowVerb.Create(options), DiffVerb.Create(options), ReplayVerb.Create(options), SearchVerb.Create(options), VerifyVerb.Create(options),
            BackupVerb.Create(options), RestoreVerb.Create(options), SchemaVerb.Create(options), DocumentsVerb.Create(options),
            KeysVerb.Create(options), PublishVerb.Create(options), SealVerb.Create(options), CheckVerb.Create(options), WitnessVerb.Create(options), RedactVerb.Create(options),
        };

    public static ParseResult Parse(CommonOptions options, IReadOnlyList<string> args) => Root(options).Parse(args, Rules);

    /// <summary>Why a command line can't be understood, in sentences; nothing where it can.</summary>
    public static IReadOnlyList<string> Wrong(ParseResult parsed, IReadOnlyList<string> args) =>
        // What was swallowed is the cause, and what is missing then only follows.
        SwallowedOptions.Find(parsed, args) is { Count: > 0 } swallowed ? swallowed
        : Numbers.Wrong(parsed).ToList() is { Count: > 0 } numbers ? numbers
        : [.. parsed.Errors.Select(e => e.Message)];

    /// <summary>The options and arguments that are given a value.</summary>
    public static IEnumerable<SymbolResult> Values(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            foreach (var child in command.Children.Where(c => c is OptionResult or ArgumentResult))
            {
                yield return child;
            }
        }
    }

    /// <summary>A verb as it is typed, with those that it is one of: <c>pledge keys retire</c>.</summary>
    public static string NameOf(Command command) => command switch
    {
        RootCommand => "pledge",
        _ when command.Parents.OfType<Command>().FirstOrDefault() is { } parent => $"{NameOf(parent)} {command.Name}",
        _ => command.Name,
    };
}

/// <summary>The options that verbs share.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> size = new("--size") { Description = "As known when the log had so many entries.", HelpName = "N" };
    private readonly Option<string?> asOf = new("--as-of") { Description = "As known at a moment (2022-05-17, the end of that UTC day, or 2022-05-17T12:00:00Z).", HelpName = "MOMENT" };
    private readonly Option<string?> asOfMeeting = new("--as-of-meeting") { Description = "As known at the end of a meeting (IMRF-2022), judged on its last day.", HelpName = "MEETING" };
    private readonly Option<string?> on = new("--on") { Description = "Judged on a day (2022-05-17): what is true, due, late or silent then.", HelpName = "DATE" };
    private readonly Option<string> language = new Option<string>("--lang") { Description = "Language of labels and names.", HelpName = "en|es|fr|ar", DefaultValueFactory = _ => "en" }
        .AcceptOnlyFromAmong("en", "es", "fr", "ar");

    // Verbs that look at no registry of this machine.
    private readonly HashSet<Command> alone = [];

    public Option<string?> Data { get; } = new("--data")
    {
        Description = $"The registry's data folder. Default: the environment variable {DataFolder.Variable}, or {DataFolder.Default} in the current directory.",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<string?> Log { get; } = new("--log")
    {
        Description = $"The log, if it isn't in the data folder: {LogAddress.Form}. Default: the environment variable {LogAddress.Variable}.",
        HelpName = "LOG",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON.", Recursive = true };

    /// <summary>What <c>backup</c> and <c>restore</c> are about: the log, or what is private.</summary>
    public Option<bool> Private { get; } = new("--private") { Description = "The private store instead of the log: contacts, drafts, keys, and who read them." };

    /// <summary>Where the private store is, if not beside the log.</summary>
    public Option<string?> PrivateStore { get; } = new("--private-store")
    {
        Description = $"The private store, if it isn't beside the log: sqlite:FILE or postgres:CONNECTION. Default: the environment variable {LogAddress.PrivateVariable}.",
        HelpName = "STORE",
    };

    /// <summary>A verb that looks at no registry of this machine.</summary>
    public Command Alone(Command verb)
    {
        alone.Add(verb);
        return verb;
    }

    /// <summary>Leaves out of a verb's help what names a registry, if it looks at none: one may have a <c>--log</c> of its own.</summary>
    public void HideFrom(Command verb) => Data.Hidden = Log.Hidden = alone.Contains(verb);

    /// <exception cref="LogAddressException">It can't be understood.</exception>
    public LogAddress PrivateAddress(ParseResult parsed) => LogAddress.ChoosePrivate(Folder(parsed), Address(parsed), parsed.GetValue(PrivateStore));

    public DataFolder Folder(ParseResult parsed) => DataFolder.Choose(parsed.GetValue(Data));

    /// <exception cref="LogAddressException">It can't be understood.</exception>
    public LogAddress Address(ParseResult parsed) => LogAddress.Choose(Folder(parsed), parsed.GetValue(Log));

    /// <summary>The log, as messages name it: the folder that it is in, or its address.</summary>
    public string Place(ParseResult parsed)
    {
        var folder = Folder(parsed);
        try
        {
            var address = Address(parsed);
            return address.Place == folder.Log ? folder.Path : address.ToString();
        }
        catch (LogAddressException)
        {
            return folder.Path;
        }
    }

    public Output Output(ParseResult parsed) => new(Console.Out, terminal: !Console.IsOutputRedirected, json: parsed.GetValue(Json));

    /// <summary>Says something that isn't data.</summary>
    public static void Say(string text) => Console.Error.WriteLine(text);

    /// <summary>Adds the options of a reading, and what is done with it.</summary>
    /// <param name="namesBasis">True if the first line of the answer, unless it is JSON, says what it was made from; otherwise standard error does.</param>
    public Command Reading(Command verb, Func<ReadSession, Output, ParseResult, CancellationToken, Task> act, bool namesBasis = true)
    {
        verb.Add(size);
        verb.Add(asOf);
        verb.Add(asOfMeeting);
        verb.Add(on);
        verb.Add(language);
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var session = await ReadSession.OpenAsync(
                Folder(parsed), Address(parsed), new(parsed.GetValue(size), parsed.GetValue(on), parsed.GetValue(asOf), parsed.GetValue(asOfMeeting)), parsed.GetRequiredValue(language), Say, cancel);
            var output = Output(parsed);
            if (output.IsJson || !namesBasis)
            {
                Say(session.BasisLine(verb.Name));
            }
            await act(session, output, parsed, cancel);
            return 0;
        });
        return verb;
    }
}
