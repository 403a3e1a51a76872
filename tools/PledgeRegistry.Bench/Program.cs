using System.Globalization;
using PledgeRegistry.Bench;

// PledgeRegistry.Bench [--entries N] [--seconds S] [--out FILE]
// Speeds as ratios to the raw limit of the same engine in the same run. Ends by itself; leaves nothing but FILE.
string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : otherwise;

var entries = int.Parse(Option("--entries", "100000"), CultureInfo.InvariantCulture);
var seconds = double.Parse(Option("--seconds", "5"), CultureInfo.InvariantCulture);
const string Engine = "SQLite", Durability = "WAL, synchronous=FULL";
#pragma warning disable RS0030 // The bench is a host of its own: here its clock is named.
var clock = TimeProvider.System;
#pragma warning restore RS0030

Console.WriteLine($"{Figures.Machine}; {Engine}, {Durability}");
var folder = Directory.CreateTempSubdirectory("pledge-bench-").FullName;
try
{
    var figures = new Figures();
    await AppendBench.RunAsync(folder, clock, TimeSpan.FromSeconds(seconds), figures);
    await ReadBench.RunAsync(folder, clock, entries, figures);
    figures.Write(Option("--out", "bench.json"), Engine, Durability);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
