using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>
/// The lines of src/PledgeRegistry.Postgres/README.md do what is said there, run by a shell as printed: only that the built
/// programs stand in for building them, and the tests' server, and its administrator, for the machine's.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed partial class ReadmeTests(Cluster cluster) : IDisposable
{
    // What USER is for the shell.
    private const string User = "readme_user";

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-readme-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_lines_that_set_it_up_and_back_it_up_work_as_printed()
    {
        var blocks = ShellBlock().Matches(await File.ReadAllTextAsync(Path.Combine(Programs.Root, "src", "PledgeRegistry.Postgres", "README.md"))).Select(m => m.Groups["lines"].Value).ToList();
        var (setUp, backUp) = (blocks[0], blocks.Single(b => b.Contains("backup", StringComparison.Ordinal)));
        Assert.Contains(setUp, await File.ReadAllTextAsync(Path.Combine(Programs.Root, "README.md")), StringComparison.Ordinal);
        try
        {
            var served = await RunAsync(setUp, until: "Serving");
            Assert.Contains("Serving", served, StringComparison.Ordinal);
            Assert.Contains("Loading the vocabularies and the opening data", served, StringComparison.Ordinal);
            var restored = await RunAsync(backUp);
            Assert.Contains("sound\tyes", restored, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder, "other-folder", "registry.db")));
        }
        finally
        {
            await cluster.SqlAsync("postgres", "drop database if exists registry with (force)");
            await cluster.SqlAsync("postgres", $"drop role if exists {User}");
        }
    }

    private async Task<string> RunAsync(string lines, string? until = null)
    {
        var admin = new NpgsqlConnectionStringBuilder(cluster.As("admin", "postgres"));
        var script = $$"""
            set -eu
            # The tests' server asks for passwords where Debian's looks at who is logged in.
            sudo() {
                shift 2
                PGUSER=admin "$@"
                if [ "$1" = createuser ]; then PGUSER=admin psql -qc "alter role \"$2\" password '$PGPASSWORD'" postgres; fi
            }
            dotnet() {
                case "$3" in tools/PledgeRegistry.Cli) program="{{Programs.Tool}}" ;; src/PledgeRegistry.Web) program="{{Programs.Host}}" ;; *) echo "unknown: $*" >&2; exit 9 ;; esac
                shift 4
                command dotnet "$program" "$@"
            }
            {{lines.Replace("/var/run/postgresql", admin.Host, StringComparison.Ordinal).Replace("-- --log", "-- --urls http://127.0.0.1:0 --log", StringComparison.Ordinal)}}
            """;
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            Environment = { ["PGHOST"] = admin.Host, ["PGPASSWORD"] = admin.Password, ["USER"] = User, ["PGUSER"] = User },
        };
        start.Environment.Remove("PLEDGEREGISTRY_DATA");
        start.Environment.Remove("PLEDGEREGISTRY_LOG");
        using var process = Process.Start(start)!;
        var said = new StringBuilder();
        var reached = new TaskCompletionSource();
        void Say(object _, DataReceivedEventArgs line)
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }
            if (line.Data is null || (until is not null && line.Data.Contains(until, StringComparison.Ordinal)))
            {
                reached.TrySetResult();
            }
        }
        process.OutputDataReceived += Say;
        process.ErrorDataReceived += (s, e) =>
        {
            if (e.Data is not null)
            {
                Say(s, e);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (until is null)
            {
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
                Assert.True(process.ExitCode == 0, said.ToString());
            }
            else
            {
                await reached.Task.WaitAsync(TimeSpan.FromMinutes(2));
                Assert.False(process.HasExited, said.ToString());
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        return said.ToString();
    }

    [GeneratedRegex("^```sh\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
