using Newtonsoft.Json.Linq;

namespace PledgeRegistry.Log;

/// <summary>Turns the data of an event as it was once stored into the shape of a newer version of the same event.</summary>
/// <param name="From">The stored name it reads.</param>
/// <param name="To">The name whose shape it makes.</param>
/// <param name="Upcast">A pure function; may change and return its argument.</param>
public sealed record Upcaster(string From, string To, Func<JObject, JObject> Upcast);

/// <summary>The visible list of upcasters, followed until a current type is reached. Stored bytes are never touched.</summary>
public sealed class Upcasters
{
    public static readonly Upcasters None = new([]);

    /// <summary>Those of this release.</summary>
    public static readonly Upcasters Current = new(
    [
        With("pledge-recorded", Terms),
        With("pledge-corrected", Terms),
        With("pledge-amended", Terms),
        With("pledge-mapped", data => data["main"] = false),
        With("pledge-progress-reported", Values),
        With("pledge-report-corrected", Values),
        // Only the standings that it can name are more.
        With("pledge-reviewed", _ => { }),
        With("series-opened", SeriesClock),
        With("series-settings-changed", SeriesClock),
    ]);

    private readonly Dictionary<string, Upcaster> byName;

    /// <exception cref="ArgumentException">Two read the same name, or they lead in a circle.</exception>
    public Upcasters(IEnumerable<Upcaster> upcasters)
    {
        byName = upcasters.ToDictionary(u => u.From, StringComparer.Ordinal);
        foreach (var start in byName.Keys)
        {
            var (type, steps) = (start, 0);
            while (byName.TryGetValue(type, out var next))
            {
                type = ++steps <= byName.Count ? next.To : throw new ArgumentException($"The upcasters from '{start}' lead in a circle.", nameof(upcasters));
            }
        }
    }

    /// <summary>The stored names that are read and no longer written.</summary>
    public IEnumerable<string> From => byName.Keys;

    public bool Applies(string type) => byName.ContainsKey(type);

    public (string Type, JObject Data) Upcast(string type, JObject data)
    {
        while (byName.TryGetValue(type, out var upcaster))
        {
            (type, data) = (upcaster.To, upcaster.Upcast(data));
        }
        return (type, data);
    }

    // What nobody had decided yet: a year's reports, two months' notice of a meeting, one month's of showing as silent.
    private static void SeriesClock(JObject data)
    {
        var settings = (JObject)data["settings"]!;
        settings["reportingMonths"] = 12;
        settings["noticeWeeks"] = 8;
        settings["earlyNoticeWeeks"] = 4;
    }

    // The second shape of an event: the first, with what it couldn't say yet.
    private static Upcaster With(string name, Action<JObject> added) => new($"{name}.v1", $"{name}.v2", data =>
    {
        added(data);
        return data;
    });

    private static void Terms(JObject data) => Lists(data, "content", "amounts", "indicators", "milestones");

    private static void Values(JObject data) => Lists(data, "report", "amounts", "milestones", "values");

    // What is no object is refused, as damage, by the shape that it is then held against.
    private static void Lists(JObject data, string part, params string[] names)
    {
        foreach (var name in names)
        {
            if (data[part] is JObject within)
            {
                within[name] = new JArray();
            }
        }
    }
}
