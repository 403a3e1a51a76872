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

    public static Command Create(CommonOptions options)
    {
        var from = new Option<long?>("--from") { Description = "The first position. Default: 0.", HelpName = "POSITION" };
        var to = new Option<long?>("--to") { Description = "The last position. Default: the last there is.", HelpName = "POSITION" };
        var step = new Option<bool>("--step") { Description = "Wait for Enter after each entry; q ends." };
        var grid = new Option<bool>("--grid") { Description = "Show the RCM grid's total as it fills up: owed/asked/recorded (owed/asked as a member)." };
        foreach (var position in new[] { from, to })
        {
            position.Validators.Add(r => { if (r.GetValueOrDefault<long?>() < 0) { r.AddError($"{position.Name}: A position is 0 or more."); } });
        }
        return options.Reading(
            new Command("replay", "The log entry by entry, as it came to be: position, time, stream, type, what it says. With --json, a line of JSON an entry.") { from, to, step, grid },
            async (session, output, parsed, cancel) =>
            {
                var first = parsed.GetValue(from) ?? 0;
                var last = Math.Min(parsed.GetValue(to) ?? long.MaxValue, session.Reading.Size - 1);
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
