using System.Globalization;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>The program as somebody starts it.</summary>
public sealed class ProcessTests
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";

    [Fact]
    public void Help_is_printed_and_nothing_is_made()
    {
        using var work = TestFolder.New();
        Directory.CreateDirectory(work.Path);
        using var process = WebProcess.Start(work.Path, ["--help"]);
        var (exitCode, output, _) = process.WaitForExit();
        Assert.Equal(0, exitCode);
        Assert.StartsWith("Usage:", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(work.Path));
    }

    [Fact]
    public void An_unknown_option_ends_with_2_and_makes_nothing()
    {
        using var work = TestFolder.New();
        Directory.CreateDirectory(work.Path);
        using var process = WebProcess.Start(work.Path, ["--prot", "80"]);
        var (exitCode, _, error) = process.WaitForExit();
        Assert.Equal(2, exitCode);
        Assert.StartsWith("Unknown option '--prot'.", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(work.Path));
    }

    [Fact]
    public void A_failure_at_the_start_is_one_line_on_the_error_stream_and_ends_with_1()
    {
        using var work = TestFolder.New();
        Directory.CreateDirectory(work.Path);
        File.WriteAllText(System.IO.Path.Combine(work.Path, "registry-data"), "in the way");
        using var process = WebProcess.Start(work.Path, [AnyPort]);
        var (exitCode, output, error) = process.WaitForExit();
        Assert.Equal(1, exitCode);
        Assert.StartsWith("The registry could not be started. ", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_from_a_folder_in_the_current_directory_until_it_is_told_to_stop()
    {
        using var work = TestFolder.New();
        Directory.CreateDirectory(work.Path);
        using var process = WebProcess.Start(work.Path, [AnyPort]);
        var address = process.WaitFor("Serving ").Split(' ')[1];
        using var client = new HttpClient();
        Assert.Contains("\"status\":\"ready\"", await client.GetStringAsync(new Uri($"{address}/health/ready")), StringComparison.Ordinal);
        Assert.True(File.Exists(System.IO.Path.Combine(work.Path, "registry-data", "registry.db")));
        process.Terminate();
        var (exitCode, output, error) = process.WaitForExit();
        Assert.Equal(0, exitCode);
        Assert.EndsWith("Stopped.", output, StringComparison.Ordinal);
        Assert.Empty(error);
        // Closed in order: all of it is in the one file.
        Assert.False(File.Exists(System.IO.Path.Combine(work.Path, "registry-data", "registry.db-wal")));
    }

    [Fact]
    public void The_environment_names_the_data_folder_and_the_command_line_goes_before_it()
    {
        using var work = TestFolder.New();
        Directory.CreateDirectory(work.Path);
        using (var process = WebProcess.Start(work.Path, [AnyPort], ("PLEDGEREGISTRY_DATA", "from-environment")))
        {
            Assert.EndsWith("from-environment", process.WaitFor("Data folder: "), StringComparison.Ordinal);
        }
        using (var process = WebProcess.Start(work.Path, [AnyPort, "--data", "from-option"], ("PLEDGEREGISTRY_DATA", "from-environment")))
        {
            Assert.EndsWith("from-option", process.WaitFor("Data folder: "), StringComparison.Ordinal);
        }
    }

    /// <summary>Killed at several moments of its first load, it goes on from there, and what it says is what an undisturbed load says.</summary>
    [Fact]
    public async Task A_load_that_was_killed_is_taken_up_and_says_the_same_in_the_end()
    {
        using var undisturbed = await TestFolder.LoadedAsync();
        var (expected, whole) = await ContentAsync(undisturbed);
        var inTheMiddle = 0;
        foreach (var moment in new[] { "Loading", "  64 of", "  128 of", "  256 of", "  384 of", "  512 of" })
        {
            using var folder = TestFolder.New();
            using (var process = WebProcess.Start(AppContext.BaseDirectory, ["--data", folder.Path, AnyPort]))
            {
                process.WaitFor(moment);
                process.Kill();
            }
            var (_, size) = await ContentAsync(folder);
            inTheMiddle += size > 0 && size < whole ? 1 : 0;

            using var again = WebProcess.Start(AppContext.BaseDirectory, ["--data", folder.Path, AnyPort]);
            again.WaitFor("Serving ");
            again.Terminate();
            Assert.Equal(0, again.WaitForExit().ExitCode);
            Assert.Equal((expected, whole), await ContentAsync(folder));
            using var record = new HeadRecord(folder.HeadRecord);
            Assert.Equal(whole, record.Size);
        }
        // The kills came when they were meant to: not before the first entry, and not after the last.
        Assert.True(inTheMiddle >= 3, string.Create(CultureInfo.InvariantCulture, $"Only {inTheMiddle} of 6 kills fell into the load."));
    }

    private static async Task<(Hash Content, long Size)> ContentAsync(TestFolder folder)
    {
        await using var log = SqliteLog.OpenForReading(folder.Log);
        long size = 0;
        while (await log.ReadAsync(size, 1024) is { Count: > 0 } read)
        {
            size += read.Count;
        }
        return (await ContentHash.OfAsync(log, size), size);
    }
}
