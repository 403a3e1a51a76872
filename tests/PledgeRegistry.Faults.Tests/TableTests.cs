using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Tests;

/// <summary>The table in tests/README.md.</summary>
public sealed class TableTests
{
    [Fact]
    public void It_has_a_row_for_every_fault_on_every_engine_that_is_run() =>
        Assert.Equal(FaultTable.Shape.Select(s => $"{s.Fault}, {s.Engine}"), FaultTable.Written().Select(r => $"{r[0]}, {r[1]}"));

    [Fact]
    public void Every_fault_in_it_has_happened_and_nothing_was_lost_by_any()
    {
        foreach (var row in FaultTable.Written())
        {
            Assert.True(int.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture) > 0, $"{row[0]} on {row[1]} never happened");
            Assert.All(row[4..], cell => Assert.Equal("0", cell));
        }
    }
}
