using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PledgeRegistry.Bench;

/// <summary>One figure beside its raw limit, from the same run.</summary>
/// <param name="Ratio">Figure ÷ raw for a rate (higher is better), time ÷ time for a duration (lower is better).</param>
internal sealed record Figure(string What, double Raw, double Measured, string Unit, double Ratio, string Target);

/// <summary>Prints figures as they come, and writes them as JSON in the end.</summary>
internal sealed class Figures
{
    private readonly List<Figure> all = [];

    public static string Machine { get; } =
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    public void Add(string what, double raw, double measured, string unit, string target)
    {
        var figure = new Figure(what, Math.Round(raw, 4), Math.Round(measured, 4), unit, Math.Round(measured / raw, 3), target);
        all.Add(figure);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-52} raw {raw,12:N2}  here {measured,12:N2} {unit,-10} ratio {figure.Ratio,6:0.00}  ({target})"));
    }

    public void Write(string path, string engine, string durability)
    {
        var report = new { machine = Machine, engine, durability, figures = all };
        File.WriteAllText(path, JsonSerializer.Serialize(report, JsonSerializerOptions.Web) + "\n");
        Console.WriteLine($"Written to {path}");
    }
}
