using System.CommandLine;
using System.CommandLine.Parsing;

namespace PledgeRegistry.Cli;

/// <summary>
/// Options that stand where a value was expected. An option whose value was left out (an empty variable of a shell is enough) takes the
/// next word for it: <c>--reason --dry-run</c> would be a reason, and no dry run. Only what is written in one word with its option, or
/// behind <c>--</c>, may look like an option.
/// </summary>
internal static class SwallowedOptions
{
    /// <returns>A sentence for each; nothing where all is well.</returns>
    public static IReadOnlyList<string> Find(ParseResult parsed, IReadOnlyList<string> args)
    {
        var meant = Meant(parsed.Tokens, args);
        var known = Names(parsed.RootCommandResult.Command).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from result in CommandLine.Values(parsed)
               from token in result.Tokens
               where token.Type == TokenType.Argument && !meant.Contains(token) && (known.Contains(token.Value) || LooksLikeOne(token.Value))
               select result is OptionResult of
                   ? $"{of.Option.Name}: Its value is missing: what follows it, '{token.Value}', {(known.Contains(token.Value) ? "is an option" : "looks like an option")}. If it is the value, write {of.Option.Name}={token.Value}."
                   : $"'{token.Value}' is no option of '{CommandLine.NameOf(parsed.CommandResult.Command)}'. If it is meant as it stands, write -- before it.",
        ];
    }

    private static bool LooksLikeOne(string value) => value.StartsWith("--", StringComparison.Ordinal) && value.Length > 2 && char.IsAsciiLetter(value[2]);

    /// <summary>The tokens whose words can't be mistaken. Each word is a token, or an option and its value: <c>--reason=TEXT</c>.</summary>
    private static HashSet<Token> Meant(IReadOnlyList<Token> tokens, IReadOnlyList<string> args)
    {
        var meant = new HashSet<Token>(ReferenceEqualityComparer.Instance);
        var next = 0;
        foreach (var word in args.TakeWhile(_ => next < tokens.Count))
        {
            var token = tokens[next++];
            if (token.Type == TokenType.DoubleDash)
            {
                meant.UnionWith(tokens.Skip(next));
                break;
            }
            if (next < tokens.Count && (word == $"{token.Value}={tokens[next].Value}" || word == $"{token.Value}:{tokens[next].Value}"))
            {
                meant.Add(tokens[next++]);
            }
        }
        return meant;
    }

    private static IEnumerable<string> Names(Command command) =>
        [.. command.Options.SelectMany(o => (string[])[o.Name, .. o.Aliases]), .. command.Subcommands.SelectMany(Names)];
}
