namespace PledgeRegistry.EventStoreDb.Tests;

/// <summary>The server that the tests run against.</summary>
internal static class TestServer
{
    private const string Variable = "PLEDGEREGISTRY_TEST_ESDB";

    public static string WithStreamOfItsOwn()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.False(string.IsNullOrWhiteSpace(server), $"Name a server that may be written to: {Variable}=esdb://localhost:2113?tls=false");
        return $"{server}{(server.Contains('?', StringComparison.Ordinal) ? '&' : '?')}stream=pledge-registry-test-{Guid.NewGuid():N}";
    }
}
