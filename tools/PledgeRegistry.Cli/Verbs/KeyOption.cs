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
        CustomParser = KeyLines.Parse,
    };
}
