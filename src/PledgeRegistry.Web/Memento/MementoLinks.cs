using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Memento;

/// <summary>What an answer says of its other states in time (RFC 7089): where they are negotiated and listed, and which of them it is.</summary>
internal static class MementoLinks
{
    public const string TimeGate = "/timegate", TimeMap = "/timemap/link", MediaType = "application/link-format";

    /// <summary>An address of more characters isn't repeated for each of its states.</summary>
    public const int LongestAddress = 1024;

    // A first moment that is named so is another one once more is known.
    private static readonly string[] Moving = ["from.asOf", "from.asOfMeeting", "since"];

    /// <summary>Names the original resource, its TimeGate and its TimeMap; and of an answer whose address has a size, which memento it is.</summary>
    public static void NameMemento(this HttpContext context, Basis basis)
    {
        var registry = context.RequestServices.GetRequiredService<Registry>();
        var times = MementoTimes.Of(registry);
        var address = StableAddress.Of(context.Request, basis, registry);
        var host = Host(context.Request);
        List<string> links = [.. Frame(host, address)];
        // Only an address with a size always gives the same state. Before the first entry there is no state to date.
        if (StableAddress.IsAt(context.Request) && basis.Size > 0 && !NamesMoving(context.AskedQuery()))
        {
            context.Response.Headers["Memento-Datetime"] = times.Text(basis.Size);
            links.AddRange(IsLong(address) ? [] : Around(times, basis.Size).Select(m => Link(host + address.At(m.Size, registry), m.Relation, times.Text(m.Size))));
        }
        context.Response.Headers.Link = string.Join(", ", links);
    }

    /// <summary>True where a first moment is named otherwise than by a size and a date.</summary>
    public static bool NamesMoving(IQueryCollection query) => Moving.Any(name => !string.IsNullOrEmpty(query[name]));

    /// <summary>True of an address that is too long to be listed with all its states.</summary>
    public static bool IsLong(StableAddress address) => address.ToString().Length > LongestAddress;

    /// <summary>The links that every answer has.</summary>
    public static IEnumerable<string> Frame(string host, StableAddress address) =>
    [
        $"<{host}{address}>;rel=\"original\"",
        $"<{host}{address.Under(TimeGate)}>;rel=\"timegate\"",
        $"<{host}{address.Under(TimeMap)}>;rel=\"timemap\";type=\"{MediaType}\"",
    ];

    public static string Link(string address, string relation, string datetime) => $"<{address}>;rel=\"{relation}\";datetime=\"{datetime}\"";

    public static string Host(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    // One that is in several places is named once, with all its relations.
    private static IEnumerable<(long Size, string Relation)> Around(MementoTimes times, long size)
    {
        (long? Size, string Relation)[] all = [(times.First, "first"), (times.Previous(size), "prev"), (times.Next(size), "next"), (times.Last, "last")];
        return all.Where(m => m.Size is not null).GroupBy(m => m.Size!.Value).OrderBy(g => g.Key).Select(g => (g.Key, $"{string.Join(' ', g.Select(m => m.Relation))} memento"));
    }
}
