using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PledgeRegistry.Projections.Difference;
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

    private readonly HttpRequest request = accessor.HttpContext!.Request;

    /// <summary>True if this is the address, within this registry, of something that can be cited.</summary>
    public static bool IsCitable(PublicResources resources, string? address) => Parse(address) is { } parsed && resources.Find(parsed.Path) is not null;

    /// <summary>The citation; null where there is no such thing at the basis.</summary>
    /// <param name="of">A path of this registry and its own parameters, such as <c>/rcm/grid?meeting=RCM-XXI</c>.</param>
    public CitationView? Make(string? of) => Describe(of) is var (files, title, cited, registry, last, text)
        ? new CitationView(show.Reading.Basis, title, registry, show.Registry.State.Demonstration, cited, Root, last, files.Address, text, files.Bibtex(), files.Ris())
        : null;

    /// <summary>The same for reference managers.</summary>
    public CitationFiles? Files(string? of) => Describe(of)?.Files;

    private string Root => show.Registry.Tree.Root(show.Reading.Size).ToString();

    private (CitationFiles Files, string Title, string Cited, string Registry, DateTimeOffset? Last, string Text)? Describe(string? of)
    {
        if (Parse(of) is not { } parsed || resources.Find(parsed.Path) is not { } found || Citable.Find(found.Pattern) is not { } citable
            || citable.Title(show, name => found.Parts[name] as string ?? parsed.Query[name].ToString()) is not { } title)
        {
            return null;
        }
        citable = found.Pattern == "/replay" ? citable.Showing(parsed.Query["view"]) : citable;
        var reading = show.Reading;
        var (size, on) = (reading.Size, reading.Basis.OnText());
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
        var name = show.Registry.State.Demonstration ? $"{registry} ({show.T["Layout.Demonstration"].Value})" : registry;
        var how = show.T["Cite.How", Show.Number(size), day is { } d ? show.LongDay(d) : "—", show.LongDay(reading.On), citable.View, Root].Value;
        return (new CitationFiles(title, name, citable.View, size, on, how, day, address, reading.Language), title, citable.View, registry, last, $"{title}. {name}. {how} {address}");
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
