using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Exchange;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge diff</c>: what differs between two moments, and which entries made it.</summary>
internal static class DiffVerb
{
    public static Command Create(CommonOptions options)
    {
        var view = new Argument<string>("VIEW") { Description = $"What to compare: {string.Join(", ", ComparedViews.All.Select(v => v.Name))}.", DefaultValueFactory = _ => "registry" };
        var filter = new Option<string[]>("--with") { Description = "A parameter of the view, such as cycle=2022, framework=gcm, id=IMRF-2022-0042, party=CRI. May be given several times.", HelpName = "NAME=VALUE" };
        var size = new Option<string?>("--from-size") { Description = "The first moment: when the log had so many entries.", HelpName = "N" };
        var asOf = new Option<string?>("--from-as-of") { Description = "The first moment: an instant, or the end of a day (UTC).", HelpName = "MOMENT" };
        var asOfMeeting = new Option<string?>("--from-as-of-meeting") { Description = "The first moment: the end of a meeting (IMRF-2022), judged on its last day.", HelpName = "MEETING" };
        var on = new Option<string?>("--from-on") { Description = "The first moment: judged on this day.", HelpName = "DATE" };
        var since = new Option<string?>("--since-meeting-of") { Description = "The first moment: the regular meeting of this series before the second moment.", HelpName = "SERIES" };
        var change = new Option<string?>("--change") { Description = "Only what was added, what changed, what has gone, or what only says it in other words (drift).", HelpName = "added|changed|gone|drift" }
            .AcceptOnlyFromAmong([.. Kebab.Codes<DifferenceKind>()]);
        var after = new Option<string?>("--after") { Description = "Start after this key: 'next' of the page before.", HelpName = "KEY" };
        var limit = Numbers.Option("--limit", "N", "At most so many rows, 1 to 500.", "Ask for a whole number of rows, 1 to 500.", 1, 500, 100);
        return options.Reading(
            new Command("diff", "What differs between two moments: added, changed field by field, gone, or only reworded, with the entries that made it. The second moment is --size, --as-of, --as-of-meeting and --on; left out, it is now.")
            {
                view, filter, size, asOf, asOfMeeting, on, since, change, after, limit,
            },
            async (session, output, parsed, cancel) =>
            {
                var compared = ComparedViews.Find(parsed.GetRequiredValue(view))
                    ?? throw CommandFailedException.Usage($"There is no view '{parsed.GetValue(view)}' to compare. There are: {string.Join(", ", ComparedViews.All.Select(v => v.Name))}.");
                var (from, meeting) = First(session, new BasisRequest(parsed.GetValue(size), parsed.GetValue(on), parsed.GetValue(asOf), parsed.GetValue(asOfMeeting)), parsed.GetValue(since));
                var found = await session.Ask(new GetDifferences(
                    session.Reading, from, compared, Filter(compared, parsed.GetValue(filter) ?? []), Kebab.TryParse<DifferenceKind>(parsed.GetValue(change), out var only) ? only : null,
                    parsed.GetValue(after), parsed.GetValue(limit), meeting), cancel) ?? throw new CommandFailedException($"Neither moment knows what '{compared.Name}' is to be of.");
                if (output.IsJson)
                {
                    output.Json(found);
                }
                else
                {
                    Print(found, session, output);
                }
            });
    }

    private static (Basis From, string? Meeting) First(ReadSession session, BasisRequest request, string? series)
    {
        if (series is not null)
        {
            return !request.IsNow ? throw CommandFailedException.Usage("--since-meeting-of names the first moment by itself: leave out what begins with --from-.")
                : new Moments(session.Models, session.Registry).Previous(series, session.Reading) is { } previous ? (previous.Basis, previous.Meeting.Id)
                : throw new CommandFailedException($"No regular meeting of '{series}' is known that was over before {session.Reading.Basis.OnText()}.");
        }
        if (request.IsNow)
        {
            throw CommandFailedException.Usage("The first moment is needed: give --from-size, --from-as-of, --from-as-of-meeting or --from-on, or --since-meeting-of.");
        }
        var basis = Moments.Beside(session.Resolve(Moments.OrSize(request, session.Reading.Size), "from-"), session.Reading.Basis);
        return (basis, basis.From.Origin == BasisOrigin.Meeting ? basis.From.Asked : null);
    }

    private static Dictionary<string, string> Filter(ComparedView view, string[] given)
    {
        var filter = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || !view.Parameters.Contains(one[..at]) || !filter.TryAdd(one[..at], one[(at + 1)..]))
            {
                throw CommandFailedException.Usage($"--with {one}: write NAME=VALUE, each once. '{view.Name}' takes {(view.Parameters.Any() ? string.Join(", ", view.Parameters) : "none")}.");
            }
        }
        foreach (var (name, value) in filter)
        {
            if (Wanted(view, name, value) is { } wanted)
            {
                throw CommandFailedException.Usage($"--with {name}={value}: {wanted}");
            }
        }
        return view.Which.FirstOrDefault(w => !filter.ContainsKey(w)) is { } missing
            ? throw CommandFailedException.Usage($"'{view.Name}' needs --with {missing}=….")
            : filter;
    }

    // What a value must be, where it isn't; null where it can be used. As the API checks the same parameters.
    private static string? Wanted(ComparedView view, string name, string value)
    {
        string[]? codes = name switch
        {
            "kind" when view.Name is "pledges" or "imrf-follow-up" => [.. Kebab.Codes<PledgeKind>()],
            "direction" => [.. Kebab.Codes<Direction>()],
            _ => null,
        };
        return codes is not null && !codes.Contains(value) ? $"it is one of {string.Join(", ", codes)}."
            : name is "from" or "until" && !WrittenMoment.TryDay(value, out _) ? WrittenMoment.OfDay(value)?.Message ?? "write a date as 2022-05-17."
            : value.Length == 0 ? "the value is missing."
            : null;
    }

    private static void Print(DifferencesView view, ReadSession session, Output output)
    {
        output.Line(session.BasisLine(DifferencesView.View));
        output.Line($"from  size={Number(view.From.Size)}  on={view.From.OnText()}  root={view.FromRoot}{(view.SinceMeeting is { } meeting ? $"  meeting={meeting.Id}" : "")}");
        if (view.Backwards)
        {
            output.Line("The second moment is the earlier one: this is what would be undone.");
        }
        output.Fields(
            ("of", view.Of), ("entries between", Number(view.Entries)), ("added", Number(view.Counts.Added)), ("changed", Number(view.Counts.Changed)), ("gone", Number(view.Counts.Gone)),
            ("reworded", Number(view.Counts.Drift)), ("next", view.Next));
        output.Table("Rows", ["change", "key", "why", "causes", "title"],
            [.. view.Rows.Select(r => (string[])[r.Kind.Code(), r.Key, Output.OrDash(r.Reason?.Code()), Causes(r), r.Title])]);
        output.Table("Fields", ["key", "field", "from", "to", "by"],
        [
            // Of what came or went whole, the row itself says enough.
            .. view.Rows.Where(r => r.Fields.Any(f => f.From is not null) && r.Fields.Any(f => f.To is not null))
                .SelectMany(r => r.Fields.Select(f => (string[])[r.Key, f.Field, Output.OrDash(f.From), Output.OrDash(f.To), f.ByEntries && f.ByTime ? "entries, day" : f.ByTime ? "day" : "entries"])),
        ]);
        output.Table("Causes", ["key", "position", "entry", "how", "holds from", "reason"],
        [
            .. view.Rows.SelectMany(r => r.Causes.Select(c => (string[])[r.Key, Number(c.Position), c.Type, c.How.Code(), Output.OrDash(c.EffectiveOn?.ToString()), Output.OrDash(c.Why)])),
        ]);
    }

    private static string Causes(DifferenceLine row) =>
        row.CauseCount == 0 ? "time" : $"{Number(row.CauseCount)} {(row.CauseCount == 1 ? "entry" : "entries")}{(row.ByTime ? ", time" : "")}";

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
