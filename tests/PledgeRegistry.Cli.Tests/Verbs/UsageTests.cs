using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class UsageTests(Registries registries)
{
    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("grid --colour", "--colour")]
    [InlineData("grid --on 2022-02-30", "--on: There is no day 2022-02-30.")]
    [InlineData("grid --on soon", "--on: Write a date as 2022-05-17.")]
    [InlineData("grid --from 2023-02-29", "--from: There is no day 2023-02-29.")]
    [InlineData("diff rcm-grid --from-size 3 --with from=2023-02-29", "--with from=2023-02-29: There is no day 2023-02-29.")]
    [InlineData("grid --as-of 2022-05-17T12:00", "--as-of: 2022-05-17T12:00 is without a zone: write Z behind it for UTC")]
    [InlineData("grid --size minus", "--size: A size is a whole number")]
    [InlineData("grid --size 999999", "--size: The registry has")]
    [InlineData("grid --as-of yesterday", "--as-of: Write a moment as 2022-05-17")]
    [InlineData("grid --as-of 2026-01-01 --size 3", "--as-of: Give a size, a moment or a meeting, and only one of them.")]
    [InlineData("grid --as-of-meeting NONE", "--as-of-meeting: There is no meeting 'NONE'.")]
    [InlineData("grid --as-of-meeting IMRF-2022 --size 3", "--as-of-meeting: Give a size, a moment or a meeting")]
    [InlineData("grid --from 2022", "--from: Write a date as 2022-05-17.")]
    [InlineData("grid --lang xx", "xx")]
    [InlineData("follow-up --kind promise", "promise")]
    [InlineData("coverage", "coverage")]
    [InlineData("show", "show")]
    [InlineData("history --from -1", "--from: A position is a whole number, 0 or more.")]
    [InlineData("history --limit 0", "--limit: Ask for a whole number of entries, 1 or more.")]
    [InlineData("history pledge IMRF-2022-0001", "'participant' and a code")]
    [InlineData("replay --to -2", "--to: A position is a whole number, 0 or more.")]
    [InlineData("verify --root abc", "--root: A root has 64 lower-case hexadecimal digits.")]
    [InlineData("verify --size 3", "--size: Give the root of that size too")]
    [InlineData("load --size 3", "--size")]
    public async Task A_command_line_that_can_not_be_understood_ends_with_2_and_says_why(string line, string message) =>
        (await Tool.RunAsync(registries.Sample, line.Split(' '))).FailedWith(2, message);

    [Fact]
    public async Task Without_a_verb_the_verbs_are_pointed_to() =>
        (await Tool.RunAsync([], null, new Dictionary<string, string>())).FailedWith(2, "pledge --help");

    [Theory]
    [InlineData("keys retire nope", "See 'pledge keys retire --help'.")]
    [InlineData("keys new --foo", "See 'pledge keys new --help'.")]
    [InlineData("keys", "See 'pledge keys --help'.")]
    [InlineData("grid --foo", "See 'pledge grid --help'.")]
    public async Task The_verb_whose_help_is_pointed_to_is_one_that_there_is(string line, string message)
    {
        (await Tool.RunAsync(registries.Sample, line.Split(' '))).FailedWith(2, message);
        (await Tool.RunAsync([.. message.Split('\'')[1].Split(' ')[1..]], null, new Dictionary<string, string>())).Succeeded();
    }

    [Theory]
    [InlineData("show NOBODY", "has the id 'NOBODY'")]
    [InlineData("show meeting/IMRF-2022-0001", "has the id 'meeting/IMRF-2022-0001'")]
    [InlineData("history NOTHING", "Nothing is recorded under 'NOTHING'")]
    [InlineData("history participant NOBODY", "No participant has the code 'NOBODY'")]
    [InlineData("coverage nothing", "No framework 'nothing'")]
    [InlineData("coverage sector", "No framework 'sector'")]
    [InlineData("follow-up 1999", "No forum of 1999")]
    [InlineData("clock --participant NOPE", "No participant 'NOPE'")]
    [InlineData("clock --series G20", "No series 'G20'")]
    [InlineData("follow-up --size 3", "Nothing was recorded for any forum")]
    public async Task What_is_not_there_ends_with_1_and_says_what(string line, string message) =>
        (await Tool.RunAsync(registries.Sample, line.Split(' '))).FailedWith(1, message);

    [Theory]
    [InlineData("grid", 1)]
    [InlineData("verify", 3)]
    [InlineData("history", 1)]
    public async Task A_folder_without_a_registry_is_named_and_nothing_is_made_in_it(string verb, int exitCode)
    {
        using var folder = new TemporaryFolder();
        (await Tool.RunAsync(folder.Path, verb)).FailedWith(exitCode, $"There is no registry in {folder.Path}");
        (await Tool.RunAsync(Path.Combine(folder.Path, "missing"), verb)).FailedWith(exitCode, "pledge load");
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_file_that_is_no_registry_is_not_taken_for_one()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Log, new string('x', 5000));
        (await Tool.RunAsync(folder.Path, "grid")).FailedWith(1, "not an SQLite database");
    }
}
