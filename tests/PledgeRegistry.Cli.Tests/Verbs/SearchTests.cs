using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class SearchTests(Registries registries)
{
    [Fact]
    public async Task What_is_found_has_a_line_with_the_words_marked()
    {
        var run = (await Tool.RunAsync(registries.Sample, "search", "migrant", "child*", "--kind", "pledge")).Succeeded();
        Assert.StartsWith("search/2  size=", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains(run.Lines.Skip(2), l => l.StartsWith("pledge\tIMRF-2022-0001\t", StringComparison.Ordinal) && l.Contains("[migrant] [child]", StringComparison.Ordinal));
        Assert.All(run.Lines.Skip(2), l => Assert.Equal(6, l.Split('\t').Length));
    }

    [Fact]
    public async Task At_a_size_before_it_was_recorded_nothing_is_found_and_it_is_said()
    {
        var run = (await Tool.RunAsync(registries.Sample, "search", "IMRF-2022-0001", "--size", "20")).Succeeded();
        Assert.Equal("Nothing has all these words. Try fewer words, or a star for any ending.", Assert.Single(run.Lines.Skip(1)));
        Assert.Equal(0, (await Tool.RunAsync(registries.Sample, "search", "IMRF-2022-0001", "--size", "20", "--json")).Json().GetProperty("count").GetInt32());
        Assert.Contains("One letter is too short", (await Tool.RunAsync(registries.Sample, "search", "x")).Succeeded().Output, StringComparison.Ordinal);
        (await Tool.RunAsync(registries.Sample, "search", "x", "--limit", "101")).FailedWith(2, "--limit: Ask for a whole number, 1 to 100.");
    }
}
