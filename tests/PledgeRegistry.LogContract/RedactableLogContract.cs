using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Private;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Tiles;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>What every engine that can withhold something does: entry and stub in one go, and the text in none of its files.</summary>
public abstract class RedactableLogContract
{
    private const string Origin = "example.org/log", Administrator = "a-ssssssssssssssssssssssssss";

    /// <summary>What is withheld: letters of which nothing can be compressed.</summary>
    protected static string Secret { get; } = Convert.ToHexString(SHA256.HashData("secret"u8));

    private static readonly long Pledge = SampleRegistry.History.Count + 2;

    /// <summary>A log with nothing in it.</summary>
    protected abstract Task<IEventLog> OpenAsync();

    /// <summary>What changes it.</summary>
    protected abstract IRedactableLog Redactable(IEventLog log);

    /// <summary>The files of the engine that hold a text.</summary>
    protected abstract Task<IReadOnlyList<string>> FilesWithAsync(string text);

    /// <summary>The engine's own checks against changes are as they were.</summary>
    protected abstract Task AssertRefusesChangesAsync();

    [Fact]
    public async Task Entry_and_stub_come_in_one_go_and_the_text_is_in_no_file_any_more()
    {
        await using var log = await OpenAsync();
        await FillAsync(log);
        var was = await AllAsync(log);
        await EverythingInFilesAsync(log);
        Assert.NotEmpty(await FilesWithAsync(Secret));
        var receipt = await RedactAsync(log);
        await Redactable(log).CleanAsync();
        Assert.Empty(await FilesWithAsync(Secret));
        // The rest is still there.
        Assert.NotEmpty(await FilesWithAsync("Post 39 "));

        var now = await AllAsync(log);
        Assert.Equal(was.Count + 2, now.Count);
        Assert.Equal(was.Select(e => e.Leaf), now.Take(was.Count).Select(e => e.Leaf));
        Assert.Equal([Pledge], Enumerable.Range(0, was.Count).Where(i => !was[i].Bytes.Span.SequenceEqual(now[i].Bytes.Span)).Select(i => (long)i));
        var verdict = await new LogVerifier(log, EntryCodec.Current, []).VerifyAsync();
        Assert.True(verdict.Sound, $"{verdict.Fault}");
        Assert.Equal([new WithheldEntry(Pledge, receipt.Position)], verdict.Withheld);

        await AssertRefusesChangesAsync();
        // It is written on as ever.
        var head = new LogHead(now.Count, now[^1].Leaf);
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, [StoredEntry.Of("more"u8.ToArray())]));
        Assert.Equal(AppendOutcome.Stale, await log.AppendAsync(head, [StoredEntry.Of("again"u8.ToArray())]));
    }

    [Fact]
    public async Task Nothing_is_written_at_another_head_or_over_another_entry()
    {
        await using var log = await OpenAsync();
        await FillAsync(log);
        var was = await AllAsync(log);
        var redactable = Redactable(log);
        var (head, entry) = (new LogHead(was.Count, was[^1].Leaf), StoredEntry.Of("more"u8.ToArray()));
        var stub = new StoredEntry(Stub.Of(was[3], "{}", was.Count).ToBytes(), was[3].Leaf);
        Assert.Equal(AppendOutcome.Stale, await redactable.RedactAsync(new LogHead(was.Count - 1, was[^2].Leaf), [entry], 3, stub));
        Assert.Equal(AppendOutcome.Diverged, await redactable.RedactAsync(new LogHead(was.Count, was[0].Leaf), [entry], 3, stub));
        Assert.Equal(AppendOutcome.Diverged, await redactable.RedactAsync(new LogHead(was.Count + 1, was[^1].Leaf), [entry], 3, stub));
        await Assert.ThrowsAsync<LogDamagedException>(() => redactable.RedactAsync(head, [entry], 4, stub));
        await Assert.ThrowsAsync<LogDamagedException>(() => redactable.RedactAsync(head, [entry], was.Count, stub));
        await AssertSameAsync(was, await AllAsync(log));
        await AssertRefusesChangesAsync();
        Assert.Equal(AppendOutcome.Appended, await redactable.RedactAsync(head, [entry], 3, stub));
        was[3] = stub;
        await AssertSameAsync([.. was, entry], await AllAsync(log));
    }

    [Fact]
    public async Task What_was_published_still_holds_and_an_auditor_says_what_is_withheld()
    {
        var folder = Directory.CreateTempSubdirectory("pledge-withheld-").FullName;
        try
        {
            using var ed = NoteSigner.FromSeed(Origin, SHA256.HashData("ed25519"u8));
            using var ec = NoteSigner.NewEcdsa(Origin);
            await using var log = await OpenAsync();
            await FillAsync(log);
            var (published, checkpoints) = (Path.Combine(folder, "log"), new List<string>());
            async Task<(int ExitCode, string Output)> PublishAsync(long size)
            {
                var registry = await Registry.OpenAsync(log, EntryCodec.Current, []);
                var signed = new SignedHead(size, registry.Tree.Root(size), SignedNote.Sign(new Checkpoint(Origin, size, registry.Tree.Root(size)).ToString(), [ed, ec]).ToString());
                await TilePublisher.WriteAsync(new TileSource(registry.Tree, log, registry.IsProven), registry.Tree, signed, published, registry.State.Redactions.Keys);
                checkpoints.Add(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"checkpoint-{checkpoints.Count}")));
                File.Copy(Path.Combine(published, TilePublisher.CheckpointFile), checkpoints[^1]);
                return await Auditor.RunAsync(published, ed.Key.ToString(), ec.Key.ToString(), checkpoints);
            }
            bool Shown() => Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories).Any(f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0);
            var size = (await AllAsync(log)).Count;
            // An older, narrower bundle beside the last one.
            Assert.Equal(0, (await PublishAsync(Pledge + 2)).ExitCode);
            Assert.Equal(0, (await PublishAsync(size)).ExitCode);
            Assert.True(Shown());
            var before = Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories).Where(f => !f.Contains("entries", StringComparison.Ordinal) && !f.EndsWith("checkpoint", StringComparison.Ordinal)).ToDictionary(f => f, File.ReadAllBytes);

            var by = (await RedactAsync(log)).Position;
            var (exitCode, output) = await PublishAsync(size + 2);
            Assert.Equal((0, $"entry {Pledge}: withheld by entry {by}, ordered by A court\nok: 3 checkpoints, {size + 2} entries\n"), (exitCode, output));
            Assert.False(Shown());
            Assert.All(before, f => Assert.Equal(f.Value, File.ReadAllBytes(f.Key)));

            // A stub that says something else, one that nobody withheld, one in another form, and what nobody allowed or cleared.
            var bundle = Directory.EnumerateFiles(Path.Combine(published, "tile", "entries"), $"{(size + 2) % 256}", SearchOption.AllDirectories).Single();
            var whole = await File.ReadAllBytesAsync(bundle);
            var text = Encoding.Latin1.GetString(whole);
            foreach (var (from, to) in new[] { ("migrant child", "migrant chilD"), ("\"redactedBy\":1", "\"redactedBy\":2"), ("entry-redacted.v1", "entry-redacted.v7"),
                ("\"redactedBy\":", "\"redactedby\":"), (StubLeaf(text), StubLeaf(text).ToUpperInvariant()), ("\"allowed\":true", "\"allowed\":null"), ("clearance-given.v1", "clearance-taken.v") })
            {
                Assert.Contains(from, text, StringComparison.Ordinal);
                await File.WriteAllBytesAsync(bundle, Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
                Assert.Equal((from, 1), (from, (await Auditor.RunAsync(published, ed.Key.ToString(), ec.Key.ToString(), checkpoints)).ExitCode));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The hash that the stub carries.
    private static string StubLeaf(string bundle) => bundle.Substring(bundle.IndexOf(",\"leaf\":\"", StringComparison.Ordinal) + 9, 2 * Hash.Length);

    /// <summary>Whatever has to be done so that what was written lies in files.</summary>
    protected virtual Task EverythingInFilesAsync(IEventLog log) => Task.CompletedTask;

    private static async Task FillAsync(IEventLog log)
    {
        var content = SampleRegistry.Pledge();
        await new EntryChain().AppendToAsync(log,
        [
            .. SampleRegistry.History,
            ("participant/HND", new ParticipantEvent.ActorAppointed(Administrator, ActorRole.Administrator, ActorId.Registry, new EffectiveDate("2020"), null)),
            ("registry", new RegistryEvent.RedactionAllowed(Allowed: true, "ordered")),
            ("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(content with { Text = $"{content.Text} {Secret}" })),
            .. Enumerable.Range(2, 40).Select(i => (string.Create(CultureInfo.InvariantCulture, $"pledge/IMRF-2022-{i:0000}"),
                (IEvent)new PledgeEvent.Recorded(content with { Title = string.Create(CultureInfo.InvariantCulture, $"Post {i} for children") }))),
        ]);
    }

    private async Task<Receipt> RedactAsync(IEventLog log)
    {
        var registry = await Registry.OpenAsync(new RedactingLog(log, Redactable(log)), EntryCodec.Current, []);
        await using var writer = new RegistryWriter(registry, new ManualTimeProvider());
        var entry = await registry.ReadStoredAsync(Pledge);
        var (replacement, _) = Withholding.Without(entry, [Secret]);
        var outcome = await writer.SubmitAsync(new RedactEntry(Pledge, "A court", "It names a child.", replacement, Stub.Of(entry, replacement, 0).EntryHash.ToString()),
            new Author("pledge-tool", Author.Operator, null, Administrator), "key");
        return Assert.IsType<Outcome.Recorded>(outcome).Receipt;
    }

    private static async Task<List<StoredEntry>> AllAsync(IEventLog log) => [.. await log.ReadAsync(0, 10_000)];

    private static Task AssertSameAsync(IEnumerable<StoredEntry> expected, IEnumerable<StoredEntry> actual)
    {
        Assert.Equal(expected.Select(e => $"{e.Leaf} {Encoding.UTF8.GetString(e.Bytes.Span)}"), actual.Select(e => $"{e.Leaf} {Encoding.UTF8.GetString(e.Bytes.Span)}"));
        return Task.CompletedTask;
    }
}
