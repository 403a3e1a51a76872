using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class SwallowedOptionTests(Registries registries)
{
    private static readonly string[] Redaction = ["redact", "3", "--replace", "midwives", "--by", "operator", "--cleared-by", "ADMIN", "--authority", "DPA"];

    [Fact]
    public async Task A_dry_run_that_stands_where_a_reason_was_to_be_is_no_reason()
    {
        var before = await File.ReadAllBytesAsync(Path.Combine(registries.Sample, "registry.db"));
        (await Tool.RunAsync(registries.Sample, [.. Redaction, "--reason", "--dry-run"]))
            .FailedWith(2, "--reason: Its value is missing: what follows it, '--dry-run', is an option. If it is the value, write --reason=--dry-run.");
        (await Tool.RunAsync(registries.Sample, "keys", "retire", "00000000", "--reason", "--json")).FailedWith(2, "--reason: Its value is missing");
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(registries.Sample, "registry.db")));
    }

    [Fact]
    public void No_option_of_any_verb_takes_an_option_for_its_value()
    {
        var tried = 0;
        foreach (var verb in CommandTree.Verbs())
        {
            string[] words = CommandTree.Words(verb);
            foreach (var option in CommandTree.Options(verb).Where(o => o.ValueType != typeof(bool)))
            {
                // Its own, another verb's, one that doesn't exist, with an equals sign and nothing, and before the verb.
                foreach (var other in CommandTree.Options(verb).Select(o => o.Name).Concat(["--accept-rollback", "--dryrun", "--help", "-h", "-?"]))
                {
                    Refused(option.Name, [.. words, option.Name, other]);
                    Refused(option.Name, [.. words, $"{option.Name}=", other]);
                    if (option.Recursive)
                    {
                        Refused(option.Name, [option.Name, other, .. words]);
                    }
                    tried++;
                }
            }
        }
        Assert.True(tried > 1000, $"{tried}");
    }

    [Fact]
    public void No_argument_of_any_verb_takes_an_option_that_does_not_exist_for_its_value()
    {
        var takers = CommandTree.Verbs().Where(v => v.Arguments.Count > 0).ToList();
        Assert.Contains(takers, v => v.Name == "search");
        foreach (var words in takers.Select(CommandTree.Words))
        {
            Assert.Contains($"'--limt' is no option of 'pledge {string.Join(' ', words)}'. If it is meant as it stands, write -- before it.", CommandTree.Wrong([.. words, "--limt"]));
        }
    }

    [Theory]
    [InlineData("redact 3 --replace a --by b --cleared-by c --authority d --reason=--dry-run")]
    [InlineData("redact 3 --replace=--dry-run --replace:--json --by b --cleared-by c --authority d --reason --- --dry-run")]
    [InlineData("redact 3 --replace - --by b --cleared-by c --authority d --reason @court --dry-run")]
    [InlineData("search --limit 5 -- --limit --data")]
    [InlineData("search -5 \"-- -")]
    [InlineData("keys retire 00000000 --reason=--json --json")]
    [InlineData("--data=--json grid --json")]
    public void Who_really_means_it_can_say_so(string line) => Assert.Empty(CommandTree.Wrong(line.Split(' ')));

    private static void Refused(string option, string[] args) =>
        Assert.True(CommandTree.Wrong(args).Any(w => w.StartsWith($"{option}: Its value is missing", StringComparison.Ordinal)), $"pledge {string.Join(' ', args)}: {string.Join(' ', CommandTree.Wrong(args))}");
}
