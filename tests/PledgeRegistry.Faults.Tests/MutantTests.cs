using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Tests;

/// <summary>The bugs that tools/faults.sh --mutants plants in copies of the product.</summary>
public sealed class MutantTests
{
    private static readonly string Folder = Path.Combine(Programs.Root, "tools", "mutants");

    private static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.patch").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Patches => [.. Names];

    [Theory]
    [MemberData(nameof(Patches))]
    public async Task Each_still_fits_the_source_and_is_planted_by_the_script(string patch)
    {
        var (exitCode, _, error) = await Programs.RunAsync(["git", "-C", Programs.Root, "apply", "--check", Path.Combine(Folder, patch)]);
        Assert.True(exitCode == 0, $"{patch}: {error}");
        Assert.Contains($"tools/mutants/{patch} ", await File.ReadAllTextAsync(Path.Combine(Programs.Root, "tools", "faults.sh")), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_three() => Assert.Equal(["forgotten-command.patch", "no-condition.patch", "not-synced.patch"], Names);
}
