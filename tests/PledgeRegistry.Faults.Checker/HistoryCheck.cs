namespace PledgeRegistry.Faults.Checker;

/// <summary>Decides from the clients' records and the stored log whether the registry kept what it promised.</summary>
public sealed class HistoryCheck
{
    /// <summary>Who acts through the API while there is no sign-in.</summary>
    public const string Actor = "local-operator";

    private readonly Entries entries;
    private readonly Findings findings = new();
    private readonly Dictionary<string, Understood> byMark = [];

    private HistoryCheck(IReadOnlyList<Stored> rows) => entries = Entries.Check(rows, findings);

    public Findings Findings => findings;
    public long Size => entries.All.Count;
    public string Root => entries.RootOf(Size)!;

    /// <summary>Receipts that were held against the log.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Requests that were refused for good, and are not in the log.</summary>
    public int Refused { get; private set; }

    /// <summary>Requests of which no answer came, or one that left it open.</summary>
    public int Open { get; private set; }

    /// <summary>Answers that say that the program failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Entries, sizes and roots that readers were given.</summary>
    public int Read { get; private set; }

    /// <summary>Commands that were sent while the same one was under way.</summary>
    public int AtOnce { get; private set; }

    /// <summary>Commands that were sent once more after they had been acknowledged.</summary>
    public int Again { get; private set; }

    /// <summary>Requests at which the caller hung up.</summary>
    public int HungUp { get; private set; }

    /// <summary>How often an entry follows one that another client, or another node, was first to acknowledge.</summary>
    public (int Clients, int Nodes) Changes { get; private set; }

    public static HistoryCheck Run(IReadOnlyList<Stored> rows, IReadOnlyList<IReadOnlyList<Noted>> records)
    {
        var check = new HistoryCheck(rows);
        check.FindMarks();
        foreach (var record in records)
        {
            check.CheckReceipts(record);
            check.CheckOrder(record);
            check.CheckReading(record);
            check.Count(record);
        }
        check.CountChanges(records);
        check.CheckPayloads([.. records.SelectMany(r => r)]);
        return check;
    }

    private void FindMarks()
    {
        foreach (var entry in entries.All)
        {
            foreach (var mark in entry.Marks)
            {
                if (!byMark.TryAdd(mark, entry))
                {
                    findings.Duplicated($"{mark} is in entries {byMark[mark].Position} and {entry.Position}");
                }
            }
        }
    }

    /// <summary>Every receipt: there is that entry, at that position, with that id, that leaf, of that command, with that payload.</summary>
    private void CheckReceipts(IReadOnlyList<Noted> record)
    {
        var first = new Dictionary<string, Noted>();
        foreach (var receipt in record.Where(n => n.IsReceipt))
        {
            Acknowledged++;
            var name = $"{receipt.Key} ({receipt.Mark}), acknowledged at {receipt.Position}";
            if (receipt.Position is not { } position || position >= Size)
            {
                findings.Lost($"{name}: the log has {Size} entries");
                continue;
            }
            var entry = entries.All[(int)position];
            if (entry.Id != receipt.EntryId || entry.Leaf != receipt.Leaf || entry.CommandId != Entries.CommandIdOf(Actor, receipt.Key!) || entry.Actor != Actor)
            {
                findings.Lost($"{name}: another entry is there");
            }
            else if (!entry.Marks.Contains(receipt.Mark))
            {
                findings.WronglyRefused($"{name}: something else was recorded under its key, and should have been refused");
            }
            if (receipt.Count is not { } count || count != entries.All.Skip((int)position).TakeWhile(e => e.CommandId == entry.CommandId).Count() || receipt.Size != position + count)
            {
                findings.Lost($"{name}: {receipt.Count} entries up to size {receipt.Size} were acknowledged");
            }
            if (first.TryGetValue(receipt.Key!, out var before) && (before.Position, before.EntryId, before.Leaf) != (receipt.Position, receipt.EntryId, receipt.Leaf))
            {
                findings.Duplicated($"{name}: it was acknowledged at {before.Position} before");
            }
            first.TryAdd(receipt.Key!, receipt);
        }
    }

    /// <summary>What was sent after something was acknowledged stands after it.</summary>
    private void CheckOrder(IReadOnlyList<Noted> record)
    {
        var last = -1L;
        var floors = new Dictionary<string, long>();
        foreach (var line in record)
        {
            if (line.What == "sent")
            {
                floors.TryAdd(line.Key!, last);
            }
            if (line.IsReceipt && line.Position is { } position)
            {
                last = Math.Max(last, position);
                if (floors.TryGetValue(line.Key!, out var floor) && position <= floor)
                {
                    findings.Reordered($"{line.Key} is at {position}, and was sent after {floor} was acknowledged");
                }
            }
        }
    }

    /// <summary>What a reader was given is a prefix of the log, and never gets shorter.</summary>
    private void CheckReading(IReadOnlyList<Noted> record)
    {
        foreach (var node in record.Where(n => n.What is "size" or "entry").GroupBy(n => n.Of))
        {
            var (size, next) = (0L, -1L);
            foreach (var line in node)
            {
                Read++;
                if (line.What == "size")
                {
                    if (line.Size < size || line.Size > Size || line.Root != entries.RootOf(line.Size!.Value))
                    {
                        findings.Lost($"node {node.Key} showed {line.Size} entries with root {line.Root}, after {size}; the log has {Size}");
                    }
                    size = line.Size!.Value;
                    continue;
                }
                if (next >= 0 && line.Position != next)
                {
                    findings.Reordered($"node {node.Key} gave entry {line.Position}, where {next} was next");
                }
                next = line.Position!.Value + 1;
                if (line.Position >= Size || entries.All[(int)line.Position.Value].Leaf != line.Leaf)
                {
                    findings.Lost($"node {node.Key} gave entry {line.Position}, which isn't that one in the log");
                }
            }
        }
    }

    /// <summary>What the callers did, as far as it is to be borne.</summary>
    private void Count(IReadOnlyList<Noted> record)
    {
        var (underWay, acknowledged) = (new Dictionary<string, int>(), new HashSet<string>());
        foreach (var line in record.Where(n => n.Mark is not null))
        {
            if (line.What == "sent")
            {
                var others = underWay.GetValueOrDefault(line.Mark!);
                AtOnce += others > 0 ? 1 : 0;
                Again += others == 0 && acknowledged.Contains(line.Mark!) ? 1 : 0;
                underWay[line.Mark!] = others + 1;
                continue;
            }
            underWay[line.Mark!] = underWay.GetValueOrDefault(line.Mark!) - 1;
            HungUp += line.Why == "hung-up" ? 1 : 0;
            if (line.IsReceipt)
            {
                acknowledged.Add(line.Mark!);
            }
        }
    }

    private void CountChanges(IReadOnlyList<IReadOnlyList<Noted>> records)
    {
        var writers = records.SelectMany((record, client) => record.Where(n => n is { What: "answered", Outcome: "recorded" }).Select(n => (n.Position, Client: client, Node: n.Of)))
            .OrderBy(n => n.Position).ToList();
        var pairs = writers.Zip(writers.Skip(1)).ToList();
        Changes = (pairs.Count(p => p.First.Client != p.Second.Client), pairs.Count(p => p.First.Node != p.Second.Node));
    }

    /// <summary>Each payload over all its requests: refused and there, or valid and refused.</summary>
    private void CheckPayloads(IReadOnlyList<Noted> lines)
    {
        foreach (var payload in lines.Where(l => l.Mark is not null).GroupBy(l => l.Mark!))
        {
            var (stored, expect) = (byMark.GetValueOrDefault(payload.Key), payload.First(l => l.What == "sent").Expect);
            var answers = payload.Where(l => l.What == "answered").ToList();
            var refused = answers.Find(a => a.Status is >= 400 and < 500 && a.Outcome != "idempotency-key-running");
            var sent = payload.Count(l => l.What == "sent");
            if (stored is not null && stored.CommandId != Entries.CommandIdOf(Actor, payload.First().Key!))
            {
                findings.WronglyRefused($"{payload.Key} is in entry {stored.Position}, under another key");
            }
            if (refused is not null && (stored is not null || answers.Exists(a => a.IsReceipt)))
            {
                findings.WronglyRefused($"{payload.Key} was refused ({refused.Outcome}), and is in the log");
            }
            else if (refused is not null && expect == "recorded")
            {
                findings.WronglyRefused($"{payload.Key} was refused ({refused.Status} {refused.Outcome}), and breaks no rule");
            }
            if (expect == "refused" && stored is not null)
            {
                findings.WronglyRefused($"{payload.Key} breaks a rule or uses a key again, and is in entry {stored.Position}");
            }
            // "Not now, nothing was written", each time, and an answer each time: then it isn't there.
            var nothingWritten = answers.Count(a => a is { Status: 503, Outcome: "unavailable" }) + payload.Count(l => l.Why == "nobody-listened");
            if (stored is not null && nothingWritten == sent)
            {
                findings.WronglyRefused($"{payload.Key} was answered with 'nothing was written' each time, and is in entry {stored.Position}");
            }
            Failed += answers.Count(a => a.Status is >= 500 and not 503);
            Refused += refused is null ? 0 : 1;
            Open += refused is null && !answers.Exists(a => a.IsReceipt) ? 1 : 0;
        }
    }
}
