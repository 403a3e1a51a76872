using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web;

/// <summary>The address of a resource without its basis, and at one: what stays what it is.</summary>
/// <param name="Parameters">Its own parameters, none of them empty; a date of its own is one of them.</param>
public sealed record StableAddress(PathString Base, PathString Path, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private static readonly string[] Knowledge = ["size", "asOf", "asOfMeeting"];

    /// <summary>The resource that a request reads: what its address says beside how much was known.</summary>
    /// <param name="basis">What it was read at. The date that its prefix has by itself is not the resource's own.</param>
    public static StableAddress Of(HttpRequest request, Basis basis, Registry registry) =>
        Of(request.PathBase, request.Path, request.HttpContext.AskedQuery(), name => name == "on" && basis.Size > 0 && OnOf(basis.Size, registry) == basis.OnText() && IsAt(request));

    /// <summary>What an address names, without how much was known.</summary>
    public static StableAddress Of(PathString pathBase, PathString path, IQueryCollection query, Predicate<string> leaveOut) => new(
        pathBase, path,
        [.. query.Where(p => !Knowledge.Contains(p.Key) && p.Key != "recorded" && !leaveOut(p.Key)).SelectMany(p => p.Value.Where(v => !string.IsNullOrEmpty(v)).Select(v => KeyValuePair.Create(p.Key, v!)))]);

    /// <summary>The date on which a prefix is judged where none is asked for.</summary>
    public static string OnOf(long size, Registry registry) => registry.RecordedAt(size - 1).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>True where a request names the prefix itself.</summary>
    public static bool IsAt(HttpRequest request) => !string.IsNullOrEmpty(request.HttpContext.AskedQuery()["size"]);

    /// <summary>The same at a size, with the date that the prefix has by itself where there is no other.</summary>
    public string At(long size, Registry registry) => At(size, OnOf(size, registry));

    /// <summary>The same at a size and a date, and whatever else pins it down.</summary>
    public string At(long size, string on, params IEnumerable<KeyValuePair<string, string>> more)
    {
        var query = new QueryBuilder(Parameters) { { "size", size.ToString(CultureInfo.InvariantCulture) } };
        if (!Parameters.Any(p => p.Key == "on"))
        {
            query.Add("on", on);
        }
        foreach (var (name, value) in more)
        {
            query.Add(name, value);
        }
        return UriHelper.BuildRelative(Base, Path, query.ToQueryString());
    }

    /// <summary>As it stands at the head.</summary>
    public override string ToString() => Under("");

    /// <summary>Its path below another one, such as that of its TimeGate.</summary>
    public string Under(string prefix) =>
        UriHelper.BuildRelative(Base, new PathString(prefix).Add(Path), new QueryBuilder(Parameters).ToQueryString());
}
