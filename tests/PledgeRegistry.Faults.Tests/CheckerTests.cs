using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PledgeRegistry.Faults.Checker;

namespace PledgeRegistry.Faults.Tests;

/// <summary>The checker finds nothing in a sound history, and each kind of fault in one that was doctored.</summary>
public sealed class CheckerTests
{
    private readonly List<Stored> rows = [];
    private readonly List<Noted> record = [];

    public CheckerTests()
    {
        for (var i = 0; i < 8; i++)
        {
            rows.Add(Row(i, i % 2, i / 2));
            record.Add(Sent(i));
            record.Add(Receipt(i));
            record.Add(new Noted("entry", Position: i, Leaf: Hex(rows[i].Leaf), Of: "1"));
        }
        record.Add(Sent(100) with { Expect = "refused" });
        record.Add(new Noted("answered", Key(100), MarkOf(100), Status: 422, Outcome: "missing"));
        record.Add(Sent(101));
        record.Add(new Noted("answered", Key(101), MarkOf(101), Status: 503, Outcome: "unavailable"));
    }

    [Fact]
    public void A_sound_history_has_no_findings()
    {
        var check = HistoryCheck.Run(rows, [record]);
        Assert.Empty(check.Findings.Words);
        Assert.Equal((8, 1, 1, 8, 8L), (check.Acknowledged, check.Refused, check.Open, check.Read, check.Size));
    }

    [Fact]
    public void The_root_is_the_one_of_RFC_6962()
    {
        byte[] Join(byte[] a, byte[] b) => SHA256.HashData([1, .. a, .. b]);
        var l = rows.Select(r => r.Leaf).ToArray();
        var six = Join(Join(Join(l[0], l[1]), Join(l[2], l[3])), Join(l[4], l[5]));
        Assert.Equal(Hex(six), HistoryCheck.Run(rows[..6], []).Root);
        Assert.Equal(Hex(Join(Join(Join(l[0], l[1]), Join(l[2], l[3])), Join(Join(l[4], l[5]), l[6]))), HistoryCheck.Run(rows[..7], []).Root);
    }

    [Fact]
    public void An_acknowledged_entry_that_is_gone_is_lost() => Finds(f => f.LostCount, () => rows.RemoveAt(7));

    [Fact]
    public void An_acknowledged_entry_that_is_another_one_is_lost() => Finds(f => f.LostCount, () => rows[7] = Row(7, 1, 3, command: 77, mark: 77));

    [Fact]
    public void A_receipt_with_another_leaf_is_a_loss() => Finds(f => f.LostCount, () => Change(n => n.Position == 3 && n.IsReceipt, n => n with { Leaf = new string('0', 64) }));

    [Fact]
    public void A_receipt_with_another_id_is_a_loss() => Finds(f => f.LostCount, () => Change(n => n.Position == 3 && n.IsReceipt, n => n with { EntryId = "other" }));

    [Fact]
    public void A_leaf_that_is_not_the_hash_of_its_bytes_is_a_loss() => Finds(f => f.LostCount, () => rows[2] = rows[2] with { Leaf = rows[3].Leaf });

    [Fact]
    public void A_command_that_is_recorded_twice_is_a_duplicate() => Finds(f => f.DuplicatedCount, () => rows.Add(Row(8, 0, 4, command: 2, mark: 88)));

    [Fact]
    public void A_payload_that_is_recorded_twice_is_a_duplicate() => Finds(f => f.DuplicatedCount, () => rows.Add(Row(8, 0, 4, command: 88, mark: 2)));

    [Fact]
    public void An_id_that_is_used_twice_is_a_duplicate() => Finds(f => f.DuplicatedCount, () => rows.Add(Row(8, 0, 4, id: "id-3")));

    [Fact]
    public void A_key_with_two_receipts_is_a_duplicate() => Finds(f => f.DuplicatedCount, () => record.Add(Receipt(5) with { Key = Key(4), Outcome = "repeated" }));

    [Fact]
    public void A_gap_is_out_of_order() => Finds(f => f.ReorderedCount, () => rows.RemoveAt(4));

    [Fact]
    public void A_version_that_is_left_out_is_out_of_order() => Finds(f => f.ReorderedCount, () => rows[7] = Row(7, 1, 4));

    [Fact]
    public void A_time_that_goes_back_is_out_of_order() => Finds(f => f.ReorderedCount, () => rows[5] = Row(5, 1, 2, second: 1));

    [Fact]
    public void What_was_sent_after_a_receipt_and_stands_before_it_is_out_of_order() =>
        Finds(f => f.ReorderedCount, () => record.InsertRange(0, [Sent(6), Receipt(6)]));

    [Fact]
    public void A_reader_who_was_given_something_else_is_found() => Finds(f => f.LostCount, () => Change(n => n is { What: "entry", Position: 6 }, n => n with { Leaf = Hex(rows[5].Leaf) }));

    [Fact]
    public void A_reader_who_was_given_more_than_there_is_is_found() => Finds(f => f.LostCount, () => record.Add(new Noted("entry", Position: 8, Leaf: new string('1', 64), Of: "1")));

    [Fact]
    public void A_reader_who_was_given_things_out_of_order_is_found() => Finds(f => f.ReorderedCount, () => record.RemoveAll(n => n is { What: "entry", Position: 3 }));

    [Fact]
    public void A_log_that_a_reader_saw_shrink_is_found() => Finds(f => f.LostCount, () =>
    {
        record.Add(new Noted("size", Size: 5, Root: HistoryCheck.Run(rows[..5], []).Root, Of: "1"));
        record.Add(new Noted("size", Size: 4, Root: HistoryCheck.Run(rows[..4], []).Root, Of: "1"));
    });

    [Fact]
    public void A_root_that_is_none_of_the_log_is_found() => Finds(f => f.LostCount, () => record.Add(new Noted("size", Size: 5, Root: new string('2', 64), Of: "1")));

    [Fact]
    public void Something_refused_that_is_in_the_log_is_found() => Finds(f => f.WronglyRefusedCount, () => rows.Add(Row(8, 0, 4, command: 100, mark: 100)));

    [Fact]
    public void Something_valid_that_was_refused_is_found() =>
        Finds(f => f.WronglyRefusedCount, () => record.AddRange([Sent(102), new Noted("answered", Key(102), MarkOf(102), Status: 422, Outcome: "missing")]));

    [Fact]
    public void A_promise_that_nothing_was_written_that_does_not_hold_is_found() => Finds(f => f.WronglyRefusedCount, () => rows.Add(Row(8, 0, 4, command: 101, mark: 101)));

    [Fact]
    public void A_receipt_for_another_payload_under_the_same_key_is_found() =>
        Finds(f => f.WronglyRefusedCount, () => record.AddRange([Sent(200) with { Key = Key(4) }, Receipt(4) with { Mark = MarkOf(200), Outcome = "repeated" }]));

    [Fact]
    public void What_callers_did_is_counted()
    {
        var before = HistoryCheck.Run(rows, [record]);
        Assert.Equal((0, 0, 0), (before.AtOnce, before.Again, before.HungUp));
        record.AddRange([Sent(300), Sent(300), new Noted("unanswered", Key(300), MarkOf(300), Why: "hung-up"), Sent(300), new Noted("unanswered", Key(300), MarkOf(300), Why: "cut-off")]);
        record.AddRange([new Noted("unanswered", Key(300), MarkOf(300), Why: "cut-off"), Sent(300), Sent(3), Receipt(3) with { Outcome = "repeated" }]);
        var check = HistoryCheck.Run(rows, [record]);
        // A command that no answer came for, and that is sent again, is neither.
        Assert.Equal((2, 1, 1), (check.AtOnce, check.Again, check.HungUp));
    }

    [Fact]
    public void Entries_of_different_clients_and_nodes_in_turn_are_counted()
    {
        List<Noted> Of(string node, params int[] which) => [.. which.SelectMany(i => new[] { Sent(i), Receipt(i) with { Of = node } })];
        Assert.Equal((0, 0), HistoryCheck.Run(rows, [Of("1", 0, 1, 2, 3)]).Changes);
        Assert.Equal((3, 0), HistoryCheck.Run(rows, [Of("1", 0, 2), Of("1", 1, 3)]).Changes);
        Assert.Equal((1, 2), HistoryCheck.Run(rows, [[.. Of("1", 0), .. Of("2", 1)], Of("1", 2, 3)]).Changes);
    }

    private void Finds(Func<Findings, int> kind, Action doctor)
    {
        Assert.Equal(0, kind(HistoryCheck.Run(rows, [record]).Findings));
        doctor();
        Assert.True(kind(HistoryCheck.Run(rows, [record]).Findings) > 0);
    }

    private void Change(Predicate<Noted> which, Func<Noted, Noted> change)
    {
        var at = record.FindIndex(which);
        record[at] = change(record[at]);
    }

    private static string Key(int number) => $"k-{number.ToString(CultureInfo.InvariantCulture)}";

    private static string MarkOf(int number) => $"m-1-1-1-{number.ToString(CultureInfo.InvariantCulture)}-m";

    private static Noted Sent(int number) => new("sent", Key(number), MarkOf(number), Expect: "recorded");

    private Noted Receipt(int number) => new("answered", Key(number), MarkOf(number), Status: 201, Outcome: "recorded",
        Position: number, EntryId: $"id-{number.ToString(CultureInfo.InvariantCulture)}", Leaf: Hex(rows[number].Leaf), Count: 1, Size: number + 1);

    private static Stored Row(int position, int stream, int version, int? command = null, int? mark = null, string? id = null, int? second = null)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""{"actor":"local-operator","commandId":"{{Entries.CommandIdOf(HistoryCheck.Actor, Key(command ?? position))}}","data":{"text":"{{MarkOf(mark ?? position)}}"},"id":"{{id ?? $"id-{position}"}}","position":{{position}},"recordedAt":"2026-01-01T00:00:{{second ?? position + 10:00}}.000Z","stream":"s/{{stream}}","version":{{version}}}"""));
        return new Stored(position, SHA256.HashData([0, .. bytes]), bytes);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
