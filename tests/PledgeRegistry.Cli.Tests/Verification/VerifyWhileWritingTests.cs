using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verification;

[Collection(ReadingRegistries.Name)]
public sealed class VerifyWhileWritingTests(Registries registries)
{
    [Fact]
    public async Task A_log_that_grows_meanwhile_is_green_and_readable()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        await using var log = SqliteLog.OpenForWriting(folder.Log);
        using var record = new HeadRecord(folder.HeadRecord);
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, new ReadModels().All, record);
        await using var writer = new RegistryWriter(registry, new SteppingClock());
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var pledge = new RecordPledge(SampleRegistry.Pledge() with { Title = $"Pledge {i}" }, []);
                Assert.IsType<Outcome.Recorded>(await writer.SubmitAsync(pledge, SampleRegistry.Author, $"key-{i}"));
                await Task.Delay(5);
            }
        });
        try
        {
            var sizes = new List<long>();
            for (var i = 0; i < 4; i++)
            {
                var json = (await Tool.RunAsync(folder.Path, "verify", "--json")).Json();
                Assert.True(json.GetProperty("lastKnown").GetProperty("size").GetInt64() <= json.GetProperty("size").GetInt64());
                sizes.Add(json.GetProperty("size").GetInt64());
                (await Tool.RunAsync(folder.Path, "show", "CRI")).Succeeded();
            }
            Assert.Equal(sizes.Distinct().Order(), sizes);
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }
    }
}
