using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.AccountabilityHistory;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge history</c>: who did what and when, from what to what, and why.</summary>
internal static class HistoryVerb
{
    private const int Page = 1000;

    // The families of streams that an id alone can be of.
    private static readonly string[] Families = ["pledge", "initiative", "meeting", "participant", "source", "series", "framework"];

    public static Command Create(CommonOptions options)
    {
        var what = new Argument<string[]>("WHAT")
        {
            Description = "A stream (pledge/IMRF-2022-0042), an id (IMRF-2022-0042), or 'participant' and a code: all that a participant has a part in. Default: everything.",
            Arity = new ArgumentArity(0, 2),
        };
        var from = Numbers.Option("--from", "POSITION", "From this position on.", "A position is a whole number, 0 or more.", 0L, long.MaxValue);
        var limit = Numbers.Option("--limit", "N", "At most so many entries. Default: all.", "Ask for a whole number of entries, 1 or more.", 1L, long.MaxValue);
        what.Validators.Add(r => { if (r.Tokens.Count == 2 && r.Tokens[0].Value != "participant") { r.AddError("Give one stream or id, or 'participant' and a code."); } });
        return options.Reading(
            new Command("history", "Who did what and when, from what to what, why, and on what evidence.") { what, from, limit },
            async (session, output, parsed, cancel) =>
            {
                var view = await AllAsync(session, Query(session, parsed.GetValue(what) ?? []), parsed.GetValue(from), parsed.GetValue(limit), cancel);
                if (output.IsJson)
                {
                    output.Json(view);
                }
                else
                {
                    Print(view, session, output);
                }
            });
    }

    /// <summary>One page after another, as one view.</summary>
    private static async Task<HistoryView> AllAsync(ReadSession session, GetHistory query, long? from, long? limit, CancellationToken cancel)
    {
        var lines = new List<HistoryLine>();
        HistoryView page;
        do
        {
            cancel.ThrowIfCancellationRequested();
            page = await session.Ask(query with { From = from, Limit = (int)Math.Min(Page, (limit ?? long.MaxValue) - lines.Count) }, cancel);
            lines.AddRange(page.Lines);
            from = page.Next;
        }
        while (page.Next is not null && lines.Count < (limit ?? long.MaxValue));
        return page with { Lines = lines };
    }

    private static GetHistory Query(ReadSession session, string[] what)
    {
        var query = new GetHistory(session.Reading);
        var streams = session.Registry.State.Versions;
        switch (what)
        {
            case []:
                return query;
            case [_, var code]:
                return session.Registry.State.Participants.ContainsKey(code)
                    ? query with { Participant = code }
                    : throw new CommandFailedException($"No participant has the code '{code}'.");
            default:
                var stream = new[] { what[0] }.Concat(Families.Select(f => $"{f}/{what[0]}")).FirstOrDefault(streams.ContainsKey);
                return stream is not null
                    ? query with { Stream = stream }
                    : throw new CommandFailedException($"Nothing is recorded under '{what[0]}'. Give a stream such as pledge/IMRF-2022-0042, or an id such as IMRF-2022-0042.");
        }
    }

    private static void Print(HistoryView view, ReadSession session, Output output)
    {
        output.Line(session.BasisLine(HistoryView.View));
        output.Line($"{view.Lines.Count.ToString(CultureInfo.InvariantCulture)} of {view.Count.ToString(CultureInfo.InvariantCulture)} entries"
            + (view.Next is { } next ? $"; more from position {next.ToString(CultureInfo.InvariantCulture)}" : ""));
        foreach (var line in view.Lines)
        {
            output.Line();
            output.Row(
                line.Position.ToString(CultureInfo.InvariantCulture), EntryCodec.FormatTime(line.RecordedAt), line.Stream, $"version {line.Version.ToString(CultureInfo.InvariantCulture)}", line.Type,
                line.OnBehalfOf is null ? line.Role : $"{line.Role} for {line.OnBehalfOf}");
            output.Fields(
            [
                ("  leaf hash", line.LeafHash), ("  effective on", line.EffectiveOn?.ToString()), ("  why", line.Reason),
                ("  withheld", line.Withheld is { } w ? string.Create(CultureInfo.InvariantCulture, $"by entry {w.Entry}, on the authority of {w.Authority} (because: {w.Reason})") : null),
                .. line.Changes.Select(c => ($"  {c.Field}", (string?)(c.From is null ? c.To : $"{c.From} → {Output.OrDash(c.To)}"))),
                .. line.Evidence.Select(e => ("  evidence", (string?)$"{e.Title} {e.Url}".Trim())),
            ]);
        }
    }
}
