using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Sqlite;

// A process for the tests to kill. It writes a line for each thing that it has done, and only then.
var (mode, path) = (args[0], args[1]);
switch (mode)
{
    case "hold":
        {
            SqliteLog log;
            try
            {
                log = SqliteLog.OpenForWriting(path);
            }
            catch (LogInUseException e)
            {
                Say("refused " + e.Message);
                return;
            }
            Say("open");
            Console.In.ReadLine();
            await log.DisposeAsync();
            Say("closed");
            return;
        }
    case "append":
        await AppendAsync(new Random(int.Parse(args[2], CultureInfo.InvariantCulture)));
        return;
    default:
        throw new ArgumentException(mode);
}

// Appends until it is killed: "<first position> <SHA-256 of each entry>" for each acknowledged batch.
async Task AppendAsync(Random random)
{
    await using var log = SqliteLog.OpenForWriting(path);
    var head = LogHead.Empty;
    while (await log.ReadAsync(head.Size, 4096) is { Count: > 0 } read)
    {
        head = new LogHead(head.Size + read.Count, read[^1].Leaf);
    }
    Say("open");
    while (true)
    {
        StoredEntry[] batch = [.. Enumerable.Range(0, random.Next(1, 17)).Select(_ => SomeEntry(random))];
        if (await log.AppendAsync(head, batch) != AppendOutcome.Appended)
        {
            throw new InvalidOperationException("The only writer was not the first.");
        }
        var hashes = batch.Select(e => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(e.Bytes.Span)));
        Say($"{head.Size} {string.Join(' ', hashes)}");
        head = new LogHead(head.Size + batch.Length, batch[^1].Leaf);
    }
}

// Now and then one at the limit, so that the write-ahead file fills and is checkpointed between the kills.
static StoredEntry SomeEntry(Random random)
{
    var bytes = new byte[random.Next(50) == 0 ? EntryCodec.MaxEntryBytes : random.Next(1, 1000)];
    random.NextBytes(bytes);
    return StoredEntry.Of(bytes);
}

static void Say(string line)
{
    Console.Out.WriteLine(line);
    Console.Out.Flush();
}
