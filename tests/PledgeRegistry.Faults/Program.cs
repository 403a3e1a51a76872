using System.Globalization;
using PledgeRegistry.Faults.Kinds;
using PledgeRegistry.Faults.Running;

// [--engine sqlite|postgres] [--kills N] [--times N] [--only WORD] [--seed N] [--write]: see tests/README.md.
string? Option(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
int? Number(string name) => Option(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

if (args.Contains("--write") && new[] { "--only", "--engine" }.Any(args.Contains))
{
    Console.Error.WriteLine("--write puts a whole table into tests/README.md: it can't be combined with --only or --engine.");
    return 2;
}
var seed = Number("--seed") ?? Environment.TickCount & 0xfffff;
var (rows, failed, write) = (new List<FaultRow>(), 0, args.Contains("--write"));
Console.WriteLine($"seed {seed}");
// The engines don't know of each other, and are tried at the same time.
await Task.WhenAll(new[] { Ground.Sqlite, Ground.Postgres }.Where(e => Option("--engine") is null || Option("--engine") == e).Select(async engine =>
{
    var ground = await Ground.OpenAsync(engine);
    foreach (var fault in Fault.All.Where(f => f.Engines.Contains(engine) && f.Name.Contains(Option("--only") ?? "", StringComparison.OrdinalIgnoreCase)))
    {
        try
        {
            var row = await fault.RunOnAsync(ground, seed, fault == Fault.All[0] ? Number("--kills") : Number("--times"), said => Console.WriteLine($"{engine}: {said}"));
            Console.WriteLine(row);
            lock (rows)
            {
                rows.Add(row);
            }
        }
        catch (FaultException e)
        {
            // The others are run all the same, on a server of their own.
            Interlocked.Increment(ref failed);
            Console.WriteLine(e.Message);
            await ground.DisposeAsync();
            ground = await Ground.OpenAsync(engine);
        }
    }
    await ground.DisposeAsync();
}));
Console.WriteLine($"\n{FaultTable.Of(rows)}");
if (rows.Count == 0 || failed > 0 || !rows.TrueForAll(r => r.Sound))
{
    return 1;
}
if (write)
{
    FaultTable.Write(rows);
}
return 0;
