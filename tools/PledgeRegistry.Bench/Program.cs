using System.Globalization;
using PledgeRegistry.Bench;

// Speeds as ratios to the raw limit of the same engine in the same run. Ends by itself; leaves nothing but FILE.
const string Usage = """
    PledgeRegistry.Bench [--only append|signing|nodes|read] [--entries N] [--seconds S] [--out FILE] [--server CONNECTION]
      --entries N    how long the log is whose start and reads are measured (100000)
      --seconds S    how long each number of callers writes (5)
      --only WHAT    one part of it
      --out FILE     where the figures are written as JSON (bench.json)
      --server C     measures PostgreSQL on this server, which must be there for nothing else, and whose administrator C is
                     (Host=…;Username=…); tools/bench-postgres.sh makes one for it. Otherwise SQLite.
    """;
if (args.Contains("--help"))
{
    Console.WriteLine(Usage);
    return 0;
}
string? Given(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
int Number(string name, int otherwise) => Given(name) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;

var entries = Number("--entries", 100_000);
var duration = TimeSpan.FromSeconds(double.Parse(Given("--seconds") ?? "5", CultureInfo.InvariantCulture));
#pragma warning disable RS0030 // The bench is a host of its own: here its clock is named.
var clock = TimeProvider.System;
#pragma warning restore RS0030
if (Given("--node") is { } connection)
{
    return await NodesBench.NodeAsync(connection, clock, Number("--callers", 1), duration, Number("--number", 0), Number("--of", 1));
}

var only = Given("--only");
if (only is not (null or "append" or "signing" or "nodes" or "read") || (only == "nodes" && Given("--server") is null))
{
    Console.Error.WriteLine(only == "nodes" ? "--only nodes needs a server: --server CONNECTION, or tools/bench-postgres.sh." : $"--only {only}: there is append, signing, nodes and read.");
    return 2;
}
var postgres = Given("--server") is { } server ? new PostgresEngine(server) : null;
if (postgres is not null)
{
    await postgres.StartAsync();
}
await using BenchEngine engine = postgres is not null ? postgres : new SqliteEngine();
Console.WriteLine($"{Figures.Machine}; {engine.Name}, {engine.Durability}");
var figures = new Figures();
if (only is null or "append")
{
    await AppendBench.RunAsync(engine, clock, duration, figures);
}
if (only is null or "signing")
{
    await SigningBench.RunAsync(engine, clock, duration, figures);
}
if (postgres is not null && only is null or "nodes")
{
    await NodesBench.RunAsync(postgres!, clock, duration, figures);
}
if (only is null or "read")
{
    await ReadBench.RunAsync(engine, clock, entries, figures);
}
figures.Write(Given("--out") ?? "bench.json", engine.Name, engine.Durability);
return 0;
