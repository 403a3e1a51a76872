using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Faults.Running;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Transparency;
using Xunit.Abstractions;

namespace PledgeRegistry.Faults.Tests;

/// <summary>
/// Any change of any stored byte or row: it is named, or every entry reads as it was. There is no third outcome. The number
/// of changes is raised by the environment variable PLEDGEREGISTRY_FAULTS_MUTATIONS.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output) : IDisposable
{
    private const int Entries = 150;

    private static readonly int Mutations = int.Parse(Environment.GetEnvironmentVariable("PLEDGEREGISTRY_FAULTS_MUTATIONS") ?? "1500", CultureInfo.InvariantCulture);
    private static readonly string[] Names = ["registry.db", "registry.db-wal", "registry.head"];

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-mutations-").FullName;
    private readonly int seed = Environment.TickCount & 0xfffffff;
    private readonly Dictionary<string, int> found = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_change_of_any_stored_file_is_named_or_harmless()
    {
        await using var ground = await SqliteGround.OpenAsync();
        var entries = await FirstEntriesAsync((await ground.NewAsync()).Log);
        var files = await FilesAsync(entries);
        var random = new Random(seed);
        var deep = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var name = Names[random.Next(Names.Length)];
            var (bytes, how) = Mutated(files[name], random);
            var at = Path.Combine(folder, "mutated");
            Directory.CreateDirectory(at);
            foreach (var file in Names)
            {
                await File.WriteAllBytesAsync(Path.Combine(at, file), file == name ? bytes : files[file]);
            }
            var (verdict, reached) = await VerifyAsync(
                () => HeadRecord.TryRead(Path.Combine(at, "registry.head")), () => Task.FromResult<IEventLog>(SqliteLog.OpenForReading(Path.Combine(at, "registry.db"))), entries, $"{name}, {how}");
            deep += reached ? 1 : 0;
            Count($"{name}: {verdict}");
            Directory.Delete(at, recursive: true);
        }
        Say(deep);
        Assert.True(deep > Mutations * 3 / 10, $"only {deep} of {Mutations} reached past the first check");
        Assert.All(Names, n => Assert.True(found.GetValueOrDefault($"{n}: named") > 0, $"no change of {n} was ever named"));
    }

    [Fact]
    public async Task A_change_of_any_row_in_PostgreSQL_is_named_or_harmless()
    {
        await using var ground = await PostgresGround.OpenAsync();
        var place = await ground.NewAsync();
        var database = place.Database!;
        await ground.Server.SqlAsync(database, "alter table pledge_registry.entries disable trigger all");
        await ground.Server.SqlAsync(database, $"delete from pledge_registry.entries where position >= {Entries}");
        await ground.Server.SqlAsync(database, "create table kept as select * from pledge_registry.entries");
        var address = LogAddress.Parse(place.Environment["PLEDGEREGISTRY_LOG"]);
        IReadOnlyList<StoredEntry> entries;
        await using (var log = await Engine.OpenForReadingAsync(address))
        {
            entries = await log.ReadAsync(0, int.MaxValue);
        }
        var (known, random, deep, count) = (KnownOf(entries), new Random(seed), 0, Math.Max(200, Mutations / 10));
        for (var i = 0; i < count; i++)
        {
            var sql = Change(random);
            await ground.Server.SqlAsync(database, sql);
            var (verdict, reached) = await VerifyAsync(() => known, () => Engine.OpenForReadingAsync(address), entries, sql);
            deep += reached ? 1 : 0;
            Count(verdict);
            await ground.Server.SqlAsync(database, "begin; truncate pledge_registry.entries; insert into pledge_registry.entries select * from kept order by position; commit");
        }
        Say(deep);
        Assert.True(deep > count * 3 / 10, $"only {deep} of {count} reached past the first check");
        Assert.True(found["named"] > count / 2);
    }

    private static string Change(Random random)
    {
        var (a, b) = (random.Next(Entries), random.Next(Entries));
        FormattableString sql = random.Next(8) switch
        {
            0 => $"update pledge_registry.entries set bytes = set_byte(bytes, {random.Next(200)}, {random.Next(256)}) where position = {a}",
            1 => $"update pledge_registry.entries set leaf = set_byte(leaf, {random.Next(32)}, {random.Next(256)}) where position = {a}",
            2 => $"delete from pledge_registry.entries where position = {a}",
            3 => $"delete from pledge_registry.entries where position >= {a}",
            4 => $"update pledge_registry.entries e set bytes = o.bytes, leaf = o.leaf from pledge_registry.entries o where e.position in ({a}, {b}) and o.position = {a} + {b} - e.position",
            5 => $"update pledge_registry.entries e set bytes = o.bytes, leaf = o.leaf from pledge_registry.entries o where e.position = {a} and o.position = {b}",
            6 => $"insert into pledge_registry.entries select {Entries}, leaf, bytes from pledge_registry.entries where position = {a}",
            _ => $"update pledge_registry.entries set bytes = substr(bytes, 1, octet_length(bytes) - {random.Next(1, 90)}) where position = {a}",
        };
        return FormattableString.Invariant(sql);
    }

    private static (byte[] Bytes, string How) Mutated(byte[] bytes, Random random)
    {
        var (at, length) = (random.Next(bytes.Length), Math.Min(1 << random.Next(13), bytes.Length));
        var (from, end) = (random.Next(bytes.Length - length + 1), Math.Min(bytes.Length, at + length));
        var changed = (byte[])bytes.Clone();
        switch (random.Next(7))
        {
            case 0 or 1:
                changed[at] ^= (byte)random.Next(1, 256);
                return (changed, $"byte {at} flipped");
            case 2:
                return (bytes[..at], $"cut at {at}");
            case 3:
                Array.Copy(bytes, from, changed, at, end - at < length ? end - at : length);
                return (changed, $"{length} bytes from {from} copied to {at}");
            case 4:
                return ([.. bytes[..at], .. bytes.AsSpan(from, length), .. bytes[at..]], $"{length} bytes from {from} put in at {at}");
            case 5:
                return ([.. bytes, .. bytes.AsSpan(from, length)], $"{length} bytes from {from} appended");
            default:
                changed.AsSpan(at, end - at).Clear();
                return (changed, $"{end - at} bytes from {at} zeroed");
        }
    }

    /// <returns>What came of it, and whether an entry was read before anything was found.</returns>
    private async Task<(string Verdict, bool Reached)> VerifyAsync(Func<KnownHead?> known, Func<Task<IEventLog>> open, IReadOnlyList<StoredEntry> entries, string how)
    {
        try
        {
            var kept = known();
            await using var log = await open();
            var verdict = await new LogVerifier(log, EntryCodec.Current, new ReadModels().All).VerifyAsync(kept);
            if (!verdict.Sound)
            {
                Assert.NotEqual("", verdict.Fault!.What);
                return ("named", verdict.Size > 0);
            }
            var read = await log.ReadAsync(0, int.MaxValue);
            // Without the record nobody can know about the end; it is there unless it was cut to nothing.
            var whole = kept is null ? read.Count : entries.Count;
            Assert.True(read.Count == whole && read.Zip(entries).All(p => p.First.Bytes.Span.SequenceEqual(p.Second.Bytes.Span)), $"seed {seed}: {how} is neither named nor harmless: {read.Count} entries");
            return ("harmless", true);
        }
        catch (Exception e) when (e is LogDamagedException or LogFormatException)
        {
            Assert.NotEqual("", e.Message);
            return ("named", false);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new Xunit.Sdk.XunitException($"seed {seed}: {how} is answered with {e}");
        }
    }

    private static async Task<IReadOnlyList<StoredEntry>> FirstEntriesAsync(string path)
    {
        await using var log = SqliteLog.OpenForReading(path);
        return await log.ReadAsync(0, Entries);
    }

    /// <summary>A log as a killed writer leaves it: most in the main file, the rest in the write-ahead file, and the record beside it.</summary>
    private async Task<Dictionary<string, byte[]>> FilesAsync(IReadOnlyList<StoredEntry> entries)
    {
        var path = Path.Combine(folder, "registry.db");
        var head = LogHead.Empty;
        async Task<LogHead> AppendAsync(SqliteLog log, IEnumerable<StoredEntry> some)
        {
            foreach (var batch in some.Chunk(10))
            {
                await log.AppendAsync(head, batch);
                head = new LogHead(head.Size + batch.Length, batch[^1].Leaf);
            }
            return head;
        }
        await using (var first = SqliteLog.OpenForWriting(path))
        {
            await AppendAsync(first, entries.Take(100));
        }
        var record = Path.Combine(folder, "registry.head");
        using (var kept = new HeadRecord(record))
        {
            var tree = new MerkleTree();
            foreach (var entry in entries)
            {
                tree.Append(entry.Leaf);
                kept.Write(tree, tree.Size);
            }
        }
        await using var log = SqliteLog.OpenForWriting(path);
        await AppendAsync(log, entries.Skip(100));
        return Names.ToDictionary(n => n, n => Read(Path.Combine(folder, n)));

        static byte[] Read(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    private static KnownHead KnownOf(IReadOnlyList<StoredEntry> entries)
    {
        var tree = new MerkleTree();
        foreach (var entry in entries)
        {
            tree.Append(entry.Leaf);
        }
        return new KnownHead(tree.Size, [.. tree.Peaks(tree.Size)]);
    }

    private void Count(string what) => found[what] = found.GetValueOrDefault(what) + 1;

    private void Say(int deep) => output.WriteLine($"seed {seed}: {string.Join(", ", found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {f.Value}"))}; {deep} reached past the first check");
}
