using PledgeRegistry.Faults.Kinds;
using PledgeRegistry.Faults.Running;
using Xunit.Abstractions;

namespace PledgeRegistry.Faults.Tests;

/// <summary>Every fault, in its short form, with real processes: after each, nothing is lost, twice, out of order or wrongly refused.</summary>
public abstract class FaultTests(GroundFixture fixture, ITestOutputHelper output)
{
    protected async Task ShowAsync(string fault)
    {
        var seed = Environment.TickCount & 0xfffff;
        var row = await Fault.All.Single(f => f.Name == fault).RunOnAsync(fixture.Ground, seed);
        output.WriteLine($"seed {seed}\n{row}");
        GroundFixture.Note(row);
        Assert.True(row.Fired > 0, $"It never happened: {row}");
        Assert.True(row.Sound, $"seed {seed}\n{row}");
    }

    protected static TheoryData<string> On(string engine) => [.. Fault.All.Where(f => f.Engines.Contains(engine)).Select(f => f.Name)];
}

public sealed class SqliteFaultTests(SqliteFixture fixture, ITestOutputHelper output) : FaultTests(fixture, output), IClassFixture<SqliteFixture>
{
    public static TheoryData<string> Faults => On(Ground.Sqlite);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Nothing_is_lost_on_SQLite_by(string fault) => ShowAsync(fault);
}

public sealed class PostgresFaultTests(PostgresFixture fixture, ITestOutputHelper output) : FaultTests(fixture, output), IClassFixture<PostgresFixture>
{
    public static TheoryData<string> Faults => On(Ground.Postgres);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Nothing_is_lost_on_PostgreSQL_by(string fault) => ShowAsync(fault);
}

/// <summary>The engine that a class's faults run on. Writes the table of what it has seen beside the tests' program.</summary>
public abstract class GroundFixture(string engine) : IAsyncLifetime
{
    private static readonly Lock Gate = new();
    private static readonly List<FaultRow> Rows = [];

    public Ground Ground { get; private set; } = null!;

    public async Task InitializeAsync() => Ground = await Ground.OpenAsync(engine);

    public async Task DisposeAsync() => await Ground.DisposeAsync();

    public static void Note(FaultRow row)
    {
        lock (Gate)
        {
            Rows.Add(row);
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "faults.md"), FaultTable.Of(Rows));
        }
    }
}

public sealed class SqliteFixture() : GroundFixture(Ground.Sqlite);

public sealed class PostgresFixture() : GroundFixture(Ground.Postgres);
