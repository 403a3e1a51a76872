using System.CommandLine.Parsing;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>Options that take verifier key lines.</summary>
internal static class KeyLines
{
    public static VerifierKey[] Parse(ArgumentResult result)
    {
        var lines = result.Tokens.Select(t => (t.Value, Key: VerifierKey.TryParse(t.Value.Trim()))).ToList();
        foreach (var (line, _) in lines.Where(l => l.Key is null))
        {
            result.AddError($"{((OptionResult)result.Parent!).Option.Name}: '{line}' is no verifier key line (name+id+key).");
        }
        return [.. lines.Where(l => l.Key is not null).Select(l => l.Key!)];
    }
}
