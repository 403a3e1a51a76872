using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Faults.Checker;

/// <summary>
/// Whether, for each acknowledgement that went out, a sync of the write-ahead log that began after its bytes were written
/// (on SQLite: after the frame that commits them) had returned before. Killing processes never tests that.
/// </summary>
/// <param name="Acknowledged">Receipts in answers whose entry was written while the trace ran.</param>
/// <param name="Words">The receipts that went out too early; empty where none did.</param>
public sealed partial record SyncOrder(int Acknowledged, IReadOnlyList<string> Words)
{
    private const int FrameHeader = 24;

    /// <param name="calls">Of the node, and on PostgreSQL of the server as well.</param>
    public static SyncOrder Check(IReadOnlyList<Call> calls)
    {
        var log = calls.Where(c => c.Path.EndsWith("registry.db-wal", StringComparison.Ordinal) || c.Path.Contains("/pg_wal/", StringComparison.Ordinal)).ToList();
        var (acknowledged, words) = (0, new List<string>());
        foreach (var sent in calls.Where(c => c.Name is "sendto" or "sendmsg" or "writev" or "write" && c.Path.StartsWith("TCP", StringComparison.Ordinal)))
        {
            foreach (Match receipt in Receipt().Matches(Encoding.UTF8.GetString(sent.Data)))
            {
                var (repeated, id, leaf) = (receipt.Groups[1].Value == "repeated", receipt.Groups[2].Value, Convert.FromHexString(receipt.Groups[3].Value));
                var written = log.FindIndex(c => c.IsWrite && Holds(c, id, leaf));
                if (written < 0 && repeated)
                {
                    // Recorded before the trace began.
                    continue;
                }
                acknowledged++;
                if (written < 0 || log[written].Began > sent.Began)
                {
                    words.Add($"{id} was acknowledged before it was written");
                }
                else if (Committed(log, written) is not { } committed)
                {
                    words.Add($"{id} was acknowledged and never committed");
                }
                else if (!log.Exists(c => c is { IsSync: true, Result: 0 } && c.Path == committed.Path && c.Began >= committed.Ended && c.Ended <= sent.Began))
                {
                    words.Add($"{id} was acknowledged before a sync of it had returned");
                }
            }
        }
        return new SyncOrder(acknowledged, words);
    }

    /// <summary>
    /// The write after which nothing of the transaction is missing. On SQLite each page comes after a header of 24 bytes,
    /// whose second word is the size of the file after the commit, and zero where the transaction goes on.
    /// </summary>
    private static Call? Committed(List<Call> log, int written)
    {
        if (!log[written].Path.EndsWith("-wal", StringComparison.Ordinal))
        {
            return log[written];
        }
        for (var i = written - 1; i < log.Count - 1; i++)
        {
            if (i >= 0 && log[i].IsWrite && log[i].Data.Length == FrameHeader && BinaryPrimitives.ReadUInt32BigEndian(log[i].Data.AsSpan(4)) != 0)
            {
                return log[i + 1].IsWrite ? log[i + 1] : null;
            }
        }
        return null;
    }

    private static bool Holds(Call call, string id, byte[] leaf) =>
        call.Data.AsSpan().IndexOf(Encoding.ASCII.GetBytes(id)) >= 0 || call.Data.AsSpan().IndexOf(leaf) >= 0;

    [GeneratedRegex("\"outcome\":\"(recorded|repeated)\",\"position\":[0-9]+,\"entryId\":\"([0-9a-f-]{36})\",\"leafHash\":\"([0-9a-f]{64})\"")]
    private static partial Regex Receipt();
}
