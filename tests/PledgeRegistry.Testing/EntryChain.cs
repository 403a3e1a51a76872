using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Testing;

/// <summary>Makes entries that follow one another as the writer's do, without a writer: to fill a log, or to damage one.</summary>
public sealed class EntryChain
{
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);

    /// <summary>The end of the log that holds all that was made so far.</summary>
    public LogHead Head { get; private set; } = LogHead.Empty;

    public DateTimeOffset Time { get; set; } = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The next entry of a stream; <paramref name="change"/> may spoil it first.</summary>
    public StoredEntry Next(string stream, IEvent happened, Func<Entry, Entry>? change = null)
    {
        var version = versions.GetValueOrDefault(stream);
        Time += TimeSpan.FromMilliseconds(1);
        var command = Hash.Of(BitConverter.GetBytes(Head.Size));
        var entry = new Entry(Head.Size, stream, version, Guid.CreateVersion7(Time), EventTypes.NameOf(happened), Time,
            "a-01", "secretariat", null, command, command, "c", null, happened);
        entry = change?.Invoke(entry) ?? entry;
        var stored = StoredEntry.Of(EntryCodec.Encode(entry, StoredJson.Encode(happened)));
        versions[stream] = version + 1;
        Head = new LogHead(Head.Size + 1, stored.Leaf);
        return stored;
    }

    /// <summary>Appends events to a log that holds what was made so far and nothing else.</summary>
    public async Task AppendToAsync(IEventLog log, IEnumerable<(string Stream, IEvent Event)> happened)
    {
        foreach (var batch in happened.Chunk(IEventLog.MaxBatchEntries))
        {
            var expected = Head;
            var entries = batch.Select(h => Next(h.Stream, h.Event)).ToList();
            if (await log.AppendAsync(expected, entries) is var outcome and not AppendOutcome.Appended)
            {
                throw new InvalidOperationException($"The log answered {outcome}.");
            }
        }
    }

    /// <summary>A log in memory with <see cref="SampleRegistry.History"/> in it.</summary>
    public static async Task<InMemoryLog> SampleLogAsync()
    {
        var log = new InMemoryLog();
        await new EntryChain().AppendToAsync(log, SampleRegistry.History);
        return log;
    }
}
