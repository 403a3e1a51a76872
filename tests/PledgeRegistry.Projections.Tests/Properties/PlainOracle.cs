using System.Globalization;
using System.Text.Json.Nodes;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>
/// What was known when so many entries were there, and true on a day, from the stored bytes alone: it uses no type of the
/// product, not even its dates. Every answer goes through the entries again. Facts are lines of words.
/// </summary>
internal sealed class PlainOracle(IEnumerable<ReadOnlyMemory<byte>> stored)
{
    private static readonly string[] Endings = ["withdrawn", "superseded", "completed", "split", "merged", "marked-duplicate"];
    private readonly JsonNode[] entries = [.. stored.Select(e => JsonNode.Parse(e.Span)!)];
    private ILookup<string, JsonNode> streams = null!;
    private string on = "";

    public PlainOracle At(long size, DateOnly day)
    {
        (streams, on) = (entries.Take((int)size).ToLookup(e => (string)e["stream"]!), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return this;
    }

    public IEnumerable<string> Pledges() => Known().Select(p => $"{p.Key} '{Says(p)["title"]}' ended:{Ended(p)} owing:{string.Join(',', Owing(p).Order(StringComparer.Ordinal))} reports:{Reports(p).Count(r => Last(r["effectiveOn"]) is var d && Then(d))}");
    public IEnumerable<string> GridOwed() =>
        from p in Known() where Counts(p) from area in Mapped(p, "rcm-areas/2016") from party in Owing(p) select $"{party} {area} owes {p.Key}: {Claim(p, party)}";
    public IEnumerable<string> GridRecorded() =>
        (from p in Known() where Counts(p) from area in Mapped(p, "rcm-areas/2016") from r in Reports(p).Select((report, i) => (report, Number: i + 1)) where Then(Last(r.report["effectiveOn"])) select $"{r.report["party"]} {area} {p.Key} {r.Number}: {r.report["status"]}")
        .Concat(from i in Initiatives() where !i.Withdrawn from area in i.Says["areas"]!.AsArray() select $"{i.Says["participant"]} {area} {i.Id} : {i.Says["novelty"]}");
    public IEnumerable<string> FollowUp(string cycle) =>
        from p in Known()
        let says = Says(p)
        let meeting = Meeting((string)says["meeting"]!)
        where Counts(p) && (string?)meeting["series"] == "IMRF" && $"{says["cycle"] ?? meeting["year"]}" == cycle
        from party in Owing(p)
        select $"{party} {p.Key}: {Claim(p, party)}";
    public IEnumerable<string> Coverage(string framework) =>
        from p in Known().Where(Counts)
        from item in Mapped(p, framework).SelectMany(i => new[] { i, Parent(framework, i) }).OfType<string>().Distinct()
        from party in Owing(p)
        group p by $"{item} {party}" into g
        select $"{g.Key}: {g.Count()}";
    public IEnumerable<string> InitiativeList() => Initiatives().Select(i => $"{i.Id} {i.Says["novelty"]} '{i.Says["title"]!["en"]}' withdrawn:{i.Withdrawn}");
    public IEnumerable<string> Members() => streams.Where(s => s.Key.StartsWith("participant/", StringComparison.Ordinal)).Where(s =>
    {
        var spans = new List<(string From, string Until)>();
        foreach (var e in s.Where(e => (string?)e["data"]!["role"] == "member" && (string?)e["data"]!["scope"] == "RCM"))
        {
            spans = Type(e) == "participant-role-started" ? [.. spans, (e["data"]!["from"] is { } from ? First(from) : "", "9999")] : [.. spans.SkipLast(1), (spans[^1].From, First(e["data"]!["until"]))];
        }
        return spans.Any(r => string.CompareOrdinal(r.From, on) <= 0 && string.CompareOrdinal(on, r.Until) < 0);
    }).Select(s => s.Key["participant/".Length..]);
    public int Entries(string stream) => streams[stream].Count();

    // A pledge is known from its announcement, or from its recording, which publishes it.
    private IEnumerable<Story> Known() => streams.Where(s => s.Key.StartsWith("pledge/", StringComparison.Ordinal)).Select(s => new Story(s.Key["pledge/".Length..], [.. s])).Where(p =>
        Then(Last(p.All.Where(e => Type(e) is "pledge-recorded" or "pledge-corrected").Last()["data"]!["content"]!["announcedOn"])) || Then(((string)p.All[0]["recordedAt"]!)[..10]));
    private JsonNode Says(Story p) => Wording(p.All, "pledge", e => Type(e) == "pledge-recorded" ? "" : Last(e["data"]!["from"]))!;
    private IEnumerable<(string Id, JsonNode Says, bool Withdrawn)> Initiatives() =>
        from s in streams
        where s.Key.StartsWith("initiative/", StringComparison.Ordinal)
        let says = Wording([.. s], "initiative", e => Last(e["data"]!["content"]!["effectiveOn"])) ?? (Then(((string)s.First()["recordedAt"]!)[..10]) ? First(s) : null)
        where says is not null
        select (s.Key["initiative/".Length..], says, s.Any(e => Type(e) == "initiative-withdrawn" && Then(Last(e["data"]!["from"]))));

    // What holds first of all, where nothing holds yet by its day: as it was recorded, or that was corrected to.
    private static JsonNode First(IEnumerable<JsonNode> s) => s.TakeWhile(e => Type(e) != "initiative-updated").Last(e => e["data"]!["content"] is not null)["data"]!["content"]!;

    // A correction takes the place of the wording before it; of those that hold the latest does, and of one day the later entry.
    private JsonNode? Wording(IReadOnlyList<JsonNode> all, string kind, Func<JsonNode, string> from)
    {
        var wordings = new List<(string From, JsonNode Content)>();
        foreach (var e in all.Where(e => e["data"]!["content"] is not null))
        {
            var (corrects, day) = (Type(e) == $"{kind}-corrected", kind == "pledge" && Type(e) == "pledge-corrected" ? wordings[^1].From : from(e));
            wordings = [.. corrects ? wordings.SkipLast(1) : wordings, (day, e["data"]!["content"]!)];
        }
        return wordings.Where(w => Then(w.From)).OrderBy(w => w.From, StringComparer.Ordinal).LastOrDefault().Content;
    }

    // Who is named, as the record stands now, and who accepted since; until it leaves.
    private IEnumerable<string> Owing(Story p)
    {
        var named = p.All.Last(e => Type(e) is "pledge-recorded" or "pledge-corrected")["data"]!["content"]!["owing"]!.AsArray().Select(o => (string)o!).ToHashSet();
        var acts = p.All.Where(e => Type(e) is "pledge-party-accepted" or "pledge-party-left").ToLookup(e => (string)e["data"]!["party"]!, e => (Came: Type(e) == "pledge-party-accepted", Day: Last(e["data"]!["from"])));
        return named.Union(acts.Select(a => a.Key)).Where(party =>
        {
            var spans = named.Contains(party) ? [("", "9999")] : new List<(string From, string Until)>();
            foreach (var (came, day) in acts[party])
            {
                spans = [.. spans.Select((s, i) => i == spans.Count - 1 && s.Until == "9999" ? (s.From, day) : s), .. came ? [(day, "9999")] : Array.Empty<(string, string)>()];
            }
            return spans.Any(s => Then(s.From) && !Then(s.Until));
        });
    }

    private string? Ended(Story p)
    {
        var ends = new List<(string How, string From, string Until)>();
        foreach (var e in p.All)
        {
            ends = Type(e)["pledge-".Length..] is var how && Endings.Contains(how) ? [.. ends, (how.Split('-')[^1], e["data"]!["from"] is { } from ? Last(from) : "", "9999")]
                : Type(e) == "pledge-reinstated" ? [.. ends.SkipLast(1), (ends[^1].How, ends[^1].From, Last(e["data"]!["from"]))] : ends;
        }
        return ends.Where(e => Then(e.From) && !Then(e.Until)).Select(e => e.How).LastOrDefault();
    }

    private bool Counts(Story p) => Ended(p) is null or "completed";
    private static List<string> Mapped(Story p, string framework)
    {
        var items = new List<string>();
        foreach (var (type, data) in p.All.Select(e => (Type(e), e["data"]!)))
        {
            items.RemoveAll(i => (type == "pledge-mapping-retired" && i == Item(data["item"])) || (type == "pledge-mapping-moved" && i == Item(data["from"])));
            items.AddRange(type == "pledge-mapped" ? [Item(data["item"])] : type == "pledge-mapping-moved" ? [Item(data["to"])] : []);
        }
        return [.. items.Distinct().Where(i => i.StartsWith($"{framework} ", StringComparison.Ordinal)).Select(i => i.Split(' ')[1])];

        static string Item(JsonNode? item) => $"{item!["framework"]} {item["item"]}";
    }

    private static List<JsonNode> Reports(Story p)
    {
        var reports = p.All.Where(e => Type(e) == "pledge-progress-reported").Select(e => e["data"]!["report"]!).ToList();
        foreach (var e in p.All.Where(e => Type(e) == "pledge-report-corrected"))
        {
            reports[(int)e["data"]!["number"]! - 1] = e["data"]!["report"]!;
        }
        return reports;
    }

    private string Claim(Story p, string party) => (string?)Reports(p).Where(r => (string?)r["party"] == party && Then(Last(r["effectiveOn"]))).OrderBy(r => Last(r["effectiveOn"]), StringComparer.Ordinal).LastOrDefault()?["status"] ?? "no report";
    private JsonNode Meeting(string id) => streams[$"meeting/{id}"].Last(e => e["data"]!["content"] is not null)["data"]!["content"]!;
    private string? Parent(string framework, string item) => (string?)streams[$"framework/{framework}"].Single(e => Type(e) == "framework-item-added" && (string?)e["data"]!["code"] == item)["data"]!["parent"];
    private static string Type(JsonNode e) => ((string)e["type"]!).Split('.')[0];
    private bool Then(string day) => string.CompareOrdinal(day, on) <= 0;
    private static string First(JsonNode? date) => Span((string)date!["date"]!).First;
    private static string Last(JsonNode? date) => Span((string)date!["date"]!).Last;

    // ISO 8601-2: a day, a month, a quarter 33–36, a half 40–41, a season 21–24 (spring is March to May), a year.
    private static (string First, string Last) Span(string d)
    {
        var (year, part) = (int.Parse(d[..4], CultureInfo.InvariantCulture), d.Length == 7 ? int.Parse(d[5..], CultureInfo.InvariantCulture) : 0);
        var (month, months) = part switch { 0 => (1, 12), < 13 => (part, 1), < 25 => (3 * (part - 20), 3), < 37 => (3 * (part - 33) + 1, 3), _ => (6 * (part - 40) + 1, 6) };
        var first = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc);
        return d.Length == 10 ? (d, d) : ($"{first:yyyy-MM-dd}", $"{first.AddMonths(months).AddDays(-1):yyyy-MM-dd}");
    }

    private sealed record Story(string Key, IReadOnlyList<JsonNode> All);
}
