using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>The tool `pledge`, as a process of its own, on a real server.</summary>
[Collection(ServerCollection.Name)]
public sealed class ToolTests(Cluster cluster) : ServerTest(cluster), IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pledge-tool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_registry_moves_from_SQLite_to_PostgreSQL_and_back_by_backup_and_restore_with_the_same_root()
    {
        var (first, second) = (Path.Combine(folder, "first.jsonl"), Path.Combine(folder, "second.jsonl"));
        await SucceedAsync("load", "--data", Data("a"), "--demo");
        await SucceedAsync("backup", first, "--data", Data("a"));
        var restored = Json(await SucceedAsync("restore", first, "--data", Data("b"), "--log", Address, "--json"));
        await SucceedAsync("backup", second, "--data", Data("b"), "--log", Address);
        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));

        // Byte for byte, as the server's own functions see it.
        var lines = (await File.ReadAllLinesAsync(first))[1..^1];
        Assert.Equal(lines.Select(l => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(l)))), await StoredAsync());

        await SucceedAsync("restore", second, "--data", Data("c"));
        var (of, here) = (Json(await SucceedAsync("verify", "--data", Data("a"), "--json")), Json(await SucceedAsync("verify", "--data", Data("c"), "--json")));
        Assert.Equal(of.ToString(), here.ToString());
        Assert.Equal(of.GetProperty("root").GetString(), restored.GetProperty("root").GetString());
    }

    [Fact]
    public async Task Every_view_is_the_same_from_both_engines()
    {
        var file = Path.Combine(folder, "backup.jsonl");
        await SucceedAsync("load", "--data", Data("a"), "--demo");
        await SucceedAsync("backup", file, "--data", Data("a"));
        await SucceedAsync("restore", file, "--data", Data("b"), "--log", Address);
        foreach (var verb in new string[][] { ["grid"], ["follow-up", "2022"], ["coverage", "gcm/2018"], ["clock"], ["history", "RCM-2016-0037"], ["replay"] })
        {
            string[] basis = verb[0] == "replay" ? [] : ["--size", "1000", "--on", "2025-06-30"];
            Assert.Equal(await SucceedAsync([.. verb, .. basis, "--data", Data("a")]), await SucceedAsync([.. verb, .. basis, "--data", Data("b"), "--log", Address]));
        }
    }

    [Fact]
    public async Task A_restore_that_was_cut_off_goes_on()
    {
        var file = Path.Combine(folder, "backup.jsonl");
        await SucceedAsync("load", "--data", Data("a"));
        await SucceedAsync("backup", file, "--data", Data("a"));
        var whole = await File.ReadAllLinesAsync(file);
        await using (var log = await OpenAsync())
        {
            await AppendedAsync(log, LogHead.Empty, [.. whole[1..101].Select(l => StoredEntry.Of(Encoding.UTF8.GetBytes(l)))]);
        }
        var restored = Json(await SucceedAsync("restore", file, "--data", Data("b"), "--log", Address, "--json"));
        Assert.Equal(100, restored.GetProperty("before").GetInt64());
        Assert.Equal(whole.Length - 2, restored.GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task The_schema_is_applied_by_its_owner_and_again_changes_nothing()
    {
        var database = await Cluster.NewDatabaseAsync(withSchema: false);
        var address = $"postgres:{Cluster.As("registry", database)}";
        Assert.Contains("'pledge schema'", (await RunAsync("load", "--data", Data("a"), "--log", address)).Error, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            await SucceedAsync("schema", "--role", "registry", "--log", $"postgres:{Cluster.As("owner", database)}");
        }
        await SucceedAsync("load", "--data", Data("a"), "--log", address);
        Assert.Contains("Create the role 'nobody-here' first", (await RunAsync("schema", "--role", "nobody-here", "--log", $"postgres:{Cluster.As("owner", database)}")).Error, StringComparison.Ordinal);
        var (exit, _, error) = await RunAsync("schema", "--role", "registry", "--log", address);
        Assert.Equal(1, exit);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_as_a_script_for_psql_makes_the_same_and_refuses_a_newer_one()
    {
        var database = await Cluster.NewDatabaseAsync(withSchema: false);
        var script = await SucceedAsync("schema", "--role", "registry");
        for (var i = 0; i < 2; i++)
        {
            var (exit, said) = await PsqlAsync(database, script);
            Assert.True(exit == 0, said);
        }
        await SucceedAsync("load", "--data", Data("a"), "--log", $"postgres:{Cluster.As("registry", database)}");
        await Cluster.SqlAsync(database, "insert into pledge_registry.schema_versions (version) values (99)");
        var newer = await PsqlAsync(database, script);
        Assert.NotEqual(0, newer.Exit);
        Assert.Contains("newer release", newer.Said, StringComparison.Ordinal);
        Assert.Contains("newer release", (await RunAsync("verify", "--data", Data("a"), "--log", $"postgres:{Cluster.As("registry", database)}")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("load")]
    [InlineData("seal")]
    [InlineData("keys", "new", "--origin", "example.org/log")]
    [InlineData("redact", "--allow", "--reason", "The data protection authority may order it.")]
    public async Task A_verb_writes_nothing_while_this_machine_s_clock_differs_too_much_from_the_server_s(params string[] verb)
    {
        var database = await Cluster.NewDatabaseAsync();
        var log = $"postgres:{Cluster.As("registry", database)}";
        await SucceedAsync("load", "--data", Data("a"), "--log", log);
        var before = await SizeAsync();
        // What the server says to the registry's user: an hour later than it is.
        await Cluster.SqlAsync(database, $"""
            create schema ahead;
            create function ahead.clock_timestamp() returns timestamptz language sql as 'select pg_catalog.clock_timestamp() + interval ''1 hour''';
            grant usage on schema ahead to registry;
            alter role registry in database {database} set search_path = ahead, pg_catalog
            """);
        var (exit, output, error) = await RunAsync([.. verb, "--data", Data("a"), "--log", log]);
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("This machine's clock is behind that of the log's database by 60 minutes", error, StringComparison.Ordinal);
        Assert.Equal(before, await SizeAsync());
        await Cluster.SqlAsync(database, $"alter role registry in database {database} reset search_path");
        await SucceedAsync([.. verb, "--data", Data("a"), "--log", log]);

        async Task<object?> SizeAsync() => await Cluster.SqlAsync(database, "select count(*) from pledge_registry.entries");
    }

    [Theory]
    [InlineData("Password", "wrong", "refuses the password", 1)]
    [InlineData("Database", "no_such_database", "there is no such database", 1)]
    // No server answered: that says nothing about the log.
    [InlineData("Host", "/no/such/folder", "See whether the server runs", 3)]
    public async Task What_is_wrong_with_the_address_is_said_and_never_the_password(string key, string value, string named, int code)
    {
        var wrong = new NpgsqlConnectionStringBuilder(Running) { [key] = value };
        var (exit, output, error) = await RunAsync("verify", "--data", Data("a"), "--log", $"postgres:{wrong.ConnectionString}");
        Assert.Equal(code, exit);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong.Password!, error + output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private string Address => $"postgres:{Running}";

    private string Data(string name) => Path.Combine(folder, name);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    internal static async Task<string> SucceedAsync(params string[] args)
    {
        var (exit, output, error) = await RunAsync(args);
        Assert.True(exit == 0, $"exit code {exit}\n{error}\n{output}");
        return output;
    }

    private static Task<(int Exit, string Output, string Error)> RunAsync(params string[] args) => RunAsync(
        new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Programs.Tool, .. args]), "");

    private async Task<(int Exit, string Said)> PsqlAsync(string database, string script)
    {
        var owner = new NpgsqlConnectionStringBuilder(Cluster.As("owner", database));
        var start = new ProcessStartInfo("psql", ["-h", owner.Host!, "-U", owner.Username!, "-q", database]) { Environment = { ["PGPASSWORD"] = owner.Password } };
        var (exit, output, error) = await RunAsync(start, script);
        return (exit, output + error);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(ProcessStartInfo start, string input)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = start.StandardInputEncoding = new UTF8Encoding(false);
        start.Environment.Remove("PLEDGEREGISTRY_DATA");
        start.Environment.Remove("PLEDGEREGISTRY_LOG");
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {Patience}.");
        }
    }
}
