using System.CommandLine;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>The option that names a log's public keys.</summary>
internal static class KeyOption
{
    public static Option<VerifierKey[]> Create(bool required) => new("--key")
    {
        Description = "A verifier key line of the log, from somewhere you trust. May be given several times.",
        HelpName = "LINE",
        Required = required,
        CustomParser = result =>
        {
            var lines = result.Tokens.Select(t => (t.Value, Key: VerifierKey.TryParse(t.Value.Trim()))).ToList();
            foreach (var (line, _) in lines.Where(l => l.Key is null))
            {
                result.AddError($"--key: '{line}' is no verifier key line (name+id+key).");
            }
            return [.. lines.Where(l => l.Key is not null).Select(l => l.Key!)];
        },
    };
}
