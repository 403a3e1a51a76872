using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>A redaction as the writer records it, and what a log must be like after it.</summary>
public sealed class RedactedLogTests
{
    private const string Secret = "Primary care", Second = "a-ssssssssssssssssssssssssss";

    // The sample, an administrator, the permission, a pledge, and something after it.
    private static readonly long Pledge = SampleRegistry.History.Count + 2;

    private static readonly (string, IEvent)[] Before =
    [
        ("participant/HND", new ParticipantEvent.ActorAppointed(Second, ActorRole.Administrator, ActorId.Registry, new EffectiveDate("2020"), null)),
        ("registry", new RegistryEvent.RedactionAllowed(Allowed: true, "ordered")),
        ("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(SampleRegistry.Pledge())),
        ("registry", new RegistryEvent.OpeningDataLoaded("set", "1")),
    ];

    [Fact]
    public async Task What_is_withheld_is_gone_and_every_leaf_stays()
    {
        var log = await LogAsync();
        var (was, before) = (await AllAsync(log), await Registry.OpenAsync(log, EntryCodec.Current, []));
        var receipt = Assert.IsType<Outcome.Recorded>(await RedactAsync(log)).Receipt;
        Assert.Equal((was.Count, 2, "registry"), (receipt.Position, receipt.Count, receipt.Stream));

        var now = await AllAsync(log);
        Assert.Equal(was.Select(e => e.Leaf), now.Take(was.Count).Select(e => e.Leaf));
        Assert.Equal([Pledge], Enumerable.Range(0, was.Count).Where(i => !was[i].Bytes.Span.SequenceEqual(now[i].Bytes.Span)).Select(i => (long)i));
        Assert.DoesNotContain(now, e => Encoding.UTF8.GetString(e.Bytes.Span).Contains(Secret, StringComparison.Ordinal));

        var seen = new Seen();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, [seen]);
        Assert.Null(registry.Stopped);
        Assert.Equal(before.Head.Root, registry.Tree.Root(was.Count));
        var (original, withheld) = (EntryCodec.Current.Decode(was[(int)Pledge].Bytes.Span), await registry.ReadAsync(Pledge));
        Assert.Equal(receipt.Position, withheld.WithheldBy);
        Assert.Equal("[withheld] for every migrant child", ((PledgeEvent.Recorded)withheld.Event).Content.Title);
        Assert.Equal(original, withheld with { WithheldBy = null, Event = original.Event });
        Assert.Equal(DeepText.Of(withheld), DeepText.Of(seen[Pledge]));
        Assert.Equal(DeepText.Of(withheld), DeepText.Of(EntryCodec.Current.DecodeReference(now[(int)Pledge].Bytes.Span)));
        Assert.Equal(new ClearanceEvent.Given(Second), (await registry.ReadAsync(receipt.Position + 1)).Event);

        var proof = registry.Tree.InclusionProof(Pledge, registry.Head.Size);
        Assert.True(MerkleProof.VerifyInclusion(Pledge, registry.Head.Size, StoredEntry.LeafOf(now[(int)Pledge].Bytes), proof, registry.Head.Root));
        Assert.True(MerkleProof.VerifyConsistency(was.Count, registry.Head.Size, before.Head.Root, registry.Head.Root, registry.Tree.ConsistencyProof(was.Count, registry.Head.Size)));

        var verdict = await new LogVerifier(log, EntryCodec.Current, [new Seen()]).VerifyAsync();
        Assert.True(verdict.Sound, $"{verdict.Fault}");
        Assert.Equal([new WithheldEntry(Pledge, receipt.Position)], verdict.Withheld);
    }

    [Fact]
    public async Task No_writer_records_a_redaction_in_a_log_that_can_not_store_the_stub()
    {
        var log = await LogAsync();
        var size = (await AllAsync(log)).Count;
        Assert.Equal("redaction-elsewhere", Refused(await RedactAsync(log, with: log)));
        Assert.Equal("second-needed", Refused(await RedactAsync(log, by: new Author("pledge-tool", Author.Operator, null))));
        Assert.Equal("redaction-rewrites", Refused(await RedactAsync(log, change: r => r with { Replacement = r.Replacement.Replace("every", "no", StringComparison.Ordinal) })));
        Assert.Equal("entry-of-the-registry", Refused(await RedactAsync(log, change: r => r with { Position = 0 })));
        Assert.Equal(size, (await AllAsync(log)).Count);
        Assert.IsType<Outcome.Recorded>(await RedactAsync(log));
        Assert.Equal("entry-redacted", Refused(await RedactAsync(log)));
    }

    [Fact]
    public async Task A_redaction_is_a_batch_of_its_own_and_the_process_that_made_it_writes_no_more()
    {
        var log = await LogAsync();
        var registry = await Registry.OpenAsync(new RedactingLog(log, log), EntryCodec.Current, []);
        var redact = Command(await AllAsync(log));
        await using var writer = new RegistryWriter(registry, new ManualTimeProvider());
        var author = new Author("a-01", Author.Operator, null);
        var waiting = new List<Task<Outcome>>();
        await registry.Gate.WaitAsync();
        waiting.Add(writer.SubmitAsync(TestNode.Source(1), author, "1"));
        waiting.Add(writer.SubmitAsync(redact, author with { ClearedBy = Second }, "2"));
        waiting.Add(writer.SubmitAsync(TestNode.Source(2), author, "3"));
        registry.Gate.Release();
        var outcomes = await Task.WhenAll(waiting);
        // Decided at another head, the entry's hash is the same: its place isn't in it.
        var (first, second) = (Assert.IsType<Outcome.Recorded>(outcomes[0]), Assert.IsType<Outcome.Recorded>(outcomes[1]));
        Assert.Equal(first.Receipt.Position + 1, second.Receipt.Position);
        Assert.IsType<Outcome.Unavailable>(outcomes[2]);
        Assert.Equal(HindranceKind.Withheld, writer.Hindrance!.Kind);
        Assert.True(registry.Outdated.IsCompleted);
        Assert.True((await new LogVerifier(log, EntryCodec.Current, []).VerifyAsync()).Sound);
    }

    [Fact]
    public async Task A_node_that_read_the_whole_entry_stops_at_once_and_says_to_start_it_again()
    {
        var log = await LogAsync();
        await using var node = await TestNode.OpenAsync(log, follows: true);
        Assert.False(node.Registry.Outdated.IsCompleted);
        Assert.IsType<Outcome.Recorded>(await RedactAsync(log));
        await node.Registry.Outdated.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(HindranceKind.Withheld, node.Registry.Stop!.Kind);
        Assert.Contains("Start it again", node.Registry.Stopped!, StringComparison.Ordinal);
        Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1)));
        await using var again = await TestNode.OpenAsync(log, follows: true);
        await again.RecordAsync(TestNode.Source(1));
    }

    public static TheoryData<string, long, string> Damages() => new()
    {
        { "a stub without its entry", Pledge, "there is no such entry" },
        { "an entry without its stub", Pledge + 2, "which is there in full" },
        { "a stub that names another entry", Pledge + 2, "whose stub names entry" },
        { "a stub that names an earlier entry", Pledge, "doesn't come after it" },
        { "a stub with other data", Pledge + 2, "says something else" },
        { "a stub with another envelope", Pledge + 2, "says something else" },
        { "a stub with another leaf", Pledge, "don't match the leaf hash" },
        { "a stub of a stub", Pledge, "stub of a stub" },
        { "a stub that is cut off", Pledge, "don't match the leaf hash" },
        { "a stub of the registry's own", 0, "it is of the registry itself" },
        { "a redaction at the end that nobody cleared", Pledge + 2, "nobody cleared it" },
        { "a redaction that something else follows", Pledge + 3, "isn't its clearance" },
        { "a redaction cleared by another command", Pledge + 3, "isn't its clearance" },
        { "a redaction cleared by who made it", Pledge + 3, "isn't its clearance" },
        { "a redaction that nobody allowed", Pledge + 2, "nobody had allowed that" },
        { "a redaction that was no longer allowed", Pledge + 2, "nobody had allowed that" },
        { "a redaction that rewrites", Pledge + 2, "has no [withheld] in it" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task What_does_not_fit_together_is_damage_by_its_place(string damage, long position, string message)
    {
        var log = await LogAsync();
        var original = (await AllAsync(log))[(int)Pledge];
        Assert.IsType<Outcome.Recorded>(await RedactAsync(log));
        var entries = await AllAsync(log);
        var stored = entries[(int)Pledge];
        var stub = Stub.TryParse(stored.Bytes)!.Value;
        StoredEntry With(Stub other) => stored with { Bytes = other.ToBytes() };
        byte[] Changed(string from, string to) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stub.Entry.Span).Replace(from, to, StringComparison.Ordinal));
        switch (damage)
        {
            case "a stub without its entry": entries = entries[..^2]; break;
            case "an entry without its stub": entries[(int)Pledge] = original; break;
            case "a stub that names another entry": entries[(int)Pledge] = With(stub with { By = stub.By + 1 }); break;
            case "a stub that names an earlier entry": entries[(int)Pledge] = With(stub with { By = Pledge }); break;
            case "a stub with other data": entries[(int)Pledge] = With(stub with { Entry = Changed("every migrant", "no migrant") }); break;
            case "a stub with another envelope": entries[(int)Pledge] = With(stub with { Entry = Changed("\"role\":\"secretariat\"", "\"role\":\"reviewer\"") }); break;
            case "a stub with another leaf": entries[(int)Pledge] = With(stub with { Leaf = entries[0].Leaf }); break;
            case "a stub of a stub": entries[(int)Pledge] = With(stub with { Entry = stored.Bytes }); break;
            case "a redaction at the end that nobody cleared": entries = entries[..^1]; break;
            case "a redaction that something else follows": entries[^1] = Instead(entries[^1], ("\"data\":{\"by\":\"a-ssssssssssssssssssssssssss\"}", "\"data\":{\"set\":\"s\",\"version\":\"2\"}"), ("clearance-given", "opening-data-loaded")); break;
            case "a redaction cleared by another command": entries[^1] = Instead(entries[^1], (EntryCodec.Current.Decode(entries[^1].Bytes.Span).CommandId.ToString(), Hash.Of([1]).ToString())); break;
            case "a redaction cleared by who made it": entries[^1] = Instead(entries[^1], (Second, "pledge-tool")); break;
            case "a redaction that nobody allowed": entries[(int)Pledge - 1] = Instead(entries[(int)Pledge - 1], ("\"allowed\":true", "\"allowed\":false")); break;
            case "a redaction that was no longer allowed": entries[(int)Pledge + 1] = Instead(entries[(int)Pledge + 1], ("{\"set\":\"set\",\"version\":\"1\"}", "{\"allowed\":false,\"reason\":\"done\"}"), ("opening-data-loaded", "redaction-allowed")); break;
            case "a redaction that rewrites":
                var rewritten = stub with { Entry = Changed("[withheld]", "No care") };
                entries[(int)Pledge] = With(rewritten);
                entries[^2] = Instead(entries[^2], ("[withheld]", "No care"), (stub.EntryHash.ToString(), rewritten.EntryHash.ToString()));
                break;
            case "a stub that is cut off": entries[(int)Pledge] = stored with { Bytes = stored.Bytes[..^3] }; break;
            default: entries[0] = entries[0] with { Bytes = new Stub(entries[0].Bytes, entries[0].Leaf, entries.Count).ToBytes() }; break;
        }
        var damaged = new InMemoryLog();
        await AppendAsync(damaged, entries);
        var verdict = await new LogVerifier(damaged, EntryCodec.Current, []).VerifyAsync();
        Assert.Equal(position, verdict.Fault?.Position);
        Assert.Contains(message, verdict.Fault!.What, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<LogDamagedException>(() => Registry.OpenAsync(damaged, EntryCodec.Current, []));
        Assert.Contains($"Entry {position}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static StoredEntry Instead(StoredEntry entry, params (string From, string To)[] changes)
    {
        var text = Encoding.UTF8.GetString(entry.Bytes.Span);
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        return StoredEntry.Of(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task A_follower_shows_nothing_of_a_stub_that_no_entry_stands_for()
    {
        var log = await LogAsync();
        Assert.IsType<Outcome.Recorded>(await RedactAsync(log));
        var entries = await AllAsync(log);
        var growing = new InMemoryLog();
        await AppendAsync(growing, entries[..(int)(Pledge - 1)]);
        await using var node = await TestNode.OpenAsync(growing, follows: true);
        await AppendAsync(growing, entries[..^2], from: (int)Pledge - 1);
        await TestNode.UntilAsync(() => node.Registry.Stopped is not null);
        Assert.Equal((HindranceKind.Damaged, Pledge), (node.Registry.Stop!.Kind, node.Registry.Head.Size));
        Assert.Equal(Pledge, node.Seen.Count);
    }

    [Fact]
    public async Task An_entry_that_became_a_stub_behind_a_node_s_back_is_not_served_as_good()
    {
        var log = await LogAsync();
        await using var node = await TestNode.OpenAsync(log);
        var entries = await AllAsync(log);
        var stub = Stub.Of(entries[(int)Pledge], Command(entries).Replacement, entries.Count);
        var forged = new InMemoryLog();
        entries[(int)Pledge] = new StoredEntry(stub.ToBytes(), stub.Leaf);
        await AppendAsync(forged, entries);
        node.Log.SwitchTo(forged);
        Assert.Contains("no longer what it was", (await Assert.ThrowsAsync<LogDamagedException>(() => node.Registry.ReadAsync(Pledge))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stub_is_read_as_it_was_written_and_nothing_else_is_one()
    {
        var stub = new Stub("{\"actor\":\"x\"}"u8.ToArray(), Hash.Of([1]), 12);
        var bytes = stub.ToBytes();
        Assert.Equal($"{{\"entry\":{{\"actor\":\"x\"}},\"leaf\":\"{stub.Leaf}\",\"redactedBy\":12}}", Encoding.UTF8.GetString(bytes));
        var read = Stub.TryParse(bytes)!.Value;
        Assert.Equal((stub.Leaf, 12L, "{\"actor\":\"x\"}"), (read.Leaf, read.By, Encoding.UTF8.GetString(read.Entry.Span)));
        Assert.Equal(stub.Leaf, StoredEntry.LeafOf(bytes));
        Seeded.Run(2_000, random =>
        {
            var changed = (byte[])bytes.Clone();
            changed[random.Random.Next(changed.Length)] ^= (byte)random.Random.Next(1, 256);
            // Another stub, or none: never the same.
            Assert.False(Stub.TryParse(changed) is { } other && other.Leaf == stub.Leaf && other.By == stub.By && other.Entry.Span.SequenceEqual(stub.Entry.Span));
        });
        foreach (var text in new[] { "", "{\"entry\":", "{\"entry\":}", "{\"entry\":{},\"leaf\":\"\",\"redactedBy\":1}", $"{{\"entry\":{{}},\"leaf\":\"{stub.Leaf}\",\"redactedBy\":01}}",
            $"{{\"entry\":{{}},\"leaf\":\"{stub.Leaf}\",\"redactedBy\":-1}}", $"{{\"entry\":{{}},\"leaf\":\"{stub.Leaf}\",\"redactedBy\":}}", $"{{\"entry\":{{}},\"leaf\":\"{stub.Leaf.ToString().ToUpperInvariant()}\",\"redactedBy\":1}}" })
        {
            Assert.Null(Stub.TryParse(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(text)), StoredEntry.LeafOf(Encoding.UTF8.GetBytes(text)));
        }
    }

    private static async Task<InMemoryLog> LogAsync()
    {
        var log = new InMemoryLog();
        await new EntryChain().AppendToAsync(log, [.. SampleRegistry.History, .. Before]);
        return log;
    }

    private static RedactEntry Command(List<StoredEntry> entries)
    {
        var (replacement, found) = Withholding.Without(entries[(int)Pledge], [Secret]);
        Assert.Equal([1], found);
        return new RedactEntry(Pledge, "A court", "It names a child.", replacement, Stub.Of(entries[(int)Pledge], replacement, 0).EntryHash.ToString());
    }

    private static async Task<Outcome> RedactAsync(InMemoryLog log, Author? by = null, Func<RedactEntry, RedactEntry>? change = null, IEventLog? with = null)
    {
        var entries = await AllAsync(log);
        var registry = await Registry.OpenAsync(with ?? new RedactingLog(log, log), EntryCodec.Current, []);
        await using var writer = new RegistryWriter(registry, new ManualTimeProvider());
        var command = Stub.IsOne(entries[(int)Pledge].Bytes.Span) ? new RedactEntry(Pledge, "A court", "again", "{}", new string('a', 64)) : Command(entries);
        return await writer.SubmitAsync(change?.Invoke(command) ?? command, by ?? new Author("pledge-tool", Author.Operator, null, Second), Guid.NewGuid().ToString());
    }

    private static string Refused(Outcome outcome) => Assert.Single(Assert.IsType<Outcome.Refused>(outcome).Reasons).Code;

    private static async Task<List<StoredEntry>> AllAsync(InMemoryLog log) => [.. await log.ReadAsync(0, int.MaxValue)];

    private static async Task AppendAsync(InMemoryLog log, List<StoredEntry> entries, int from = 0)
    {
        for (var at = from; at < entries.Count; at += IEventLog.MaxBatchEntries)
        {
            var head = at == 0 ? LogHead.Empty : new LogHead(at, entries[at - 1].Leaf);
            Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, [.. entries.Skip(at).Take(IEventLog.MaxBatchEntries)]));
        }
    }
}
