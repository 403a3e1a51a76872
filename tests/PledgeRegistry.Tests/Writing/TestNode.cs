using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>A registry with its writer, on a log whose faults are at hand, by a clock that stands still.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly Follower? follower;

    private TestNode(FaultyLog log, Registry registry, Seen seen, TimeProvider clock, WriterOptions? options, Follower? follower)
    {
        (Log, Registry, Seen, this.follower) = (log, registry, seen, follower);
        Writer = new RegistryWriter(registry, clock, options, follower);
    }

    public FaultyLog Log { get; }
    public Registry Registry { get; }
    public RegistryWriter Writer { get; }
    public Seen Seen { get; }

    /// <summary>How many entries the sample has: the position of the first that a test adds.</summary>
    public static int Start => SampleRegistry.History.Count;

    public static async Task<TestNode> OpenAsync(IEventLog? log = null, TimeProvider? clock = null, WriterOptions? options = null, bool follows = false)
    {
        clock ??= new ManualTimeProvider();
        var faulty = log as SharedFaultyLog ?? new FaultyLog(log ?? await EntryChain.SampleLogAsync());
        var seen = new Seen();
        var registry = await Registry.OpenAsync(faulty, EntryCodec.Current, [seen]);
        return new TestNode(faulty, registry, seen, clock, options, follows ? await Follower.StartAsync(registry, clock, options) : null);
    }

    /// <summary>Sends a command. One that is never answered fails its test instead of holding it up for ever.</summary>
    public Task<Outcome> SubmitAsync(ICommand command, string? key = null, string actor = "a-01", CancellationToken cancel = default) =>
        Writer.SubmitAsync(command, new Author(actor, Author.Operator, null), key ?? Guid.NewGuid().ToString(), cancel)
            .WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    public async Task<Receipt> RecordAsync(ICommand command, string? key = null, string actor = "a-01") =>
        Assert.IsType<Outcome.Recorded>(await SubmitAsync(command, key, actor)).Receipt;

    /// <summary>A command that is always accepted, once a number: it makes one entry in a stream of its own.</summary>
    public static RegisterSource Source(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"source-{number}"), "A title", null, "en", null, new string('b', 64), null, null);

    /// <summary>Everything that is in the log, read from the log.</summary>
    public async Task<List<Entry>> EntriesAsync()
    {
        var entries = new List<Entry>();
        while (await Log.ReadAsync(entries.Count, 1000) is { Count: > 0 } read)
        {
            entries.AddRange(read.Select(r => EntryCodec.Current.DecodeReference(r.Bytes.Span)));
        }
        return entries;
    }

    /// <summary>Waits until something holds; fails after a minute.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            Assert.True(i < 12_000, "It didn't come to pass within a minute.");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Log.Release();
        Log.ReleaseReads();
        await Writer.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        if (follower is not null)
        {
            await follower.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}

/// <summary>A projection that keeps every entry: what readers see of it must agree with the head.</summary>
internal sealed class Seen : IProjection
{
    private readonly AppendOnlyList<Entry> entries = new();

    /// <summary>Thrown at this position, if one is given.</summary>
    public long? FailsAt { get; set; }

    public int Count => entries.Count;

    public Entry this[long position] => entries[(int)position];

    public void Apply(Entry entry)
    {
        if (entry.Position == FailsAt)
        {
            throw new InvalidOperationException("The projection failed (a fault of the test).");
        }
        entries.Add(entry);
    }
}
