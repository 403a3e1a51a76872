using System.Text.RegularExpressions;
using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary>No verb that reads ignores the basis.</summary>
[Collection(ReadingRegistries.Name)]
public sealed partial class BasisTests(Registries registries)
{
    /// <summary>Every verb that reads, with what it needs; documents needs a store of an engine that isn't in this build.</summary>
    private static readonly Dictionary<string, string> Reading = new(StringComparer.Ordinal)
    {
        ["grid"] = "grid",
        ["follow-up"] = "follow-up 2022",
        ["coverage"] = "coverage gcm",
        ["clock"] = "clock",
        ["history"] = "history --limit 3",
        ["show"] = "show IMRF-2022-0001",
        ["replay"] = "replay --to 3",
        ["documents"] = "documents --into marten:Host=none",
        ["search"] = "search health",
        ["diff"] = "diff pledges --from-size 10",
    };

    private static readonly string[] NotReading = ["load", "verify", "backup", "restore", "schema", "keys", "publish", "seal", "check", "witness", "redact"];

    public static TheoryData<string> EveryAnswer => [.. Reading.Values.Where(l => !l.StartsWith("documents", StringComparison.Ordinal))];

    public static TheoryData<string> EveryLine => [.. Reading.Values];

    [Fact]
    public async Task Every_verb_is_known_to_read_or_not_to()
    {
        var help = (await Tool.RunAsync(["--help"], null, new Dictionary<string, string>())).Succeeded().Output;
        var verbs = Verbs().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value);
        Assert.Equal(Reading.Keys.Concat(NotReading).Order(StringComparer.Ordinal), verbs.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EveryAnswer))]
    public async Task A_verb_that_reads_takes_each_way_to_ask_for_a_basis_and_names_it(string line)
    {
        (string Ask, string Named)[] ways =
        [
            ("--size 120 --on 2021-06-30", "size=120  on=2021-06-30  from=size  root="),
            ("--as-of 2199-01-01 --on 2021-06-30", "on=2021-06-30  from=asOf:2199-01-01  root="),
            ("--as-of-meeting IMRF-2022", "on=2022-05-18  from=asOfMeeting:IMRF-2022"),
        ];
        foreach (var (ask, named) in ways)
        {
            foreach (var json in new[] { "", " --json" })
            {
                var run = (await Tool.RunAsync(registries.Sample, $"{line} {ask}{json}".Split(' '))).Succeeded();
                Assert.Contains(named, json.Length > 0 || line.StartsWith("replay", StringComparison.Ordinal) ? run.Error : run.Lines[0], StringComparison.Ordinal);
                if (json.Length > 0)
                {
                    Assert.DoesNotContain("asOf", run.Output, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryLine))]
    public async Task A_verb_that_reads_refuses_a_basis_that_makes_no_sense(string line)
    {
        (await Tool.RunAsync(registries.Sample, $"{line} --as-of 2022-02-29".Split(' '))).FailedWith(2, "--as-of: There is no day 2022-02-29.");
        (await Tool.RunAsync(registries.Sample, $"{line} --as-of-meeting NONE".Split(' '))).FailedWith(2, "--as-of-meeting: There is no meeting 'NONE'.");
    }

    [GeneratedRegex("^  ([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Verbs();
}
