using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Faults.Checker;

/// <summary>One call of the operating system, from an strace record (-f -yy -xx).</summary>
/// <param name="Name">The call's name.</param>
/// <param name="Path">What its descriptor stands for, or the path it names.</param>
/// <param name="Data">The bytes handed over.</param>
/// <param name="Began">The line at which it was entered.</param>
/// <param name="Ended">The line at which it returned; the largest number where it never did.</param>
/// <param name="Result">What it returned; null where it never did.</param>
/// <param name="Injected">The tracer made it fail.</param>
public sealed record Call(string Name, string Path, byte[] Data, int Began, int Ended, long? Result, bool Injected)
{
    public bool IsSync => Name is "fsync" or "fdatasync";

    public bool IsWrite => Name is "write" or "pwrite64" or "writev";
}

/// <summary>Reads a record of strace. The tracer is one thread: the order of its lines is an order in which things were.</summary>
public static partial class Trace
{
    public static IReadOnlyList<Call> Read(IEnumerable<string> lines)
    {
        var (calls, open, number) = (new List<Call>(), new Dictionary<(string, string), int>(), 0);
        foreach (var line in lines)
        {
            number++;
            if (Resumed().Match(line) is { Success: true } resumed)
            {
                if (open.Remove((resumed.Groups["pid"].Value, resumed.Groups["name"].Value), out var at))
                {
                    calls[at] = calls[at] with { Ended = number, Result = Number(resumed), Injected = Injects(line) };
                }
            }
            else if (Entered().Match(line) is { Success: true } entered)
            {
                var (name, unfinished, end) = (entered.Groups["name"].Value, line.EndsWith("<unfinished ...>", StringComparison.Ordinal), End().Match(line));
                if (unfinished)
                {
                    open[(entered.Groups["pid"].Value, name)] = calls.Count;
                }
                var path = entered.Groups["path"].Success ? entered.Groups["path"].Value : Quoted().Match(line) is { Success: true } q && name == "openat" ? q.Groups[1].Value : "";
                calls.Add(new Call(name, Encoding.UTF8.GetString(Unescaped(path)), name == "openat" ? [] : [.. Quoted().Matches(line).SelectMany(m => Unescaped(m.Groups[1].Value))],
                    number, unfinished ? int.MaxValue : number, unfinished ? null : Number(end), Injects(line)));
            }
        }
        return calls;
    }

    private static bool Injects(string line) => line.EndsWith("(INJECTED)", StringComparison.Ordinal);

    private static long? Number(Match match) => long.TryParse(match.Groups["result"].Value, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static byte[] Unescaped(string text)
    {
        var bytes = new List<byte>(text.Length / 4);
        for (var i = 0; i < text.Length;)
        {
            var escaped = i + 3 < text.Length && text[i] == '\\' && text[i + 1] == 'x';
            bytes.Add(escaped ? Convert.ToByte(text.Substring(i + 2, 2), 16) : (byte)text[i]);
            i += escaped ? 4 : 1;
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"^(?<pid>\d+) +<\.\.\. (?<name>\w+) resumed>.*\) += (?<result>-?\d+)")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<pid>\d+) +(?<name>\w+)\((\d+<(?<path>[^>]*)>|)")]
    private static partial Regex Entered();

    [GeneratedRegex(@"\) += (?<result>-?\d+)[^()]*(\([^()]*\)[^()]*)*$")]
    private static partial Regex End();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();
}
