using System.Globalization;
using System.Text;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary><c>pledge redact</c> on SQLite; with PostgreSQL's engine it is tested there.</summary>
[Collection(ReadingRegistries.Name)]
public sealed class RedactTests(Registries registries)
{
    private const string Passage = "Every migrant child is received in primary care", First = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Second = "a-ssssssssssssssssssssssssss";

    private static readonly int Pledge = Enumerable.Range(0, Registries.SampleHistory.Count)
        .First(i => Registries.SampleHistory[i] is ("pledge/IMRF-2022-0001", PledgeEvent.Recorded));

    private static readonly string Position = Pledge.ToString(CultureInfo.InvariantCulture);

    private static readonly string[] Order = ["--authority", "A court", "--reason", "It names a child.", "--by", First, "--cleared-by", Second];

    [Fact]
    public async Task What_is_withheld_is_in_no_file_no_view_and_no_output_and_every_proof_stays()
    {
        using var folder = await FolderAsync();
        var old = Path.Combine(Directory.CreateTempSubdirectory("pledge-redact-").FullName, "old.jsonl");
        (await Tool.RunAsync(folder.Path, "redact", "--allow", "--reason", "A court may order it.")).Succeeded();
        (await Tool.RunAsync(folder.Path, "backup", old)).Succeeded();
        var before = (await Tool.RunAsync(folder.Path, "verify", "--json")).Json();
        var size = before.GetProperty("size").GetInt64();
        var views = await ViewsAsync(folder, size);
        Assert.Contains(views, v => v.Contains(Passage, StringComparison.Ordinal));

        var dry = await Tool.RunAsync(folder.Path, ["redact", Position, "--replace", Passage, .. Order, "--dry-run"]);
        Assert.Contains("would be withheld in entry", dry.Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("content.text: [withheld], whatever its papers say.", dry.Output, StringComparison.Ordinal);
        // The amendment says it again.
        Assert.Contains($"stands in entry, too\t{Registries.SampleHistory.ToList().FindIndex(h => h is ("pledge/IMRF-2022-0001", { } e) && e is PledgeEvent.Amended)}", dry.Output, StringComparison.Ordinal);
        Assert.Equal(before.GetProperty("contentHash").ToString(), (await Tool.RunAsync(folder.Path, "verify", "--json")).Json().GetProperty("contentHash").ToString());

        var done = await Tool.RunAsync(folder.Path, ["redact", Position, "--replace", Passage, .. Order]);
        Assert.Contains($"by entry\t{size}", done.Succeeded().Output, StringComparison.Ordinal);
        // In every entry that says it: then it is in no file.
        foreach (var also in done.Lines.Where(l => l.StartsWith("stands in entry, too", StringComparison.Ordinal)).Select(l => l.Split('\t')[1]))
        {
            var more = await Tool.RunAsync(["--data", folder.Path, "redact", also, "--replace", "-", .. Order], Passage + "\n", new Dictionary<string, string>());
            Assert.DoesNotContain("Every migrant child is", more.Succeeded().Output + more.Error, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Passage)) >= 0);
        Assert.DoesNotContain(Passage, dry.Output + dry.Error + done.Output + done.Error, StringComparison.Ordinal);

        var verified = await Tool.RunAsync(folder.Path, "verify", "--root", before.GetProperty("root").ToString(), "--size", size.ToString(CultureInfo.InvariantCulture));
        Assert.Contains($"withheld\tentry {Pledge}, withheld by entry {size}", verified.Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("by entry " + size + ", on the authority of A court (because: It names a child.)", (await Tool.RunAsync(folder.Path, "history", "IMRF-2022-0001")).Succeeded().Output, StringComparison.Ordinal);
        // The same views of the same size, but for the passage.
        var now = await ViewsAsync(folder, size);
        Assert.Equal(views.Select(v => v.Replace(Passage, Withholding.Mark, StringComparison.Ordinal)), now);

        // A backup made since is as good as the log; one made before is taken for what it is.
        var since = Path.Combine(folder.Path, "since.jsonl");
        (await Tool.RunAsync(folder.Path, "backup", since)).Succeeded();
        using var fresh = new TemporaryFolder();
        var target = Path.Combine(fresh.Path, "new");
        (await Tool.RunAsync(target, "restore", since)).Succeeded();
        Assert.Equal((await Tool.RunAsync(folder.Path, "verify", "--json")).Json().GetProperty("contentHash").ToString(), (await Tool.RunAsync(target, "verify", "--json")).Json().GetProperty("contentHash").ToString());
        Assert.Equal(now, await ViewsAsync(target, size));
        File.Delete(folder.Log);
        (await Tool.RunAsync(folder.Path, "restore", old)).FailedWith(1, "older than what was known");
        (await Tool.RunAsync(folder.Path, "restore", old, "--accept-rollback")).FailedWith(1, $"before something of entry {Pledge} was withheld");
        Assert.False(File.Exists(folder.Log));
        Assert.Contains("Withhold it again", (await Tool.RunAsync(folder.Path, "restore", old, "--accept-rollback", "--accept-withheld")).Succeeded().Error, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(old)!, recursive: true);
    }

    [Fact]
    public async Task Nothing_is_withheld_that_may_not_be_and_the_passage_is_not_repeated()
    {
        using var folder = await FolderAsync();
        async Task Refused(string message, string position, string passage, params string[] change)
        {
            string[] order = [.. Order];
            for (var i = 0; i < change.Length; i += 2)
            {
                order[Array.IndexOf(order, change[i]) + 1] = change[i + 1];
            }
            var run = (await Tool.RunAsync(folder.Path, ["redact", position, "--replace", passage, .. order])).FailedWith(1, message);
            Assert.DoesNotContain(Passage, run.Error, StringComparison.Ordinal);
        }
        await Refused("until an administrator allows it", Position, Passage);
        (await Tool.RunAsync(folder.Path, "redact", "--allow", "--reason", "A court may order it.")).Succeeded();
        var contentHash = (await Tool.RunAsync(folder.Path, "verify", "--json")).Json().GetProperty("contentHash").ToString();
        await Refused("There is no entry 9999", "9999", Passage);
        await Refused("is of the registry itself", "0", "Sample");
        await Refused($"Passage 1 of 1 stands in no text of entry {Position}", Position, Passage + " and every other");
        await Refused("isn't appointed", Position, Passage, "--by", "a-zzzzzzzzzzzzzzzzzzzzzzzzzz");
        await Refused("isn't an administrator", Position, Passage, "--cleared-by", "a-zzzzzzzzzzzzzzzzzzzzzzzzzz");
        await Refused("Somebody else than who records this clears it", Position, Passage, "--cleared-by", First);
        // Codes: of a kind of pledge, which couldn't be read; of a meeting, which would lead nowhere.
        await Refused("couldn't be read any more", Position, "pledge");
        await Refused("or would lead nowhere", Enumerable.Range(0, Registries.SampleHistory.Count).First(i => Registries.SampleHistory[i].Event is PledgeRegistry.Initiatives.InitiativeEvent.Recorded).ToString(CultureInfo.InvariantCulture), "RCM-2016-XXI");
        (await Tool.RunAsync(folder.Path, "redact", "--disallow", "--reason", "Done.")).Succeeded();
        await Refused("until an administrator allows it", Position, Passage);
        (await Tool.RunAsync(folder.Path, "redact", "--allow", "--reason", "A court may order it.")).Succeeded();
        // Whoever works at the machine, with an administrator.
        (await Tool.RunAsync(folder.Path, ["redact", Position, "--replace", Passage, .. Order[..4], "--by", "operator", "--cleared-by", Second])).Succeeded();
        await Refused("was withheld already, by entry", Position, Passage);
        (await Tool.RunAsync(folder.Path, "redact", "--clean")).Succeeded();
        Assert.NotEqual(contentHash, (await Tool.RunAsync(folder.Path, "verify", "--json")).Json().GetProperty("contentHash").ToString());
    }

    [Fact]
    public async Task While_a_host_runs_the_file_nothing_is_withheld()
    {
        using var folder = await FolderAsync();
        await using var host = SqliteLog.OpenForWriting(folder.Log);
        (await Tool.RunAsync(folder.Path, ["redact", Position, "--replace", Passage, .. Order])).FailedWith(1, "is being written by another process");
    }

    [Theory]
    [InlineData("redact", "Give the number of an entry")]
    [InlineData("redact 3 --allow --reason x", "Give the number of an entry")]
    [InlineData("redact 3", "--replace: This is needed")]
    [InlineData("redact 3 --replace x --authority y --reason z --by a", "--cleared-by: This is needed")]
    [InlineData("redact --allow", "--reason: Say why.")]
    public async Task What_is_needed_is_asked_for(string line, string message) =>
        (await Tool.RunAsync(registries.Sample, line.Split(' '))).FailedWith(2, message);

    [Fact]
    public async Task A_passage_that_can_be_in_no_text_is_refused()
    {
        string[] command = ["redact", Position, .. Order, "--dry-run", "--replace"];
        (await Tool.RunAsync(registries.Sample, [.. command, "a \uFFFE b"])).FailedWith(2, "--replace: A passage has a character that no text can have");
        (await Tool.RunAsync(["--data", registries.Sample, .. command, "-"], "a \uFFFE b\n", new Dictionary<string, string>())).FailedWith(2, "--replace: A passage has a character that no text can have");
    }

    // A copy of the sample in which two are administrators.
    private async Task<TemporaryFolder> FolderAsync()
    {
        var folder = TemporaryFolder.CopyOf(registries.Sample);
        await using var log = SqliteLog.OpenForWriting(folder.Log);
        using var record = new HeadRecord(folder.HeadRecord);
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, [], record);
        await using var writer = new RegistryWriter(registry, new ManualTimeProvider());
        foreach (var (participant, actor) in new[] { ("CRI", First), ("HND", Second) })
        {
            Assert.IsType<Outcome.Recorded>(await writer.SubmitAsync(new AppointActor(participant, actor, ActorRole.Administrator, ActorId.Registry, new EffectiveDate("2020"), null), SampleRegistry.Author, actor));
        }
        return folder;
    }

    private static Task<List<string>> ViewsAsync(TemporaryFolder folder, long size) => ViewsAsync(folder.Path, size);

    private static async Task<List<string>> ViewsAsync(string folder, long size)
    {
        var views = new List<string>();
        foreach (var verb in new string[][] { ["grid"], ["follow-up", "2022"], ["coverage", "gcm/2018"], ["clock"], ["show", "IMRF-2022-0001"], ["replay"] })
        {
            string[] basis = verb[0] == "replay" ? ["--to", (size - 1).ToString(CultureInfo.InvariantCulture)] : ["--size", size.ToString(CultureInfo.InvariantCulture), "--on", "2026-11-22"];
            views.Add((await Tool.RunAsync(folder, [.. verb, .. basis])).Succeeded().Output);
        }
        return views;
    }
}
