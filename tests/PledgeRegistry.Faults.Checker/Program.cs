using System.Text.Json;
using PledgeRegistry.Faults.Checker;

// sqlite|postgres PATH-OR-CONNECTION RECORD…   Prints what it found as JSON, and ends with 1 where something is wrong.
var rows = args[0] == "sqlite" ? Stored.OfSqlite(args[1]) : Stored.OfPostgres(args[1]);
var check = HistoryCheck.Run(rows, [.. args[2..].Select(Noted.Read)]);
Console.WriteLine(JsonSerializer.Serialize(new Verdict(
    check.Size, check.Root, check.Acknowledged, check.Refused, check.Open, check.Read, check.Failed,
    check.Findings.LostCount, check.Findings.DuplicatedCount, check.Findings.ReorderedCount, check.Findings.WronglyRefusedCount, check.Findings.Words,
    check.AtOnce, check.Again, check.HungUp, check.Changes.Clients, check.Changes.Nodes)));
return check.Findings.Sum == 0 ? 0 : 1;

namespace PledgeRegistry.Faults.Checker
{
    /// <summary>What the checker prints.</summary>
    public sealed record Verdict(
        long Size, string Root, int Acknowledged, int Refused, int Open, int Read, int Failed,
        int Lost, int Duplicated, int Reordered, int WronglyRefused, IReadOnlyList<string> Words,
        int AtOnce, int Again, int HungUp, int ClientChanges, int NodeChanges);
}
