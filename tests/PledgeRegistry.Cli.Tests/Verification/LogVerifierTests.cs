using System.Text;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verification;

[Collection(ReadingRegistries.Name)]
public sealed class LogVerifierTests(Registries registries)
{
    /// <summary>Any change of an entry, with a leaf hash that belongs to it: what a registry refuses to open is never green.</summary>
    [Fact]
    public async Task What_a_registry_refuses_is_never_green()
    {
        var good = await EntriesAsync(registries.Sample);
        var (refused, red, green) = (0, 0, 0);
        await Seeded.RunAsync(400, async random =>
        {
            var entries = good.ToArray();
            var position = random.Random.Next(entries.Length);
            entries[position] = StoredEntry.Of(Mutated(entries[position].Bytes.ToArray(), random.Random));
            var refuses = await RefusesAsync(entries);
            var verdict = await VerifyAsync(entries);
            Assert.False(refuses && verdict.Sound, $"A registry refuses what is green, at entry {position}: {Encoding.UTF8.GetString(entries[position].Bytes.Span)}");
            Assert.True(verdict.Sound || verdict.Fault!.Position >= position, $"{verdict.Fault}, where entry {position} was changed");
            refused += refuses ? 1 : 0;
            (red, green) = verdict.Sound ? (red, green + 1) : (red + 1, green);
        });
        // It reaches all three: refused by both, refused by the verifier alone, and another true-looking history.
        Assert.True(refused > 50 && red > refused && green > 20, $"{refused} refused, {red} red, {green} green");
    }

    /// <summary>Any flipped byte of the file: damage is named, or every entry still reads as it was.</summary>
    [Fact]
    public async Task A_flipped_byte_of_the_file_is_named_or_harmless()
    {
        var good = await EntriesAsync(registries.Sample);
        var named = 0;
        await Seeded.RunAsync(60, async random =>
        {
            using var folder = TemporaryFolder.CopyOf(registries.Sample);
            var bytes = await File.ReadAllBytesAsync(folder.Log);
            var at = random.Random.Next(bytes.Length);
            bytes[at] ^= (byte)random.Random.Next(1, 256);
            await File.WriteAllBytesAsync(folder.Log, bytes);
            try
            {
                await using var log = SqliteLog.OpenForReading(folder.Log);
                var verdict = await new LogVerifier(log, EntryCodec.Current, new ReadModels().All).VerifyAsync(HeadRecord.TryRead(folder.HeadRecord));
                if (verdict.Sound)
                {
                    Assert.Equal(good.Select(e => e.Leaf), (await log.ReadAsync(0, int.MaxValue)).Select(e => StoredEntry.Of(e.Bytes.ToArray()).Leaf));
                    return;
                }
            }
            catch (Exception e) when (e is LogDamagedException or LogFormatException)
            {
                Assert.NotEqual("", e.Message);
            }
            named++;
        });
        Assert.True(named > 20, $"only {named} were named");
    }

    [Fact]
    public async Task The_content_hash_is_only_of_a_sound_log_and_what_is_good_before_a_fault_is_counted()
    {
        var entries = (await EntriesAsync(registries.Sample)).ToArray();
        var sound = await VerifyAsync(entries);
        Assert.True(sound.Sound);
        Assert.NotNull(sound.ContentHash);
        entries[33] = entries[33] with { Leaf = entries[34].Leaf };
        var damaged = await VerifyAsync(entries);
        Assert.Equal((33, 33L, (Hash?)null), (damaged.Size, damaged.Fault!.Position!.Value, damaged.ContentHash));
        var before = new MerkleTree();
        Array.ForEach(entries[..33], e => before.Append(e.Leaf));
        Assert.Equal(before.Root(33), damaged.Root);
    }

    [Fact]
    public async Task A_projection_that_can_not_fold_an_entry_is_a_fault()
    {
        await using var log = await LogOfAsync(await EntriesAsync(registries.Sample));
        var verdict = await new LogVerifier(log, EntryCodec.Current, [new FailsAt(21)]).VerifyAsync();
        Assert.Equal(21, verdict.Fault!.Position);
        Assert.Contains("no", verdict.Fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_record_is_read_while_it_is_open_for_writing_and_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(HeadRecord.TryRead(folder.HeadRecord));
        Assert.False(File.Exists(folder.HeadRecord));
        using var record = new HeadRecord(folder.HeadRecord);
        Assert.Null(HeadRecord.TryRead(folder.HeadRecord));
        var tree = new MerkleTree();
        for (var i = 0; i < 5; i++)
        {
            tree.Append(Hash.Of([(byte)i]));
            record.Write(tree, tree.Size);
            var known = HeadRecord.TryRead(folder.HeadRecord)!;
            Assert.Equal((tree.Size, tree.Root(tree.Size)), (known.Size, known.Root));
        }
    }

    private static async Task<LogVerdict> VerifyAsync(IReadOnlyList<StoredEntry> entries)
    {
        await using var log = await LogOfAsync(entries);
        return await new LogVerifier(log, EntryCodec.Current, new ReadModels().All).VerifyAsync();
    }

    private static async Task<bool> RefusesAsync(IReadOnlyList<StoredEntry> entries)
    {
        await using var log = await LogOfAsync(entries);
        try
        {
            return (await Registry.OpenAsync(log, EntryCodec.Current, new ReadModels().All)).Stopped is not null;
        }
        catch (LogDamagedException)
        {
            return true;
        }
    }

    // A letter, a digit or a mark changed, or a space put in: many of them leave JSON that reads well.
    private static byte[] Mutated(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        if (random.Next(4) == 0)
        {
            return [.. bytes[..at], (byte)' ', .. bytes[at..]];
        }
        bytes[at] = random.Next(3) switch
        {
            0 => (byte)"0123456789"[random.Next(10)],
            1 => (byte)"abcdefghijklmnopqrstuvwxyzABC"[random.Next(29)],
            _ => (byte)random.Next(0x20, 0x7f),
        };
        return bytes;
    }

    private static async Task<IReadOnlyList<StoredEntry>> EntriesAsync(string folder)
    {
        await using var log = SqliteLog.OpenForReading(Path.Combine(folder, "registry.db"));
        return await log.ReadAsync(0, int.MaxValue);
    }

    private static async Task<InMemoryLog> LogOfAsync(IReadOnlyList<StoredEntry> entries)
    {
        var log = new InMemoryLog();
        var head = LogHead.Empty;
        foreach (var batch in entries.Chunk(IEventLog.MaxBatchEntries))
        {
            await log.AppendAsync(head, batch);
            head = new LogHead(head.Size + batch.Length, batch[^1].Leaf);
        }
        return log;
    }

    private sealed class FailsAt(long position) : IProjection
    {
        public void Apply(Entry entry)
        {
            if (entry.Position == position)
            {
                throw new InvalidOperationException("no");
            }
        }
    }
}
