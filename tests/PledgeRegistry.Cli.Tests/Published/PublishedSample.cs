using System.Security.Cryptography;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Private;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Published;
using PledgeRegistry.Transparency.Tiles;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Published;

/// <summary>
/// A registry with real events in its log, more than one tile of them, and two seals; published, signed with two keys. Each run
/// makes the same entries. Another log can be made under the same name and keys.
/// </summary>
public sealed class PublishedSample : IDisposable
{
    public const string Origin = "example.org/log";

    private readonly NoteSigner ed = NoteSigner.FromSeed(Origin, SHA256.HashData("ed25519"u8));
    private readonly NoteSigner ec = NoteSigner.NewEcdsa(Origin);
    private readonly EntryChain chain = new();
    private readonly InMemoryLog log = new();
    private readonly ReadModels models = new();
    private int notes;

    public MerkleTree Tree { get; } = new();

    public long Size => Tree.Size;

    /// <summary>The keys: Ed25519, ECDSA.</summary>
    public VerifierKey[] Keys => [ed.Key, ec.Key];

    /// <summary>With so many entries before the first seal.</summary>
    public static async Task<PublishedSample> MakeAsync(int entries, string what = "Note")
    {
        var sample = new PublishedSample();
        foreach (var (stream, happened) in Running.Registries.SampleHistory)
        {
            await sample.AppendAsync(stream, happened);
        }
        await sample.GrowAsync(entries, what);
        await sample.SealAsync();
        return sample;
    }

    public async Task GrowAsync(long size, string what = "Note")
    {
        while (Size < size)
        {
            notes++;
            await AppendAsync($"source/s-{notes}", Source($"{what} {notes}"));
        }
    }

    /// <summary>Seals what the views say now.</summary>
    /// <param name="change">What is recorded instead of what was made.</param>
    public async Task SealAsync(Func<IReadOnlyList<SealedView>, IReadOnlyList<SealedView>>? change = null)
    {
        var views = await SealableViews.OfAsync(models, new Basis(Size, new DateOnly(2026, 5, 8)));
        await AppendAsync("registry", new RegistryEvent.ViewsSealed(Size, Tree.Root(Size).ToString(), "2026-05-08", null, change?.Invoke(views) ?? views));
    }

    public async Task AppendAsync(string stream, IEvent happened)
    {
        var expected = chain.Head;
        var stored = chain.Next(stream, happened, e => e with { Id = Guid.ParseExact($"01970000-0000-7000-8000-{expected.Size:x12}", "D") });
        await AppendAsync(stored);
        var entry = EntryCodec.Current.Decode(stored.Bytes.Span);
        foreach (var projection in models.All)
        {
            projection.Apply(entry);
        }
    }

    /// <summary>Withholds a passage of an entry: a stub is in its place, and what is folded from the start is folded from that.</summary>
    /// <param name="unsaid">Only the stub: no entry says so.</param>
    public async Task WithholdAsync(long position, string passage, bool unsaid = false)
    {
        await AppendAsync("registry", new RegistryEvent.RedactionAllowed(true, "Ordered."));
        var stored = (await log.ReadAsync(position, 1))[0];
        var text = System.Text.Encoding.UTF8.GetString(stored.Bytes.Span);
        var data = text[(text.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..text.IndexOf(",\"id\":", StringComparison.Ordinal)].Replace(passage, "[withheld]", StringComparison.Ordinal);
        var stub = Stub.Of(stored, data, Size);
        var (command, commandHash) = (Hash.Of(stub.Entry.Span), Hash.Of([1]));
        List<StoredEntry> entries = [];
        foreach (var happened in unsaid ? (IEvent[])[new RegistryEvent.RedactionAllowed(false, "Done.")]
            : [new RegistryEvent.EntryRedacted(position, "A court", "Ordered.", data, stub.EntryHash.ToString()), new ClearanceEvent.Given("a-ssssssssssssssssssssssssss")])
        {
            entries.Add(chain.Next("registry", happened, e => e with { CommandId = command, CommandHash = commandHash }));
        }
        Assert.Equal(AppendOutcome.Appended, await log.RedactAsync(new LogHead(Size, Tree.Leaf(Size - 1)), entries, position, new StoredEntry(stub.ToBytes(), stub.Leaf)));
        foreach (var entry in entries)
        {
            Tree.Append(entry.Leaf);
            foreach (var projection in models.All)
            {
                projection.Apply(EntryCodec.Current.Decode(entry.Bytes.Span));
            }
        }
    }

    /// <summary>Something that the registry would never have written.</summary>
    public async Task AppendAsync(StoredEntry stored)
    {
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(Size == 0 ? LogHead.Empty : new LogHead(Size, Tree.Leaf(Size - 1)), [stored]));
        Tree.Append(stored.Leaf);
    }

    /// <summary>Says in the log that a key signs it from now on.</summary>
    public Task PublishKeyAsync(VerifierKey key) => AppendAsync("registry", new RegistryEvent.SigningKeyPublished(key.ToString(), key.SpkiPem!));

    /// <summary>Says in the log that a key signs it no more.</summary>
    public Task RetireKeyAsync(VerifierKey key) => AppendAsync("registry", new RegistryEvent.SigningKeyRetired(key.ToString(), "exchanged"));

    /// <summary>A checkpoint signed by both keys, or by one of them.</summary>
    public string Checkpoint(long? size = null, Hash? root = null, string origin = Origin, VerifierKey? by = null) =>
        SignedNote.Sign(new Checkpoint(origin, size ?? Size, root ?? Tree.Root(size ?? Size)).ToString(), [.. new[] { ed, ec }.Where(s => by is null || s.Key == by)]).ToString();

    /// <summary>Publishes a size, or all there is.</summary>
    public async Task PublishAsync(string folder, long? size = null, VerifierKey? by = null) => await TilePublisher.WriteAsync(
        new TileSource(Tree, log), Tree, new SignedHead(size ?? Size, Tree.Root(size ?? Size), Checkpoint(size, by: by)), folder);

    public Task<PublishedReport> VerifyAsync(string folder) => PublishedRegistry.VerifyAsync(new PublishedFolder(folder), Keys);

    public void Dispose()
    {
        ed.Dispose();
        ec.Dispose();
    }

    private static SourceEvent.Registered Source(string title) =>
        new(title, null, "en", null, Hash.Of(System.Text.Encoding.UTF8.GetBytes(title)).ToString(), null, null);
}
