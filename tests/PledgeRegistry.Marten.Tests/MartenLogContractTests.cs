using Npgsql;
using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Marten.Tests;

/// <summary>Every test has a schema of its own in the database that PLEDGEREGISTRY_TEST_POSTGRES names, and removes it.</summary>
public sealed class MartenLogContractTests : DurableEventLogContract
{
    private const string Variable = "PLEDGEREGISTRY_TEST_POSTGRES";

    private readonly string schema = $"pledge_registry_test_{Guid.NewGuid():N}";

    protected override int BatchesAnAppender => 10;

    private static string Server
    {
        get
        {
            var server = Environment.GetEnvironmentVariable(Variable);
            Assert.False(string.IsNullOrWhiteSpace(server), $"Name a database in which schemas may be made: {Variable}=\"Host=localhost;Database=test;Username=…;Password=…\"");
            return server;
        }
    }

    protected override async Task<IEventLog> OpenLogAsync() => await MartenLog.OpenForWritingAsync(Server, schema);

    protected override async Task<IEventLog> OpenReaderAsync() => await MartenLog.OpenForReadingAsync(Server, schema);

    protected override async Task<IEventLog> OpenAnotherWriterAsync() => await MartenLog.OpenForWritingAsync(Server, schema);

    protected override async Task RemoveLogAsync()
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"drop schema if exists {schema} cascade", connection);
        await command.ExecuteNonQueryAsync();
    }
}
