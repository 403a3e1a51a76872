using System.Text.RegularExpressions;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary>What is printed of the sample, whose entries are the same in each run. Hashes are left out.</summary>
[Collection(ReadingRegistries.Name)]
public sealed partial class GoldenTests(Registries registries)
{
    [Fact]
    public async Task Every_view_for_people()
    {
        string[] lines =
        [
            "grid --on 2026-05-10", "grid --on 2016-12-31 --meeting RCM-2016-XXI", "follow-up --on 2026-05-10", "coverage gcm --on 2026-05-10", "show IMRF-2022-0001 --on 2026-05-10",
            "show IMRF-2022-0002 --on 2026-05-10", "show IMRF-2022-0003 --on 2024-12-31", "show RCM-2016-I0001 --on 2026-05-10", "show CRI --on 2026-05-10", "show RCM-2016-XXI --on 2026-05-10", "show notes --on 2026-05-10",
            "history IMRF-2022-0001 --on 2026-05-10", "history IMRF-2022-0002 --on 2026-05-10", "history participant COL --on 2026-05-10", "replay --from 60 --to 63", "replay --from 85 --grid --on 2026-05-10", "verify",
        ];
        var pages = new List<string>();
        foreach (var line in lines)
        {
            pages.Add($"$ pledge {line}\n{(await Tool.RunAsync(registries.Sample, line.Split(' '))).Succeeded().Output}");
        }
        await Snapshot.Verify(Digest().Replace(string.Join('\n', pages), "<hash>"));
    }

    [Fact]
    public async Task Every_view_as_json()
    {
        string[] lines =
        [
            "show IMRF-2022-0001 --on 2026-05-10", "show RCM-2016-I0001 --on 2026-05-10", "show CRI --on 2026-05-10", "history RCM-2016-0001 --on 2026-05-10", "follow-up 2022 --party CRI --on 2026-05-10", "show IMRF-2022-0002 --on 2026-05-10", "verify",
        ];
        var pages = new List<string>();
        foreach (var line in lines)
        {
            pages.Add($"$ pledge {line} --json\n{(await Tool.RunAsync(registries.Sample, [.. line.Split(' '), "--json"])).Succeeded().Output}");
        }
        await Snapshot.Verify(Digest().Replace(string.Join('\n', pages), "<hash>"));
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();
}
