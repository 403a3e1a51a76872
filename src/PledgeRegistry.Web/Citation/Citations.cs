using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.MeetingPack;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Memento;
using PledgeRegistry.Web.Pages;

namespace PledgeRegistry.Web.Citation;

/// <summary>Makes the citation of an address of this registry, at the basis of the request.</summary>
internal sealed class Citations(Show show, PublicResources resources, BasisResolver resolver, IHttpContextAccessor accessor)
{
    // They say how it is read, which the citation says itself.
    private static readonly string[] NotItsOwn = ["on", "lang", "view"];

    private const string Pack = "/meetings/{id}/pack";

    private readonly HttpRequest request = accessor.HttpContext!.Request;

    /// <summary>True if this is the address, within this registry, of something that can be cited.</summary>
    public static bool IsCitable(PublicResources resources, string? address) => Parse(address) is { } parsed && resources.Find(parsed.Path) is not null;

    /// <summary>The basis within an address to cite, as parameters; empty where it has none. It belongs beside it.</summary>
    public static IReadOnlyList<(string Name, string Value)> BasisIn(string? address) =>
        Parse(address) is { } parsed ? [.. parsed.Query.Where(p => Show.BasisParameters.Contains(p.Key)).Select(p => (p.Key, p.Value.ToString()))] : [];

    /// <summary>The address without it.</summary>
    public static string WithoutBasis(string address) =>
        Parse(address) is { } parsed ? StableAddress.Of(default, parsed.Path, parsed.Query, Show.BasisParameters.Contains).ToString() : address;

    /// <summary>The citation; null where there is no such thing at the basis.</summary>
    /// <param name="of">A path of this registry and its own parameters, such as <c>/rcm/grid?meeting=RCM-XXI</c>.</param>
    public CitationView? Make(string? of) => Describe(of) is var (files, basis, cited, registry, last, text)
        ? new CitationView(basis, files.Title, registry, show.Registry.State.Demonstration, cited, RootAt(basis), last, files.Address, text, files.Bibtex(), files.Ris())
        : null;

    /// <summary>The same for reference managers.</summary>
    public CitationFiles? Files(string? of) => Describe(of)?.Files;

    private string RootAt(Basis basis) => show.Registry.Tree.Root(basis.Size).ToString();

    private (CitationFiles Files, Basis Basis, string Cited, string Registry, DateTimeOffset? Last, string Text)? Describe(string? of)
    {
        if (Parse(of) is not { } parsed || resources.Find(parsed.Path) is not { } found || Citable.Find(found.Pattern) is not { } citable
            || citable.Title(show, name => found.Parts[name] as string ?? parsed.Query[name].ToString()) is not { } title)
        {
            return null;
        }
        citable = found.Pattern == "/replay" ? citable.Showing(parsed.Query["view"]) : citable;
        // A meeting's pack is made from the meeting's end, whenever it is asked for.
        var basis = (found.Pattern.EndsWith(Pack, StringComparison.Ordinal) ? new GetMeetingPackHandler(show.Models, show.Registry).Made((string)found.Parts["id"]!, show.Reading) : null) ?? show.Reading.Basis;
        var reading = show.Reading with { Basis = basis };
        var (size, on) = (reading.Size, basis.OnText());
        // A first moment that is named by a time or a meeting would be another one once more is known.
        Basis? first = null;
        if (MementoLinks.NamesMoving(parsed.Query) && (first = FirstMoment(parsed.Path, parsed.Query)) is null)
        {
            return null;
        }
        // In the API it is the view's version; a replay's own is which view it replays.
        var ofApi = parsed.Path.StartsWithSegments("/api");
        var resource = StableAddress.Of(request.PathBase, parsed.Path, parsed.Query, name => (NotItsOwn.Contains(name) && (ofApi || name != "view")) || (first is not null && DifferenceEndpoints.Moment.Contains(name)));
        if (first is not null)
        {
            resource = resource with { Parameters = [.. resource.Parameters, new("from.size", first.Size.ToString(CultureInfo.InvariantCulture)), new("from.on", first.OnText())] };
        }
        List<KeyValuePair<string, string>> more = [new("lang", reading.Language)];
        if (ofApi)
        {
            more.Add(new("view", citable.View));
        }
        var address = MementoLinks.Host(request) + resource.At(size, on, more);
        var registry = (size > 0 ? show.Registry.State.Names?.For(reading.Language) : null) ?? "PledgeRegistry";
        DateTimeOffset? last = size > 0 ? show.Registry.RecordedAt(size - 1) : null;
        DateOnly? day = last is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null;
        // What is invented is never cited as if it were so.
        var invented = show.T["Layout.Demonstration"].Value.TrimEnd('.');
        var name = show.Registry.State.Demonstration && !registry.Contains(invented, StringComparison.OrdinalIgnoreCase) ? $"{registry} ({invented})" : registry;
        var how = show.T["Cite.How", Show.Number(size), day is { } d ? show.LongDay(d) : "—", show.LongDay(reading.On), citable.View, RootAt(basis)].Value;
        return (new CitationFiles(resource.ToString(), title, name, citable.View, size, on, how, day, address, reading.Language), basis, citable.View, registry, last, $"{title}. {name}. {how} {address}");
    }

    // As the differences themselves resolve it; null where it makes no sense.
    private Basis? FirstMoment(PathString path, QueryCollection query)
    {
        string? Text(string name) => query[name].LastOrDefault(v => !string.IsNullOrEmpty(v));
        var asked = new BasisRequest(Text("from.size"), Text("from.on"), Text("from.asOf"), Text("from.asOfMeeting"));
        if (!asked.IsNow)
        {
            return Text("since") is null && resolver.Resolve(Moments.OrSize(asked, show.Reading.Size)).Basis is { } basis ? Moments.Beside(basis, show.Reading.Basis) : null;
        }
        var view = (path.StartsWithSegments("/api") ? path.Value!.Split('/')[^1] : Text("of")?.Split('/')[0]) ?? "";
        return (Text("series") ?? DifferenceEndpoints.SeriesOf(view)) is { } series ? new Moments(show.Models, show.Registry).Previous(series, show.Reading)?.Basis : null;
    }

    private static (PathString Path, QueryCollection Query)? Parse(string? address)
    {
        // A path of this registry: nothing that a browser would take for another host.
        if (address is not ['/', ..] || address.StartsWith("//", StringComparison.Ordinal) || address.Any(c => char.IsControl(c) || c is '\\' or '#'))
        {
            return null;
        }
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(mark < 0 ? address : address[..mark]);
        return (new PathString(path), new QueryCollection(QueryHelpers.ParseQuery(mark < 0 ? "" : address[mark..])));
    }
}
