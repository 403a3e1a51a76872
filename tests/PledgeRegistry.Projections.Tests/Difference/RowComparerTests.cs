using PledgeRegistry.Projections.Difference;

namespace PledgeRegistry.Projections.Tests.Difference;

public sealed class RowComparerTests
{
    private static readonly ViewRow Row = New("a", ("claimed", "planning"), ("title", "Care"));

    [Fact]
    public void The_same_rows_have_no_difference() => Assert.Empty(Between([Row, New("b", ("x", "1"))], [New("b", ("x", "1")), New("a", ("title", "Care"), ("claimed", "planning"))]));

    [Fact]
    public void A_row_that_is_only_in_the_second_was_added_with_all_that_it_says()
    {
        var added = Assert.Single(Between([], [Row]));
        Assert.Equal((DifferenceKind.Added, (ViewRow?)null, Row), (added.Kind, added.Before, added.After));
        Assert.Equal([("claimed", null, "planning"), ("title", null, "Care")], added.Fields.Select(f => (f.Field, f.From, f.To)));
    }

    [Fact]
    public void A_row_that_is_only_in_the_first_has_gone()
    {
        var gone = Assert.Single(Between([Row], []));
        Assert.Equal((DifferenceKind.Gone, "a"), (gone.Kind, gone.Row.Key));
        Assert.All(gone.Fields, f => Assert.Null(f.To));
    }

    [Fact]
    public void A_row_in_which_a_fact_differs_has_changed_field_by_field()
    {
        var changed = Assert.Single(Between([Row], [New("a", ("claimed", "fulfilled"), ("title", "Care for all"), ("dueOn", "2026-05-08"))]));
        Assert.Equal(DifferenceKind.Changed, changed.Kind);
        Assert.Equal(
            [("claimed", "planning", "fulfilled", false), ("dueOn", null, "2026-05-08", false), ("title", "Care", "Care for all", true)],
            changed.Fields.Select(f => (f.Field, f.From, f.To!, f.Wording)));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("text")]
    [InlineData("names.es")]
    [InlineData("milestones[0].text")]
    [InlineData("description.fr")]
    [InlineData("narrative")]
    public void A_row_in_which_only_words_differ_has_drifted(string field) =>
        Assert.Equal(DifferenceKind.Drift, Assert.Single(Between([New("a", (field, "one"), ("status", "x"))], [New("a", (field, "another"), ("status", "x"))])).Kind);

    [Theory]
    [InlineData("owing")]
    [InlineData("milestones[0].due.date")]
    [InlineData("amounts[0].amount")]
    [InlineData("language")]
    public void No_fact_passes_for_a_wording(string field) =>
        Assert.Equal(DifferenceKind.Changed, Assert.Single(Between([New("a", (field, "one"))], [New("a", (field, "another"))])).Kind);

    [Fact]
    public void What_ended_has_gone_although_it_is_still_shown_and_what_was_reinstated_is_added_again()
    {
        var ended = New("a", ("claimed", "planning"), ("ended", "withdrawn"), ("title", "Care")) with { Ended = "withdrawn" };
        var gone = Assert.Single(Between([Row], [ended]));
        Assert.Equal((DifferenceKind.Gone, "ended"), (gone.Kind, Assert.Single(gone.Fields).Field));
        Assert.Equal(DifferenceKind.Added, Assert.Single(Between([ended], [Row])).Kind);
        Assert.Equal(DifferenceKind.Changed, Assert.Single(Between([ended], [ended with { Fields = RowFields.From(("claimed", "planning"), ("ended", "merged"), ("title", "Care")), Ended = "merged" }])).Kind);
    }

    [Fact]
    public void The_middle_tells_what_was_recorded_from_what_the_day_made()
    {
        var middle = New("a", ("claimed", "fulfilled"), ("timeliness", "not-yet-due"));
        var changed = Assert.Single(RowComparer.Between(
            [New("a", ("claimed", "planning"), ("timeliness", "not-yet-due"))], [middle], [New("a", ("claimed", "fulfilled"), ("timeliness", "late"))]));
        Assert.Equal([("claimed", true, false), ("timeliness", false, true)], changed.Fields.Select(f => (f.Field, f.ByEntries, f.ByTime)));
        Assert.Equal((true, true), (changed.ByEntries, changed.ByTime));
        var back = Assert.Single(RowComparer.Between([New("a", ("claimed", "fulfilled"), ("timeliness", "late"))], [middle], [New("a", ("claimed", "planning"), ("timeliness", "not-yet-due"))], entriesFirst: false));
        Assert.Equal(changed.Fields.Select(f => (f.Field, f.ByEntries, f.ByTime)), back.Fields.Select(f => (f.Field, f.ByEntries, f.ByTime)));
    }

    [Fact]
    public void Rows_under_one_key_are_told_apart_by_their_order()
    {
        var changed = Assert.Single(Between([New("a", ("x", "1")), New("a", ("x", "2"))], [New("a", ("x", "1")), New("a", ("x", "3"))]));
        Assert.Equal(("a/2", "x"), (changed.Row.Key, changed.Fields[0].Field));
    }

    [Fact]
    public void Differences_come_in_the_order_of_their_keys() =>
        Assert.Equal(["A", "a", "b", "é"], Between([New("b", ("x", "1")), New("A", ("x", "1"))], [New("é", ("x", "1")), New("a", ("x", "1"))]).Select(d => d.Row.Key));

    [Fact]
    public Task Applied_to_the_first_rows_they_give_the_second_and_backwards_they_are_the_mirror() => Seeded.RunAsync(200, random =>
    {
        var (a, m, b) = (Some(random.Random), Some(random.Random), Some(random.Random));
        RowDifference[] there = [.. RowComparer.Between(a, m, b)];
        RowDifference[] back = [.. RowComparer.Between(b, m, a, entriesFirst: false)];
        DifferenceLaws.Hold(a, b, there, back);
        return Task.CompletedTask;
    });

    private static IEnumerable<RowDifference> Between(ViewRow[] before, ViewRow[] after) => RowComparer.Between(before, before, after);

    private static ViewRow New(string key, params (string, string?)[] fields) => new(key, "pledge/X", RowFields.From(fields));

    private static ViewRow[] Some(Random random) =>
    [
        .. Enumerable.Range(0, 8).Where(_ => random.Next(3) > 0).Select(n =>
        {
            var ended = random.Next(4) == 0 ? "withdrawn" : null;
            return New($"r{n}", ("always", "1"), ("title", random.Next(2) == 0 ? "one" : "other"), ("claimed", random.Next(3) switch { 0 => null, 1 => "planning", _ => "fulfilled" }), ("ended", ended)) with { Ended = ended };
        }),
    ];
}

/// <summary>What holds of all differences, whatever they are of.</summary>
internal static class DifferenceLaws
{
    /// <param name="there">From the first rows to the second.</param>
    /// <param name="back">From the second to the first.</param>
    public static void Hold(IReadOnlyList<ViewRow> first, IReadOnlyList<ViewRow> second, IReadOnlyList<RowDifference> there, IReadOnlyList<RowDifference> back)
    {
        Assert.Equal(Text(second), Text(Applied(first, there)));
        Assert.Equal(Text(first), Text(Applied(second, back)));
        Assert.Equal(there.Select(d => (d.Row.Key, Mirror(d.Kind), d.ByEntries, d.ByTime)), back.Select(d => (d.Row.Key, d.Kind, d.ByEntries, d.ByTime)));
        Assert.Equal(there.SelectMany(d => d.Fields).Select(f => (f.Field, f.To, f.From, f.Wording)), back.SelectMany(d => d.Fields).Select(f => (f.Field, f.From, f.To, f.Wording)));
    }

    private static DifferenceKind Mirror(DifferenceKind kind) => kind switch { DifferenceKind.Added => DifferenceKind.Gone, DifferenceKind.Gone => DifferenceKind.Added, _ => kind };

    // Written from the fields alone, as somebody would who has only the answer: a row of which nothing is left is gone.
    private static IEnumerable<(string Key, IReadOnlyDictionary<string, string> Fields)> Applied(IEnumerable<ViewRow> rows, IEnumerable<RowDifference> differences)
    {
        var byKey = Numbered(rows).ToDictionary(r => r.Key, r => new Dictionary<string, string>(r.Fields, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var difference in differences)
        {
            byKey.TryAdd(difference.Row.Key, new Dictionary<string, string>(StringComparer.Ordinal));
            foreach (var field in difference.Fields)
            {
                Assert.Equal(field.From, byKey[difference.Row.Key].GetValueOrDefault(field.Field));
                if (field.To is null)
                {
                    byKey[difference.Row.Key].Remove(field.Field);
                }
                else
                {
                    byKey[difference.Row.Key][field.Field] = field.To;
                }
            }
        }
        return byKey.Where(r => r.Value.Count > 0).Select(r => (r.Key, (IReadOnlyDictionary<string, string>)r.Value));
    }

    private static IEnumerable<(string Key, IReadOnlyDictionary<string, string> Fields)> Numbered(IEnumerable<ViewRow> rows) =>
        rows.GroupBy(r => r.Key).SelectMany(g => g.Select((r, i) => (i == 0 ? r.Key : $"{r.Key}/{i + 1}", r.Fields)));

    private static string Text(IEnumerable<ViewRow> rows) => Text(Numbered(rows));

    private static string Text(IEnumerable<(string Key, IReadOnlyDictionary<string, string> Fields)> rows) => string.Join('\n',
        rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}: {string.Join(" | ", r.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"))}"));
}
