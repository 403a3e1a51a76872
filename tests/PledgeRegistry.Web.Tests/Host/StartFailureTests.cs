using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Web.Start;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>A start that can't be made ends with one paragraph (what, where, how to mend it) and exit code 1.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public async Task A_log_that_is_in_use_is_named()
    {
        await using var registry = await TestRegistry.StartAsync();
        var said = await FailAsync(registry.Folder.Path);
        Assert.Contains("already open for writing", said, StringComparison.Ordinal);
        Assert.Contains(registry.Folder.Log, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_how_to_choose_another()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var folder = await TestFolder.LoadedAsync();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var said = await FailAsync(folder.Path, url);
        Assert.Contains(url, said, StringComparison.Ordinal);
        Assert.Contains("--urls", said, StringComparison.Ordinal);
        // And let go of: the next start on the same folder works.
        await using var registry = await TestRegistry.StartAsync(folder);
    }

    [Fact]
    public async Task An_address_that_is_none_is_named()
    {
        using var folder = await TestFolder.LoadedAsync();
        Assert.Contains("--urls", await FailAsync(folder.Path, "nonsense"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_named()
    {
        using var folder = TestFolder.New();
        await File.WriteAllTextAsync(folder.Path, "in the way");
        var said = await FailAsync(folder.Path);
        Assert.Contains(folder.Path, said, StringComparison.Ordinal);
        Assert.Contains("--data", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_log_is_left_alone()
    {
        using var folder = TestFolder.New();
        Directory.CreateDirectory(folder.Path);
        using (var other = new SqliteConnection($"Data Source={folder.Log};Pooling=False"))
        {
            other.Open();
            Execute(other, "CREATE TABLE notes (text)");
        }
        var before = await File.ReadAllBytesAsync(folder.Log);
        Assert.Contains("not a log of this registry", await FailAsync(folder.Path), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Log));
    }

    [Fact]
    public async Task An_entry_with_one_other_byte_is_found_and_named()
    {
        using var folder = await TestFolder.LoadedAsync();
        Change(folder, "UPDATE entries SET bytes = CAST(replace(bytes, 'GCM-01.a', 'GCM-01.b') AS BLOB) WHERE position = 3");
        var said = await FailAsync(folder.Path);
        Assert.Contains("Entry 3", said, StringComparison.Ordinal);
        Assert.Contains("backup", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_are_gone_from_the_end_are_counted()
    {
        using var folder = await TestFolder.LoadedAsync();
        Change(folder, "DELETE FROM entries WHERE position >= 800");
        Assert.Contains("The log was cut or rolled back: it has 800 entries", await FailAsync(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_was_put_back_from_an_older_copy_is_found()
    {
        using var old = await TestFolder.LoadedAsync();
        using var folder = await TestFolder.LoadedAsync();
        await using (var registry = await TestRegistry.StartAsync(folder))
        {
            var (response, _) = await registry.PostAsync("/api/participants/MEX/names", new { names = new { en = "Mexico, renamed" }, reason = "A test.", source = "A test." });
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            await registry.StopAsync();
            File.Copy(old.Log, folder.Log, overwrite: true);
            Assert.Contains("cut or rolled back", await FailAsync(folder.Path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_log_of_another_history_is_found()
    {
        using var folder = await TestFolder.LoadedAsync();
        using var other = TestFolder.New();
        await (await TestRegistry.StartAsync(other)).StopAsync();
        File.Copy(other.Log, folder.Log, overwrite: true);
        Assert.Contains("The log was rewritten", await FailAsync(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_record_without_a_whole_copy_is_named()
    {
        using var folder = await TestFolder.LoadedAsync();
        await File.WriteAllBytesAsync(folder.HeadRecord, Encoding.ASCII.GetBytes(new string('x', 9000)));
        Assert.Contains(folder.HeadRecord, await FailAsync(folder.Path), StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(string data, string urls = "http://127.0.0.1:0")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await RegistryHost.RunAsync(["--data", data, "--urls", urls], output, error).WaitAsync(TimeSpan.FromSeconds(60)));
        var said = error.ToString().TrimEnd();
        Assert.StartsWith("The registry could not be started. ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        Assert.DoesNotContain("error in the program", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        return said;
    }

    private static void Change(TestFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Log};Pooling=False");
        connection.Open();
        Execute(connection, "DROP TRIGGER entries_are_never_changed");
        Execute(connection, "DROP TRIGGER entries_are_never_deleted");
        Execute(connection, sql);
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
