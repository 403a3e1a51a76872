using Npgsql;

namespace PledgeRegistry.Marten.Tests;

/// <summary>The database that the tests run against.</summary>
internal static class TestDatabase
{
    private const string Variable = "PLEDGEREGISTRY_TEST_POSTGRES";

    public static string Server
    {
        get
        {
            var server = Environment.GetEnvironmentVariable(Variable);
            Assert.False(string.IsNullOrWhiteSpace(server), $"Name a database in which schemas may be made: {Variable}=\"Host=localhost;Database=test;Username=…;Password=…\"");
            return server;
        }
    }

    public static string NewSchema() => $"pledge_registry_test_{Guid.NewGuid():N}";

    public static async Task RemoveAsync(string schema)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"drop schema if exists {schema} cascade", connection);
        await command.ExecuteNonQueryAsync();
    }
}
