using System.Globalization;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Log;
using PledgeRegistry.LogContract;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Published;
using PledgeRegistry.Transparency.Tiles;
using Xunit;
using Xunit.Abstractions;

namespace PledgeRegistry.Cli.Tests.Published;

/// <summary>
/// Random changes of what is published and of what is stored: none is accepted. A few hundred here; <c>tools/mutations.sh</c> runs
/// as many as it is told, by <see cref="CountVariable"/> and <see cref="SeedVariable"/>.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const string CountVariable = "PLEDGEREGISTRY_MUTATIONS", SeedVariable = "PLEDGEREGISTRY_MUTATION_SEED";

    // So few of the mutations are given to the auditor in Go, which is a process each.
    private const int EachForGo = 25;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable(CountVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 300;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    [Fact]
    public async Task No_change_of_a_published_file_is_accepted()
    {
        var seed = Seed;
        var random = new Random(seed);
        using var sample = await PublishedSample.MakeAsync(270);
        using TemporaryFolder now = new(), before = new();
        await sample.PublishAsync(before.Path, 260);
        await sample.PublishAsync(now.Path);
        var (good, older) = (FilesInMemory.Read(now.Path), FilesInMemory.Read(before.Path));
        Assert.Equal(PublishedResult.Verified, (await PublishedRegistry.VerifyAsync(good, sample.Keys)).Result);
        Assert.Equal(PublishedResult.Verified, (await PublishedRegistry.VerifyAsync(older, sample.Keys)).Result);
        var figures = new MutationFigures();
        var byGo = 0;
        for (var i = 0; i < Count; i++)
        {
            var (files, what, path) = Mutations.ChangeFile(good, older, random);
            var report = await PublishedRegistry.VerifyAsync(files, sample.Keys);
            Assert.True(report.Result != PublishedResult.Verified, $"seed {seed}, mutation {i} ({what} of {path}) was accepted");
            figures.Add(what, report.Log.SignedBy.Count > 0 && report.Log.Entries > 0);
            if (i % EachForGo == 0)
            {
                byGo++;
                using var folder = new TemporaryFolder();
                files.Write(folder.Path);
                var (exitCode, said) = await Auditor.RunAsync(folder.Path, sample.Keys[0].ToString(), sample.Keys[1].ToString(), [Path.Combine(folder.Path, "checkpoint")]);
                Assert.True(exitCode == 1, $"seed {seed}, mutation {i} ({what} of {path}) was accepted by Go's packages: {said}");
            }
        }
        Report($"published files, seed {seed}: {figures}; of these {byGo} by Go's packages too; none accepted");
        Assert.True(figures.PastFirst * 10 > figures.Done * 3, figures.ToString());
    }

    [Fact]
    public async Task No_change_of_a_stored_row_is_accepted()
    {
        var seed = Seed;
        var random = new Random(seed);
        using var sample = await PublishedSample.MakeAsync(270);
        using var folder = new TemporaryFolder();
        await sample.PublishAsync(folder.Path);
        var good = Tile.Of(sample.Size).Where(t => t.Level == Tile.Entries)
            .SelectMany(t => TileContent.ReadEntries(File.ReadAllBytes(Path.Combine(folder.Path, t.Path)), t.Width)).Select(b => StoredEntry.Of(b.ToArray())).ToList();
        var published = (sample.Tree.Root(sample.Size), (long?)sample.Size);
        Task<LogVerdict> VerifyAsync(IReadOnlyList<StoredEntry> rows) =>
            new LogVerifier(new RowsInMemory(rows), EntryCodec.Current, new ReadModels().All).VerifyAsync(null, published, contentHash: false);
        Assert.True((await VerifyAsync(good)).Sound);
        var figures = new MutationFigures();
        for (var i = 0; i < Count; i++)
        {
            var (rows, what) = Mutations.ChangeRows(good, random);
            var verdict = await VerifyAsync(rows);
            Assert.False(verdict.Sound, $"seed {seed}, mutation {i} ({what}) was accepted");
            figures.Add(what, verdict.Size > 0);
        }
        Report($"stored rows, seed {seed}: {figures}; none accepted");
        Assert.True(figures.PastFirst * 10 > figures.Done * 3, figures.ToString());
    }

    /// <summary>A whole older state is a log like any other; that it isn't the last is what an older checkpoint is kept for.</summary>
    [Fact]
    public async Task A_publication_that_was_rolled_back_is_known_by_the_checkpoint_that_somebody_kept()
    {
        using var sample = await PublishedSample.MakeAsync(270);
        using var folder = new TemporaryFolder();
        await sample.PublishAsync(folder.Path, 260);
        var kept = sample.Checkpoint();
        File.WriteAllText(Path.Combine(folder.Path, "kept"), kept);
        Assert.Equal(PublishedResult.Verified, (await sample.VerifyAsync(folder.Path)).Result);
        var run = await Tool.RunAsync(folder.Path, "verify", "--published", folder.Path, "--key", sample.Keys[1].ToString(), "--since", Path.Combine(folder.Path, "kept"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("rolled back", run.Error, StringComparison.Ordinal);
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("PLEDGEREGISTRY_MUTATION_REPORT") is { Length: > 0 } file)
        {
            File.AppendAllText(file, $"{line}\n");
        }
    }
}
