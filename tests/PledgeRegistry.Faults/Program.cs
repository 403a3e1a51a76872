using PledgeRegistry.Faults.Kinds;
using PledgeRegistry.Faults.Running;

// [--engine sqlite|postgres] [--kills N] [--only WORD] [--seed N]: see tests/README.md.
string? Option(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
int? Number(string name) => Option(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

var seed = Number("--seed") ?? Environment.TickCount & 0xfffff;
var rows = new List<FaultRow>();
Console.WriteLine($"seed {seed}");
foreach (var engine in new[] { Ground.Sqlite, Ground.Postgres }.Where(e => Option("--engine") is null || Option("--engine") == e))
{
    await using var ground = await Ground.OpenAsync(engine);
    foreach (var fault in Fault.All.Where(f => f.Engines.Contains(engine) && f.Name.Contains(Option("--only") ?? "", StringComparison.OrdinalIgnoreCase)))
    {
        var row = await fault.RunOnAsync(ground, seed, fault == Fault.All[0] ? Number("--kills") : null, Console.WriteLine);
        Console.WriteLine(row);
        rows.Add(row);
    }
}
return rows.Count > 0 && rows.TrueForAll(r => r.Sound) ? 0 : 1;
