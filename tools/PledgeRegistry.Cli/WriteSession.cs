using MediatR;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli;

/// <summary>A registry opened for writing by the tool: no host runs on it, where its log is this machine's own.</summary>
internal sealed class WriteSession : IAsyncDisposable
{
    private readonly IEventLog log;
    private readonly HeadRecord? record;
    private readonly RegistryWriter writer;

    private WriteSession(IEventLog log, HeadRecord? record, Registry registry, RegistryWriter writer, IMediator mediator) =>
        (this.log, this.record, Registry, this.writer, Mediator) = (log, record, registry, writer, mediator);

    public Registry Registry { get; }
    public IMediator Mediator { get; }

    /// <param name="wrap">What the log is written through.</param>
    /// <exception cref="CommandFailedException">There is no registry in it, or it can't be read to its end.</exception>
    public static async Task<WriteSession> OpenAsync(DataFolder folder, LogAddress address, Func<IEventLog, IEventLog> wrap, CancellationToken cancel)
    {
        if (address.Engine == EngineNames.Sqlite && !File.Exists(address.Place))
        {
            throw new FileNotFoundException(address.Place);
        }
        // A log that several nodes share may have one in this folder, which keeps the record then.
        var known = address.IsShared ? HeadRecord.TryRead(address.HeadRecord(folder)) : null;
        var log = await Engine.OpenForWritingAsync(address, cancel);
        HeadRecord? record = null;
        try
        {
            record = address.IsShared ? null : new HeadRecord(address.HeadRecord(folder));
            var models = new ReadModels();
            var registry = await Registry.OpenAsync(wrap(log), EntryCodec.Current, models.All, record, read => CommonOptions.Say($"{read} entries read and checked"), cancel);
            known?.Check(registry.Tree);
            if (registry.Stopped is { } stopped)
            {
                throw new CommandFailedException($"Nothing was changed. {stopped}");
            }
            if (registry.State.Names is null)
            {
                throw new CommandFailedException("There is no registry in this log yet. Make one with 'pledge load', or by starting the host.");
            }
            var writer = await ToolWriter.OpenAsync(registry, cancel);
            return new WriteSession(log, record, registry, writer, Handlers.Mediator(registry, models, writer));
        }
        catch
        {
            record?.Dispose();
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>Records something, or fails with the reasons why not.</summary>
    public async Task<Receipt?> SendAsync<T>(T command, Author author, CancellationToken cancel) where T : class, ICommand =>
        await Mediator.Send(new Submit<T>(command, author, Guid.NewGuid().ToString("N")), cancel) switch
        {
            Outcome.Recorded recorded => recorded.Receipt,
            Outcome.NothingNew => null,
            Outcome.Refused refused => throw new CommandFailedException($"Nothing was changed. {string.Join(' ', refused.Reasons.Select(r => r.Message))}"),
            Outcome.Unavailable unavailable => throw new CommandFailedException(unavailable.Reason),
            Outcome.Unknown unknown => throw new CommandFailedException($"Whether it was recorded isn't known: {unknown.Reason} See 'pledge verify'."),
            var other => throw new CommandFailedException($"It could not be recorded ({other})."),
        };

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        record?.Dispose();
        await log.DisposeAsync();
    }
}
