using System.Text.Json;

namespace PledgeRegistry.Faults.Checker;

/// <summary>One line of a client's record: the client's own program says what each member means.</summary>
public sealed record Noted(
    string What, string? Key = null, string? Mark = null, string? Body = null, string? Expect = null,
    int? Status = null, string? Outcome = null, long? Position = null, string? EntryId = null, string? Leaf = null, int? Count = null,
    long? Size = null, string? Root = null, string? Of = null, string? Why = null)
{
    public bool IsReceipt => Outcome is "recorded" or "repeated" && What == "answered";

    public static IReadOnlyList<Noted> Read(string path) =>
        [.. File.ReadLines(path).Select(l => JsonSerializer.Deserialize<Noted>(l) ?? throw new FormatException($"{path}: {l}"))];
}
