using System.Collections.Immutable;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Frameworks;

/// <summary>A crosswalk that stands, and the position of its entry.</summary>
public sealed record CrosswalkRow(ItemRef From, ItemRef To, CrosswalkRelation Relation, string Source, long Position);

/// <summary>A version of a framework or code list as known after one entry. It counts once it is closed.</summary>
public sealed record FrameworkRow(string Id, FrameworkEvent.Opened Opened, ImmutableList<FrameworkEvent.ItemAdded> Items, bool Closed, FrameworkEvent.Retired? Retired,
    ImmutableList<CrosswalkRow> Crosswalks)
{
    private Dictionary<string, FrameworkEvent.ItemAdded>? byCode;

    public FrameworkEvent.ItemAdded? Find(string code) =>
        (byCode ??= Items.ToDictionary(i => i.Code, StringComparer.Ordinal)).GetValueOrDefault(code);

    /// <summary>An item's label in the reader's language, or its code where there is none.</summary>
    public string Label(string code, string language) => Find(code)?.Labels.For(language) ?? code;

    public string Name(string language) => Opened.Names.For(language) ?? Id;

    /// <summary>True on the days from its first valid one to before the first of its end or its retirement.</summary>
    public bool InForce(DateOnly on) =>
        Opened.ValidFrom.First() <= on && !(Opened.ValidUntil?.First() <= on) && !(Retired?.From.First() <= on);
}

/// <summary>Every framework version and code list as it ever stood.</summary>
public sealed class FrameworkTimelines : IProjection
{
    private readonly Timelines<FrameworkRow> rows = new();

    /// <summary>A version that was complete at the size of the reading, or null.</summary>
    public FrameworkRow? At(string id, long size) => rows.At(id, size) is { Closed: true } row ? row : null;

    /// <summary>The versions that were complete.</summary>
    public IEnumerable<FrameworkRow> At(long size) => rows.At(size).Where(r => r.Closed);

    /// <summary>
    /// The version of a scheme in use on the day of the reading: the youngest that is in force, then the last opened. Where
    /// none is in force, a reader needs one all the same: the youngest there is.
    /// </summary>
    public FrameworkRow? Current(string scheme, Reading reading) => Versions(scheme, reading).LastOrDefault();

    /// <summary>The crosswalks that start from an item of a version, and those that lead to one, read from their other end; in order of recording.</summary>
    public IEnumerable<CrosswalkRow> Crosswalks(string framework, long size) => At(size)
        .SelectMany(f => f.Crosswalks)
        .Where(c => (c.From.Framework == framework || c.To.Framework == framework) && At(c.To.Framework, size) is not null)
        .SelectMany(c => (CrosswalkRow[])
        [
            .. c.From.Framework == framework ? [c] : Array.Empty<CrosswalkRow>(),
            .. c.To.Framework == framework ? [c with { From = c.To, To = c.From, Relation = c.Relation.Backwards() }] : Array.Empty<CrosswalkRow>(),
        ])
        .OrderBy(c => c.Position);

    /// <summary>True if an item is the one of this code, or under it.</summary>
    public bool IsUnder(ItemRef item, string code, long size)
    {
        var framework = At(item.Framework, size);
        for (var at = item.Item; at is not null; at = framework?.Find(at)?.Parent)
        {
            if (at == code)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The label of a code in the reader's language: of the version in use, or of one that has the code.</summary>
    public string Label(string scheme, string code, Reading reading)
    {
        foreach (var row in Versions(scheme, reading).Reverse())
        {
            if (row.Find(code) is { } item)
            {
                return item.Labels.For(reading.Language) ?? code;
            }
        }
        return code;
    }

    private IOrderedEnumerable<FrameworkRow> Versions(string scheme, Reading reading) =>
        At(reading.Size).Where(r => r.Opened.Scheme == scheme).OrderBy(r => r.InForce(reading.On)).ThenBy(r => r.Opened.ValidFrom.First());

    public void Apply(Entry entry)
    {
        if (entry.Event is FrameworkEvent happened)
        {
            var id = entry.Stream["framework/".Length..];
            var row = rows.Last(id);
            row = happened switch
            {
                FrameworkEvent.Opened e => new FrameworkRow(id, e, [], false, null, []),
                FrameworkEvent.ItemAdded e => new FrameworkRow(row!.Id, row.Opened, row.Items.Add(e), row.Closed, row.Retired, row.Crosswalks),
                FrameworkEvent.Closed => new FrameworkRow(row!.Id, row.Opened, row.Items, true, row.Retired, row.Crosswalks),
                FrameworkEvent.Retired e => new FrameworkRow(row!.Id, row.Opened, row.Items, row.Closed, e, row.Crosswalks),
                FrameworkEvent.CrosswalkAdded e => row! with { Crosswalks = row.Crosswalks.Add(new CrosswalkRow(new ItemRef(id, e.Code), e.To, e.Relation, e.Source, entry.Position)) },
                FrameworkEvent.CrosswalkRetired e => row! with { Crosswalks = row.Crosswalks.RemoveAll(c => c.From.Item == e.Code && c.To == e.To) },
                _ => throw new InvalidOperationException($"The frameworks' timelines have no arm for {happened.GetType()}."),
            };
            rows.Add(id, entry.Position, row);
        }
    }
}
