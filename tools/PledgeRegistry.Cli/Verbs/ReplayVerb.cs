using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge replay</c>: the log entry by entry, as it came to be.</summary>
internal static class ReplayVerb
{
    /// <param name="Grid">The grid's total once this entry was known, judged on the day of the reading.</param>
    private sealed record Step(HistoryLine Entry, string Says, CellCount? Grid);

    /// <summary>How many entries a second can be played, at most and at least.</summary>
    public const double Fastest = 1000, Slowest = 0.1;

    public static Command Create(CommonOptions options)
    {
        var from = Numbers.Option("--from", "POSITION", "The first position. Default: 0.", "A position is a whole number, 0 or more.", 0L, long.MaxValue);
        var to = Numbers.Option("--to", "POSITION", "The last position. Default: the last there is.", "A position is a whole number, 0 or more.", 0L, long.MaxValue);
        var step = new Option<bool>("--step") { Description = "In a terminal: step with the keys that it names. Else: wait for Enter after each entry; q ends." };
        var play = new Option<bool>("--play") { Description = "Play: in a terminal the view fills up, p pauses and q ends; else each frame that differs is printed." };
        var speed = Numbers.Option("--speed", "N", "How many entries a second it plays in a terminal: 0.1 to 1000.", "Give 0.1 to 1000 entries a second.", Slowest, Fastest, 5);
        var view = new Option<string?>("--view") { Description = "The view that fills up. Default for --play, and for --step in a terminal: grid.", HelpName = "grid|follow-up" };
        view.AcceptOnlyFromAmong(ReplayFrames.Grid, ReplayFrames.FollowUp);
        var cycle = new Option<string>("--cycle") { Description = "The forum's year, for --view follow-up.", HelpName = "YEAR", DefaultValueFactory = _ => "2022" };
        var grid = new Option<bool>("--grid") { Description = "Show the RCM grid's total as it fills up: owed/asked/recorded (owed/asked as a member)." };
        return options.Reading(
            new Command("replay", "The log entry by entry, as it came to be: position, time, stream, type, what it says. With --json, a line of JSON an entry.") { from, to, step, grid, play, speed, view, cycle },
            async (session, output, parsed, cancel) =>
            {
                var first = parsed.GetValue(from) ?? 0;
                var last = Math.Min(parsed.GetValue(to) ?? long.MaxValue, session.Reading.Size - 1);
                var frames = new ReplayFrames(session, parsed.GetValue(view) ?? ReplayFrames.Grid, parsed.GetRequiredValue(cycle));
                var (plays, steps) = (parsed.GetValue(play), parsed.GetValue(step));
                if ((plays || steps) && output.IsTerminal && !output.IsJson && !Console.IsInputRedirected && first <= last)
                {
                    using var screen = new ReplayConsole();
#pragma warning disable RS0030 // Where the tool's playing names the system's clock.
                    var player = new ReplayPlayer(frames, screen, first, last + 1, TimeProvider.System);
#pragma warning restore RS0030
                    await player.RunAsync(plays ? first : first + 1, plays, parsed.GetValue(speed), cancel);
                    return;
                }
                if ((plays || parsed.GetValue(view) is not null) && !output.IsJson)
                {
                    await PrintFramesAsync(frames, output, first, last, steps, cancel);
                    return;
                }
                for (var position = first; position <= last; position++)
                {
                    cancel.ThrowIfCancellationRequested();
                    await PrintAsync(session, output, position, parsed.GetValue(grid), cancel);
                    if (parsed.GetValue(step) && position < last && !await GoesOnAsync(cancel))
                    {
                        return;
                    }
                }
            }, namesBasis: false);
    }

    // Every entry has its line; the view follows where it differs from the one before.
    private static async Task PrintFramesAsync(ReplayFrames frames, Output output, long first, long last, bool steps, CancellationToken cancel)
    {
        var before = await frames.ViewAsync(first, cancel);
        for (var size = first + 1; size <= last + 1; size++)
        {
            cancel.ThrowIfCancellationRequested();
            output.Line(frames.Entry(size));
            var now = await frames.ViewAsync(size, cancel);
            if (!now.SequenceEqual(before))
            {
                foreach (var line in now)
                {
                    output.Line($"    {line}");
                }
                before = now;
            }
            if (steps && size <= last && !await GoesOnAsync(cancel))
            {
                return;
            }
        }
    }

    private static async Task PrintAsync(ReadSession session, Output output, long position, bool grid, CancellationToken cancel)
    {
        var reading = session.Reading;
        var entry = session.Models.History.At(position);
        var says = EntrySummary.Of(entry.Event, reading.Language);
        // The same day throughout: what fills up is what is known.
        var total = grid ? (await session.Ask(new GetRcmProgressGrid(reading with { Basis = new Basis(position + 1, reading.On) }), cancel)).Total : null;
        if (output.IsJson)
        {
            var line = (await session.Ask(new GetHistory(reading, From: position, Limit: 1), cancel)).Lines[0];
            output.JsonLine(new Step(line, says, total));
            return;
        }
        output.Row([
            position.ToString(CultureInfo.InvariantCulture).PadLeft(output.IsTerminal ? 6 : 0), EntryCodec.FormatTime(entry.RecordedAt), entry.Stream, entry.Type,
            .. total is null ? Array.Empty<string>() : [GridVerb.Cell(total)], says,
        ]);
    }

    private static async Task<bool> GoesOnAsync(CancellationToken cancel)
    {
        CommonOptions.Say("Enter: next; q and Enter: end");
        return await Console.In.ReadLineAsync(cancel) is { } answer && !answer.Trim().Equals("q", StringComparison.OrdinalIgnoreCase);
    }
}
