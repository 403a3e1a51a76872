using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Tests.OpeningData;

/// <summary>A registry into which the opening data was loaded through the commands, once for all tests that only read it.</summary>
public sealed class LoadedRegistry : IAsyncLifetime
{
    internal Given Given { get; private set; } = null!;

    /// <summary>Everything that was recorded.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Given = (await Given.OnLogAsync(new InMemoryLog())).On("2026-11-21");
        await Loader.LoadAsync(Given.Mediator, FiveDocuments.Steps(demonstration: false));
        Entries = [.. (await Given.EntriesAsync()).Select(e => EntryCodec.Current.Decode(e.Bytes.Span))];
    }

    public Task DisposeAsync() => Given.DisposeAsync().AsTask();

    /// <summary>The events of one sort, each with the id of what it is about.</summary>
    public IEnumerable<(string Id, TEvent Event)> All<TEvent>() =>
        Entries.Where(e => e.Event is TEvent).Select(e => (e.Stream[(e.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..], (TEvent)e.Event));

    /// <summary>The pledges, each by its key in the data.</summary>
    public IEnumerable<(string Key, PledgeContent Content)> Pledges() =>
        FiveDocuments.PledgeKeys().Zip(All<PledgeEvent.Recorded>(), (key, recorded) => (key, recorded.Event.Content));

    public FrameworkEvent.ItemAdded[] Items(string framework) => [.. All<FrameworkEvent.ItemAdded>().Where(i => i.Id == framework).Select(i => i.Event)];

    /// <summary>Who has a role in a scope, in order of code.</summary>
    public string[] WithRole(string role, string scope) =>
        [.. All<ParticipantEvent.RoleStarted>().Where(r => r.Event.Role == role && r.Event.Scope == scope).Select(r => r.Id).Order(StringComparer.Ordinal)];
}

[CollectionDefinition(Name)]
public sealed class OpeningDataCollection : ICollectionFixture<LoadedRegistry>
{
    public const string Name = "opening data";
}
