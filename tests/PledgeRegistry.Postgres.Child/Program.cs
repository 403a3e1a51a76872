using System.Globalization;
using System.Security.Cryptography;
using PledgeRegistry.Log;
using PledgeRegistry.Postgres;

// A process for the tests to kill: appends until then. It writes a line for each batch that was acknowledged, and only
// then: "<first position> <SHA-256 of each entry>".
var random = new Random(int.Parse(args[1], CultureInfo.InvariantCulture));
await using var log = await PostgresLog.OpenForWritingAsync(args[0]);
var head = await CatchUpAsync(LogHead.Empty);
Say("open");
while (true)
{
    StoredEntry[] batch = [.. Enumerable.Range(0, random.Next(1, 17)).Select(_ => SomeEntry(random))];
    AppendOutcome outcome;
    // One that was killed just before may still be committing at the server.
    while ((outcome = await log.AppendAsync(head, batch)) == AppendOutcome.Stale)
    {
        head = await CatchUpAsync(head);
    }
    if (outcome != AppendOutcome.Appended)
    {
        throw new InvalidOperationException($"The log answered {outcome}.");
    }
    var hashes = batch.Select(e => Convert.ToHexStringLower(SHA256.HashData(e.Bytes.Span)));
    Say($"{head.Size} {string.Join(' ', hashes)}");
    head = new LogHead(head.Size + batch.Length, batch[^1].Leaf);
}

async Task<LogHead> CatchUpAsync(LogHead from)
{
    while (await log.ReadAsync(from.Size, 4096) is { Count: > 0 } read)
    {
        from = new LogHead(from.Size + read.Count, read[^1].Leaf);
    }
    return from;
}

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
