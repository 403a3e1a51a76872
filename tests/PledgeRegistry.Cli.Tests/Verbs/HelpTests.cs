using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

public sealed class HelpTests
{
    private static IEnumerable<string> All => ["", .. CommandTree.Verbs().Select(v => string.Join(' ', CommandTree.Words(v)))];

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

    [Fact]
    public async Task No_option_is_listed_twice_and_what_looks_at_no_registry_names_none()
    {
        foreach (var verb in All)
        {
            var help = (await Tool.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"], null, new Dictionary<string, string>())).Succeeded();
            var options = help.Lines.Where(l => l.StartsWith("  --", StringComparison.Ordinal)).Select(l => l.Trim().Split(' ')[0]).ToList();
            Assert.Equal(options.Distinct(), options);
            Assert.Equal(verb is not ("witness" or "check"), options.Contains("--data"));
            Assert.Equal(verb is not "check", options.Contains("--log"));
        }
    }

    [Fact]
    public async Task How_the_tool_ends_is_said_by_its_help()
    {
        foreach (var (verb, codes) in new[] { ("", "01234"), ("check", "0123"), ("verify", "0134") })
        {
            var help = (await Tool.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"], null, new Dictionary<string, string>())).Succeeded();
            Assert.All(codes, code => Assert.Matches($@"(with|,|;) {code} where", help.Lines[1]));
        }
    }
}
