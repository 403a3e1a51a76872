using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Tests.Log;

public sealed class InMemoryLogContractTests : EventLogContract
{
    protected override Task<IEventLog> OpenLogAsync() => Task.FromResult<IEventLog>(new InMemoryLog());

    protected override Task<IEventLog> OpenReaderAsync() => Task.FromResult(Log);
}
