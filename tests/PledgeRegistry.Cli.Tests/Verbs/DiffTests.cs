using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class DiffTests(Registries registries)
{
    [Fact]
    public async Task The_demonstration_shows_what_became_of_the_pledges_of_2022_by_2026()
    {
        var run = (await Tool.RunAsync(registries.Demo, "diff", "imrf-follow-up", "--with", "cycle=2022", "--from-as-of-meeting", "IMRF-2022", "--as-of-meeting", "IMRF-2026")).Succeeded();
        Assert.StartsWith("differences/1  size=", run.Lines[0], StringComparison.Ordinal);
        Assert.Matches("^from  size=[0-9]+  on=2022-05-20  root=[0-9a-f]{64}  meeting=IMRF-2022$", run.Lines[1]);
        Assert.Matches("\nchanged\t1[0-9]\n", run.Output);
        Assert.Contains("gone\tIMRF-2022-0043/ECU\twithdrawn\t", run.Output, StringComparison.Ordinal);
        Assert.Contains("IMRF-2022-0037/CRI\tclaimed\t-\tfulfilled\tday", run.Output, StringComparison.Ordinal);
        Assert.Contains("took-effect", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_it_is_the_answer_of_the_API_and_pages_follow_one_another()
    {
        string[] asked = ["diff", "registry", "--from-size", "100", "--json", "--change", "added", "--limit", "7"];
        var first = (await Tool.RunAsync(registries.Demo, asked)).Succeeded().Json();
        Assert.Equal(7, first.GetProperty("rows").GetArrayLength());
        var next = first.GetProperty("next").GetString()!;
        var second = (await Tool.RunAsync(registries.Demo, [.. asked, "--after", next])).Succeeded().Json();
        Assert.True(string.CompareOrdinal(second.GetProperty("rows")[0].GetProperty("key").GetString(), next) > 0);
        Assert.Equal(first.GetProperty("counts").GetRawText(), second.GetProperty("counts").GetRawText());
    }

    [Fact]
    public async Task The_meeting_before_is_a_shortcut_and_the_later_moment_first_says_what_would_be_undone()
    {
        var since = (await Tool.RunAsync(registries.Demo, "diff", "rcm-grid", "--since-meeting-of", "IMRF", "--on", "2026-05-08")).Succeeded();
        Assert.Contains("  meeting=IMRF-2022", since.Lines[1], StringComparison.Ordinal);
        var back = (await Tool.RunAsync(registries.Sample, "diff", "--from-on", "2026-01-01", "--on", "2017-01-01")).Succeeded();
        Assert.Contains("this is what would be undone", back.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff nothing --from-size 1", "There is no view 'nothing'")]
    [InlineData("diff", "The first moment is needed")]
    [InlineData("diff --from-size x", "--from-size: A size is a whole number")]
    [InlineData("diff --from-as-of-meeting NOPE", "--from-as-of-meeting: ")]
    [InlineData("diff --since-meeting-of IMRF --from-size 1", "names the first moment by itself")]
    [InlineData("diff imrf-follow-up --from-size 1", "needs --with cycle=")]
    [InlineData("diff pledges --with cycle=2022 --from-size 1", "takes kind, series")]
    [InlineData("diff rcm-grid --with from=abc --from-size 1", "--with from=abc: write a date as")]
    [InlineData("diff pledges --with kind=nope --from-size 1", "--with kind=nope: it is one of ")]
    [InlineData("diff exchange --with direction=up --from-size 1", "--with direction=up: it is one of ")]
    [InlineData("diff pledges --with party= --from-size 1", "--with party=: the value is missing")]
    [InlineData("diff --from-size 1 --limit 0", "--limit: Ask for a whole number of rows, 1 to 500")]
    [InlineData("diff --from-size 1 --limit 501", "--limit: Ask for a whole number of rows, 1 to 500")]
    public async Task What_cannot_be_understood_is_said(string line, string message)
    {
        var run = await Tool.RunAsync(registries.Sample, line.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_neither_moment_knows_is_not_found()
    {
        var run = await Tool.RunAsync(registries.Sample, "diff", "pledge", "--with", "id=NOPE", "--from-size", "1");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Neither moment knows", run.Error, StringComparison.Ordinal);
    }
}
