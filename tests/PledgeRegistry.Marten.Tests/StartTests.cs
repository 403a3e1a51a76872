namespace PledgeRegistry.Marten.Tests;

public sealed class StartTests : IAsyncLifetime
{
    private readonly string schema = TestDatabase.NewSchema();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => TestDatabase.RemoveAsync(schema);

    [Fact]
    public async Task Any_number_may_open_it_at_once_where_there_are_no_tables_yet()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            i % 2 == 0 ? MartenLog.OpenForWritingAsync(TestDatabase.Server, schema) : MartenLog.OpenForReadingAsync(TestDatabase.Server, schema)));
        foreach (var log in opened)
        {
            Assert.Empty(await log.ReadAsync(0, 1));
            await log.DisposeAsync();
        }
    }
}
