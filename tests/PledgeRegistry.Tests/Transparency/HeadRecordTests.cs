using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Transparency;

public sealed class HeadRecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("head-record").FullName;

    private string File => Path.Combine(folder, "head");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_fresh_file_knows_the_empty_log_and_holds_against_any()
    {
        using var record = new HeadRecord(File);
        Assert.Equal(0, record.Size);
        Assert.Equal(MerkleTree.EmptyRoot, record.Root);
        record.Check(Tree(0));
        record.Check(Tree(9));
    }

    [Fact]
    public void What_was_written_survives_reopening()
    {
        foreach (var size in new[] { 1, 2, 3, 7, 8, 100 })
        {
            using (var record = new HeadRecord(File))
            {
                record.Write(Tree(size), size);
            }
            using (var again = new HeadRecord(File))
            {
                Assert.Equal(size, again.Size);
                Assert.Equal(Tree(size).Root(size), again.Root);
                again.Check(Tree(size));
                again.Check(Tree(size + 50));
            }
        }
    }

    [Theory]
    [InlineData(0, "Entries 0 to 12 are gone")]
    [InlineData(8, "Entries 8 to 12 are gone")]
    [InlineData(12, "Entries 12 to 12 are gone")]
    public void A_log_that_was_cut_is_found_and_what_is_gone_is_named(int left, string named)
    {
        using var record = Written(13);
        Assert.Contains(named, Assert.Throws<LogRolledBackException>(() => record.Check(Tree(left))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "between entries 0 and 7")]
    [InlineData(7, "between entries 0 and 7")]
    [InlineData(8, "between entries 8 and 11")]
    [InlineData(11, "between entries 8 and 11")]
    [InlineData(12, "between entries 12 and 12")]
    public void A_log_that_was_rewritten_is_found_and_the_place_is_named(int position, string named)
    {
        using var record = Written(13);
        foreach (var size in new[] { 13, 14, 40 })
        {
            Assert.Contains(named, Assert.Throws<LogRolledBackException>(() => record.Check(Tree(size, rewritten: position))).Message, StringComparison.Ordinal);
        }
        record.Check(Tree(40, rewritten: 13));
    }

    [Fact]
    public void A_rollback_that_was_accepted_goes_on_and_what_was_known_is_kept_beside_each_time()
    {
        Written(13).Dispose();
        var known = System.IO.File.ReadAllBytes(File);
        using (var record = new HeadRecord(File, acceptRollback: true))
        {
            record.Check(Tree(13));
            Assert.Null(record.Accepted);
            record.Check(Tree(8));
            Assert.Contains("Entries 8 to 12 are gone", record.Accepted, StringComparison.Ordinal);
            Assert.Contains($"{File}.rolled-back-1", record.Accepted, StringComparison.Ordinal);
            // Nothing is put away before there is something to put in its place: what was to be restored may not come.
            Assert.Equal(known, System.IO.File.ReadAllBytes(File));
            record.Write(Tree(8), 8);
            Assert.Equal(known, System.IO.File.ReadAllBytes($"{File}.rolled-back-1"));
        }
        using (var again = new HeadRecord(File, acceptRollback: true))
        {
            again.Check(Tree(8, rewritten: 3));
            again.Write(Tree(8, rewritten: 3), 8);
            Assert.Contains($"{File}.rolled-back-2", again.Accepted, StringComparison.Ordinal);
        }
        using var last = new HeadRecord(File);
        Assert.Equal(8, last.Size);
    }

    [Fact]
    public void After_a_torn_write_the_one_before_it_counts()
    {
        foreach (var torn in new[] { 0, 1, 20, 47, 80, 111 })
        {
            System.IO.File.Delete(File);
            using (var record = new HeadRecord(File))
            {
                record.Write(Tree(5), 5);
                record.Write(Tree(6), 6);
            }
            // The second write went to the first slot: 16 bytes, two peaks and the checksum are 112 bytes.
            var bytes = System.IO.File.ReadAllBytes(File);
            Array.Fill(bytes, (byte)0xEE, torn, 112 - torn);
            System.IO.File.WriteAllBytes(File, bytes);
            using var again = new HeadRecord(File);
            Assert.Equal(5, again.Size);
            again.Write(Tree(7), 7);
            Assert.Equal(Tree(7).Root(7), again.Root);
        }
    }

    [Fact]
    public void After_a_torn_write_the_next_one_goes_over_the_torn_one()
    {
        using (var record = new HeadRecord(File))
        {
            record.Write(Tree(5), 5);
            record.Write(Tree(6), 6);
        }
        Spoil(0);
        using (var record = new HeadRecord(File))
        {
            record.Write(Tree(7), 7);
        }
        Spoil(4096);
        using var last = new HeadRecord(File);
        Assert.Equal(7, last.Size);
    }

    [Fact]
    public void Any_flipped_bit_of_a_slot_makes_it_count_for_nothing()
    {
        using (var record = new HeadRecord(File))
        {
            record.Write(Tree(5), 5);
            record.Write(Tree(6), 6);
        }
        var whole = System.IO.File.ReadAllBytes(File);
        for (var bit = 0; bit < 112 * 8; bit++)
        {
            var bytes = whole.ToArray();
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            System.IO.File.WriteAllBytes(File, bytes);
            using var record = new HeadRecord(File);
            Assert.Equal(5, record.Size);
        }
    }

    [Fact]
    public void With_both_copies_broken_nothing_is_assumed()
    {
        Written(13).Dispose();
        Spoil(0);
        Spoil(4096);
        Assert.Contains("neither of its two copies is whole", Assert.Throws<LogDamagedException>(() => new HeadRecord(File)).Message, StringComparison.Ordinal);
        // It isn't kept open either: the one who restores it can write.
        System.IO.File.Delete(File);
        using var fresh = new HeadRecord(File);
        Assert.Equal(0, fresh.Size);
    }

    [Fact]
    public async Task A_registry_finds_at_its_next_start_that_its_log_was_cut_or_rewritten()
    {
        var whole = await EntryChain.SampleLogAsync();
        using (var record = new HeadRecord(File))
        {
            await Registry.OpenAsync(whole, EntryCodec.Current, [], record);
            Assert.Equal(SampleRegistry.History.Count, record.Size);
        }
        var cut = new InMemoryLog();
        await new EntryChain().AppendToAsync(cut, SampleRegistry.History.SkipLast(2));
        var rewritten = new InMemoryLog();
        await new EntryChain { Time = DateTimeOffset.UnixEpoch }.AppendToAsync(rewritten, [.. SampleRegistry.History, .. More]);
        foreach (var (log, word) in new[] { (cut, "cut"), (rewritten, "rewritten"), (new InMemoryLog(), "cut") })
        {
            using var record = new HeadRecord(File);
            var found = await Assert.ThrowsAsync<LogRolledBackException>(() => Registry.OpenAsync(log, EntryCodec.Current, [], record));
            Assert.Contains(word, found.Message, StringComparison.Ordinal);
            Assert.Equal(SampleRegistry.History.Count, record.Size);
        }
        using (var record = new HeadRecord(File))
        {
            await Registry.OpenAsync(whole, EntryCodec.Current, [], record);
        }
    }

    [Fact]
    public async Task An_older_release_that_stops_before_the_known_end_leaves_the_record_as_it_is()
    {
        var log = new InMemoryLog();
        var chain = new EntryChain();
        await chain.AppendToAsync(log, SampleRegistry.History);
        var expected = chain.Head;
        await log.AppendAsync(expected, [chain.Next("registry", More[0].Event, e => e with { Type = "format-raised.v9" })]);
        using var record = new HeadRecord(File);
        var tree = Tree(chain.Head.Size);
        record.Write(tree, tree.Size);
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, [], record);
        Assert.NotNull(registry.Stopped);
        Assert.Equal(tree.Root(tree.Size), record.Root);
    }

    private static (string Stream, IEvent Event)[] More => [("registry", new RegistryEvent.OpeningDataLoaded("set", "1"))];

    private HeadRecord Written(int size)
    {
        var record = new HeadRecord(File);
        record.Write(Tree(size - 1), size - 1);
        record.Write(Tree(size), size);
        return record;
    }

    private void Spoil(int at)
    {
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[at + 3] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
    }

    private static MerkleTree Tree(long size, int rewritten = -1)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++)
        {
            tree.Append(MerkleTree.LeafHash(i == rewritten ? [255] : BitConverter.GetBytes(i)));
        }
        return tree;
    }
}
