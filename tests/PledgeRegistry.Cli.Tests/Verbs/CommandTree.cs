using System.CommandLine;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary>The verbs and what each takes, as the tool itself has them: a new one is tested without being named.</summary>
internal static class CommandTree
{
    public static IReadOnlyList<Command> Verbs() => [.. Below(CommandLine.Root(new CommonOptions()))];

    /// <summary>The words that call a verb.</summary>
    public static string[] Words(Command verb) => CommandLine.NameOf(verb).Split(' ')[1..];

    /// <summary>Its own options and those of all verbs.</summary>
    public static IEnumerable<Option> Options(Command verb)
    {
        for (var at = verb; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(o => (at == verb || o.Recursive) && o is not System.CommandLine.Help.HelpOption and not VersionOption))
            {
                yield return option;
            }
        }
    }

    /// <summary>Why a command line can't be understood.</summary>
    public static IReadOnlyList<string> Wrong(params string[] args) => CommandLine.Wrong(CommandLine.Parse(new CommonOptions(), args), args);

    private static IEnumerable<Command> Below(Command command) =>
        command.Subcommands.SelectMany(c => c.Subcommands.Count > 0 ? Below(c) : [c]);
}
