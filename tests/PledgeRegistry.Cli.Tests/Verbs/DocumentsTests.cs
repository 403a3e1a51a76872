using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary><c>pledge documents</c> in a build without Marten; what it stores is tested with that engine.</summary>
[Collection(ReadingRegistries.Name)]
public sealed class DocumentsTests(Registries registries)
{
    [Fact]
    public async Task Without_Marten_in_the_build_it_says_how_to_build_it_in() =>
        (await Tool.RunAsync(registries.Sample, "documents", "--into", "marten:Host=db")).FailedWith(1, "-p:Marten=true");

    [Fact]
    public async Task Another_engine_keeps_no_documents() =>
        (await Tool.RunAsync(registries.Sample, "documents", "--into", "postgres:Host=db;Password=secret")).FailedWith(2, "Documents are stored in marten:CONNECTION");
}
