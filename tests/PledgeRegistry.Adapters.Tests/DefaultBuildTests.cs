using System.Reflection;

namespace PledgeRegistry.Adapters.Tests;

/// <summary>What a build without the opt-in properties has of the opt-in engines: nothing.</summary>
public sealed class DefaultBuildTests
{
    [Theory]
    [InlineData("PledgeRegistry.EventStoreDb")]
    [InlineData("PledgeRegistry.Marten")]
    public void Without_its_property_an_engine_s_assembly_is_empty(string name) =>
        Assert.DoesNotContain(Assembly.Load(name).GetTypes(), t => t.Namespace?.StartsWith("PledgeRegistry", StringComparison.Ordinal) == true);

    [Fact]
    public void No_package_of_an_opt_in_engine_is_in_the_output() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(Path.GetFileName), f =>
            f!.StartsWith("EventStore.", StringComparison.Ordinal) || f.StartsWith("Marten", StringComparison.Ordinal)
            || f.StartsWith("JasperFx", StringComparison.Ordinal) || f.StartsWith("Grpc.", StringComparison.Ordinal));
}
