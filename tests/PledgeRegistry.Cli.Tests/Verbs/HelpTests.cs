using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

public sealed class HelpTests
{
    private static readonly string[] All = ["", "load", "grid", "follow-up", "coverage", "clock", "history", "show", "diff", "replay", "search", "verify"];

    [Fact]
    public async Task Every_verb_explains_itself()
    {
        var pages = new List<string>();
        foreach (var verb in All)
        {
            var run = await Tool.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"], null, new Dictionary<string, string>());
            pages.Add($"$ pledge {verb}\n{string.Join('\n', run.Succeeded().Output.Split('\n').Select(l => l.TrimEnd()))}");
        }
        await Snapshot.Verify(string.Join('\n', pages));
    }
}
