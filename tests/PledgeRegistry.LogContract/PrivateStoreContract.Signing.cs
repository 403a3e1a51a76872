using PledgeRegistry.Log;
using PledgeRegistry.Private;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>The checkpoint that was signed last: compared and swapped, and so signed by exactly one node.</summary>
public abstract partial class PrivateStoreContract
{
    private const string Origin = "example.org/log";

    private static SignedHead Signed(long size, string by = "a") => new(size, Hash.Of(BitConverter.GetBytes(size)), $"note {size} {by}\n");

    [Fact]
    public async Task The_signed_checkpoint_is_replaced_only_by_who_knows_it_and_only_by_a_larger_one()
    {
        Assert.Null(Store.ReadSigned());
        Assert.False(Store.ReplaceSigned(Signed(1), Signed(2)));
        Assert.True(Store.ReplaceSigned(null, Signed(2)));
        Assert.False(Store.ReplaceSigned(null, Signed(3)));
        Assert.False(Store.ReplaceSigned(Signed(1), Signed(3)));
        Assert.False(Store.ReplaceSigned(Signed(2) with { Root = Hash.Of([1]) }, Signed(3)));
        Assert.False(Store.ReplaceSigned(Signed(2), Signed(1)));
        Assert.False(Store.ReplaceSigned(Signed(2), Signed(2, "b")));
        Assert.Equal(Signed(2), Store.ReadSigned());
        Assert.True(Store.ReplaceSigned(Signed(2), Signed(3)));
        using var again = await OpenAsync();
        Assert.Equal(Signed(3), again.ReadSigned());
        // About nobody: no line in the access log.
        Assert.Single(Store.ReadAccessLog(Me));
    }

    [Fact]
    public async Task Of_all_who_replace_one_signed_checkpoint_exactly_one_is_first()
    {
        using var second = await OpenAsync();
        for (var size = 1; size <= 10; size++)
        {
            var (expected, next) = (Store.ReadSigned(), size);
            using var together = new Barrier(6);
            var won = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Factory.StartNew(() =>
            {
                Assert.True(together.SignalAndWait(Patience), "The others never came.");
                return (i % 2 == 0 ? Store : second).ReplaceSigned(expected, Signed(next, $"{i}"));
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Equal(Signed(size, $"{Assert.Single(Enumerable.Range(0, 6), i => won[i])}"), second.ReadSigned());
        }
    }

    [Fact]
    public void A_replacement_that_is_cut_off_was_never_made()
    {
        Store.ReplaceSigned(null, Signed(2));
        BeforeCommit(Store, () => throw new IOException("The power went (a fault of the test)."));
        Assert.Throws<IOException>(() => Store.ReplaceSigned(Signed(2), Signed(3)));
        BeforeCommit(Store, null);
        Assert.Equal(Signed(2), Store.ReadSigned());
    }

    [Fact]
    public async Task The_signed_checkpoint_is_in_a_backup()
    {
        var before = PrivateBackup.Write(Store, Me, BackupPath, Clock);
        Assert.Equal(0, before.Counts.Signed);
        using (var other = await OpenAnotherAsync())
        {
            PrivateBackup.Restore(other, Me, BackupPath);
            Assert.Null(other.ReadSigned());
        }
        Store.ReplaceSigned(null, Signed(2));
        Assert.Equal(1, PrivateBackup.Write(Store, Me, BackupPath, Clock).Counts.Signed);
        using var third = await OpenAnotherAsync();
        third.ReplaceSigned(null, Signed(1));
        Assert.Throws<PrivateBackupException>(() => PrivateBackup.Restore(third, Me, BackupPath));
        using var fourth = await OpenAnotherAsync();
        PrivateBackup.Restore(fourth, Me, BackupPath);
        Assert.Equal(Signed(2), fourth.ReadSigned());
    }

    [Fact]
    public void A_backup_of_the_first_format_is_restored()
    {
        var head = Line("""{"head":{"format":"pledge-registry-private-backup","version":1,"madeAt":"2026-05-08T09:30:00+00:00"}}""")
            + Line("""{"key":{"name":"key-1","xml":"<key />"}}""");
        File.WriteAllText(BackupPath, head + Line($$$"""{"end":{"counts":{"contacts":0,"drafts":0,"keys":1,"accessLines":0},"sha256":"{{{Sum(head)}}}"}}"""));
        Assert.Equal(1, PrivateBackup.Restore(Store, Me, BackupPath).Counts.Keys);
        Assert.Single(Store.ReadKeys());

        static string Sum(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        static string Line(string bare) => $"{bare[..^1]},\"sum\":\"{Sum(bare)[..16]}\"}}\n";
    }

    [Fact]
    public async Task A_log_that_grows_is_signed_once_a_size_with_every_key()
    {
        await using var log = new SignedLog(folder);
        var registry = await log.OpenAsync();
        using var signer = log.Signer(registry, Store);
        Assert.True(await signer.StepAsync(), signer.Refused);
        Assert.False(await signer.StepAsync());
        var last = signer.Last!;
        Assert.Equal((registry.Head.Size, registry.Head.Root), (last.Size, last.Root));
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(last.Note));
        Assert.Equal(new Checkpoint(Origin, last.Size, last.Root), Checkpoint.Parse(note.Text));
        Assert.Equal(log.Keys, note.Verify(log.Keys).Good);
        Assert.Equal(last, Store.ReadSigned());
        Assert.Equal(last, SignedCopy.Read(log.Copy()));
        // Another node of the same store takes it over, and signs nothing of its own.
        using var follows = new CheckpointSigner(registry, Store, log.Copy("b"), new KeyFolder(Path.Combine(folder, "none")));
        Assert.False(await follows.StepAsync());
        Assert.Equal((last, (string?)null), (follows.Last, follows.Refused));
        Assert.Equal(last, SignedCopy.Read(log.Copy("b")));
    }

    [Fact]
    public async Task Two_nodes_at_once_sign_every_size_once_and_none_contradicts_another()
    {
        await using var log = new SignedLog(folder);
        using var otherStore = await OpenAsync();
        var (one, two) = (await log.OpenAsync(), await log.OpenAsync());
        await using var first = await Writing.Follower.StartAsync(one, Clock);
        await using var second = await Writing.Follower.StartAsync(two, Clock);
        using var a = log.Signer(one, Store);
        using var b = log.Signer(two, otherStore, "b");
        var signed = 0;
        for (var i = 0; i < 12; i++)
        {
            var size = await log.GrowAsync();
            await one.WaitForAsync(size);
            await two.WaitForAsync(size);
            var steps = await Task.WhenAll(Task.Run(() => a.StepAsync()), Task.Run(() => b.StepAsync()));
            Assert.True(steps.Count(s => s) <= 1, "Both say that they signed.");
            signed += steps.Count(s => s);
            Assert.Equal(size, Store.ReadSigned()!.Size);
        }
        Assert.Equal(12, signed);
        Assert.Null(a.Refused ?? b.Refused);
        await a.StepAsync();
        await b.StepAsync();
        Assert.Equal(a.Last, b.Last);
    }

    [Fact]
    public async Task A_log_that_is_behind_what_was_signed_is_not_signed_and_it_says_why()
    {
        await using var log = new SignedLog(folder);
        using (var signer = log.Signer(await log.OpenAsync(), Store))
        {
            Assert.True(await signer.StepAsync());
        }
        await using var older = new SignedLog(folder, leaveOut: 1, keysOf: log);
        var behind = await older.OpenAsync();
        // By the store alone, and by this machine's copy alone.
        using var byStore = older.Signer(behind, Store, "new");
        Assert.False(await byStore.StepAsync());
        Assert.Contains("behind what was signed", byStore.Refused, StringComparison.Ordinal);
        Assert.Null(byStore.Last);
        using var empty = await OpenAnotherAsync();
        using var byCopy = older.Signer(behind, empty);
        Assert.False(await byCopy.StepAsync());
        Assert.Contains("behind what was signed", byCopy.Refused, StringComparison.Ordinal);
        Assert.Null(empty.ReadSigned());
        // It has grown past that size, as another one.
        await older.GrowAsync("other");
        await older.GrowAsync("other");
        var other = await older.OpenAsync();
        using var contradicting = older.Signer(other, Store, "new");
        Assert.False(await contradicting.StepAsync());
        Assert.Contains("another one than what was signed", contradicting.Refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_was_put_back_does_not_make_the_signer_forget()
    {
        await using var log = new SignedLog(folder);
        using (var signer = log.Signer(await log.OpenAsync(), Store))
        {
            Assert.True(await signer.StepAsync());
        }
        using var empty = await OpenAnotherAsync();
        var registry = await log.OpenAsync();
        using var again = log.Signer(registry, empty);
        Assert.False(await again.StepAsync());
        Assert.Equal(registry.Head.Size, again.Last!.Size);
        await log.GrowAsync();
        using var later = log.Signer(await log.OpenAsync(), empty);
        Assert.True(await later.StepAsync(), later.Refused);
        await File.WriteAllTextAsync(log.Copy(), "nothing");
        Assert.False(await later.StepAsync());
        Assert.Contains("should hold the last signed checkpoint", later.Refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_could_not_be_kept_is_never_shown()
    {
        await using var log = new SignedLog(folder);
        using var signer = log.Signer(await log.OpenAsync(), Store);
        BeforeCommit(Store, () => throw new IOException("The power went (a fault of the test)."));
        Assert.False(await signer.StepAsync());
        Assert.Contains("can't be signed now", signer.Refused, StringComparison.Ordinal);
        BeforeCommit(Store, null);
        Assert.Null(signer.Last);
        Assert.False(File.Exists(log.Copy()));
        Assert.True(await signer.StepAsync());
        Assert.Null(signer.Refused);
    }

    [Fact]
    public async Task Whatever_hinders_a_signature_is_said_and_the_next_look_signs()
    {
        await using var log = new SignedLog(folder);
        using var signer = log.Signer(await log.OpenAsync(), Store);
        foreach (var unforeseen in new Exception[] { new InvalidOperationException("Unforeseen (a fault of the test)."), new OperationCanceledException("Nobody cancelled (a fault of the test).") })
        {
            BeforeCommit(Store, () => throw unforeseen);
            Assert.False(await signer.StepAsync());
            Assert.Contains(unforeseen.Message, signer.Refused, StringComparison.Ordinal);
        }
        BeforeCommit(Store, null);
        Assert.True(await signer.StepAsync(), signer.Refused);
        Assert.Null(signer.Refused);
    }

    [Fact]
    public async Task A_node_without_keys_says_so_once_nobody_else_has_signed_for_a_while()
    {
        await using var log = new SignedLog(folder);
        var registry = await log.OpenAsync();
        using var keyless = new CheckpointSigner(registry, Store, log.Copy("b"), new KeyFolder(Path.Combine(folder, "none")));
        for (var i = 0; i < CheckpointSigner.PatientLooks; i++)
        {
            Assert.False(await keyless.StepAsync());
            Assert.Null(keyless.Refused);
        }
        Assert.False(await keyless.StepAsync());
        Assert.Contains($"{registry.Head.Size} entries are unsigned", keyless.Refused, StringComparison.Ordinal);
        using var signer = log.Signer(registry, Store);
        Assert.True(await signer.StepAsync(), signer.Refused);
        Assert.False(await keyless.StepAsync());
        Assert.Null(keyless.Refused);
    }

    [Fact]
    public async Task A_node_that_may_not_sign_with_its_keys_says_why_and_follows()
    {
        await using var log = new SignedLog(folder);
        var registry = await log.OpenAsync();
        using var hindered = new CheckpointSigner(registry, Store, log.Copy("b"), log.Files, "The store isn't shared (a reason of the test).");
        Assert.False(await hindered.StepAsync());
        Assert.Equal("The store isn't shared (a reason of the test).", hindered.Refused);
        Assert.Null(Store.ReadSigned());
        using var signer = log.Signer(registry, Store);
        Assert.True(await signer.StepAsync(), signer.Refused);
        Assert.False(await hindered.StepAsync());
        Assert.Null(hindered.Refused);
        Assert.Equal(signer.Last, hindered.Last);
    }

    [Fact]
    public async Task A_retired_key_signs_no_longer_and_a_missing_one_is_named()
    {
        await using var log = new SignedLog(folder);
        await log.AppendAsync(new RegistryEvent.SigningKeyRetired(log.Keys[0].ToString(), "lost"));
        using var signer = log.Signer(await log.OpenAsync(), Store);
        Assert.True(await signer.StepAsync(), signer.Refused);
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(signer.Last!.Note));
        Assert.Equal([log.Keys[1]], note.Verify(log.Keys).Good);
        using var elsewhere = NoteSigner.NewEcdsa(Origin);
        await log.AppendAsync(new RegistryEvent.SigningKeyPublished(elsewhere.Key.ToString(), elsewhere.Key.SpkiPem!));
        using var next = log.Signer(await log.OpenAsync(), Store);
        Assert.False(await next.StepAsync());
        Assert.Contains($"{elsewhere.Key.IdText} was published and isn't in", next.Refused, StringComparison.Ordinal);
        await log.AppendAsync(new RegistryEvent.SigningKeyRetired(log.Keys[1].ToString(), "lost"));
        await log.AppendAsync(new RegistryEvent.SigningKeyRetired(elsewhere.Key.ToString(), "lost"));
        using var none = log.Signer(await log.OpenAsync(), Store);
        Assert.False(await none.StepAsync());
        Assert.Null(none.Refused);
    }

    /// <summary>A log in memory that two keys were published in, and their files.</summary>
    private sealed class SignedLog : IAsyncDisposable
    {
        private readonly InMemoryLog log = new();
        private readonly EntryChain chain = new();
        private readonly string folder;
        private readonly KeyFolder files;
        private readonly List<(string Stream, IEvent Event)> waiting = [];
        private int grown;

        public SignedLog(string folder, int leaveOut = 0, SignedLog? keysOf = null)
        {
            this.folder = folder;
            files = keysOf?.files ?? new KeyFolder(Path.Combine(folder, "keys"));
            Keys = keysOf?.Keys ?? [Add(NoteSigner.NewEd25519(Origin)), Add(NoteSigner.NewEcdsa(Origin))];
            waiting.AddRange(SampleRegistry.History);
            waiting.AddRange(Keys.Select(k => ("registry", (IEvent)new RegistryEvent.SigningKeyPublished(k.ToString(), k.SpkiPem!))));
            waiting.AddRange(Enumerable.Range(0, 2).Select(i => ("registry", (IEvent)new RegistryEvent.OpeningDataLoaded("set", $"{i}"))));
            waiting.RemoveRange(waiting.Count - leaveOut, leaveOut);
        }

        public IReadOnlyList<VerifierKey> Keys { get; }

        public KeyFolder Files => files;

        public string Copy(string node = "a") => Path.Combine(folder, $"{node}.signed");

        public CheckpointSigner Signer(Registry registry, IPrivateStore store, string node = "a") => new(registry, store, Copy(node), files);

        public async Task<Registry> OpenAsync()
        {
            await WriteAsync();
            return await Registry.OpenAsync(log, EntryCodec.Current, []);
        }

        /// <returns>The new size.</returns>
        public Task<long> GrowAsync(string set = "grown") => AppendAsync(new RegistryEvent.OpeningDataLoaded(set, $"{grown++}"));

        public async Task<long> AppendAsync(IEvent happened)
        {
            waiting.Add(("registry", happened));
            await WriteAsync();
            return chain.Head.Size;
        }

        public ValueTask DisposeAsync() => log.DisposeAsync();

        private async Task WriteAsync()
        {
            await chain.AppendToAsync(log, waiting);
            waiting.Clear();
        }

        private VerifierKey Add(NoteSigner signer)
        {
            using (signer)
            {
                return files.Add(signer).Key;
            }
        }
    }
}
