using EventStore.Client;
using PledgeRegistry.Log;

namespace PledgeRegistry.EventStoreDb.Tests;

public sealed class RefusalTests
{
    private readonly string connectionString = TestServer.WithStreamOfItsOwn();

    private string Stream => connectionString[(connectionString.IndexOf("stream=", StringComparison.Ordinal) + "stream=".Length)..];

    [Theory]
    [InlineData("$maxAge")]
    [InlineData("$maxCount")]
    [InlineData("$tb")]
    public async Task A_stream_that_forgets_is_refused(string setting)
    {
        await WithClientAsync(client => client.SetStreamMetadataAsync(Stream, StreamState.Any, setting switch
        {
            "$maxAge" => new StreamMetadata(maxAge: TimeSpan.FromDays(1)),
            "$maxCount" => new StreamMetadata(maxCount: 1000),
            _ => new StreamMetadata(truncateBefore: StreamPosition.FromInt64(1)),
        }));
        var refused = await Assert.ThrowsAsync<LogRefusedException>(() => EventStoreDbLog.OpenForWritingAsync(connectionString));
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_was_deleted_is_refused(bool forGood)
    {
        await using (var log = await EventStoreDbLog.OpenForWritingAsync(connectionString))
        {
            Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(LogHead.Empty, [StoredEntry.Of("{}"u8.ToArray())]));
        }
        await WithClientAsync(client => forGood ? client.TombstoneAsync(Stream, StreamState.Any) : client.DeleteAsync(Stream, StreamState.Any));
        await Assert.ThrowsAsync<LogRefusedException>(() => EventStoreDbLog.OpenForWritingAsync(connectionString));
    }

    private async Task WithClientAsync(Func<EventStoreClient, Task> use)
    {
        var (client, _) = Connection.Open(connectionString);
        await using (client)
        {
            await use(client);
        }
    }
}
