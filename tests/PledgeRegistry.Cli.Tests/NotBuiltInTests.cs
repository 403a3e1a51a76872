using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Engines;
using Xunit;

namespace PledgeRegistry.Cli.Tests;

/// <summary>Who names an engine that isn't in the build is told how to build it in.</summary>
public sealed class NotBuiltInTests
{
    [Theory]
    [InlineData("esdb://localhost:2113?tls=false", "-p:EventStoreDb=true")]
    [InlineData("esdb+discover://localhost:2113", "-p:EventStoreDb=true")]
    [InlineData("kurrentdb://localhost:2113", "-p:EventStoreDb=true")]
    [InlineData("marten:Host=localhost", "-p:Marten=true")]
    public async Task An_engine_that_is_not_built_in_says_how_to_build_it_in(string address, string property)
    {
        var log = LogAddress.Parse(address);
        // Both are what the host and the tool print.
        foreach (var open in new Func<Task>[] { () => Engine.OpenForReadingAsync(log), () => Engine.OpenForWritingAsync(log) })
        {
            var refused = await Assert.ThrowsAsync<LogAddressException>(open);
            Assert.Contains("isn't in this build", refused.Message, StringComparison.Ordinal);
            Assert.Contains(property, EngineFault.Explain(refused, log.ToString()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_tool_says_so_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        (await Tool.RunAsync(folder.Path, "verify", "--log", "esdb://localhost:2113?tls=false")).FailedWith(1, "-p:EventStoreDb=true");
    }
}
