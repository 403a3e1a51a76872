using System.Globalization;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Memento;

/// <summary>
/// The mementos that a resource has (RFC 7089): one for each second in which something was recorded, its last entry the last
/// of that second, since the datetimes of HTTP know no smaller part.
/// </summary>
/// <param name="Head">How many entries there are.</param>
public readonly record struct MementoTimes(Registry Registry, long Head)
{
    public static MementoTimes Of(Registry registry) => new(registry, registry.Head.Size);

    public bool None => Head == 0;

    public long First => EndOf(1);

    public long Last => Head;

    /// <summary>The datetime of a memento: the second of its last entry.</summary>
    public DateTimeOffset At(long size)
    {
        var time = Registry.RecordedAt(size - 1);
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
    }

    public string Text(long size) => At(size).ToString("r", CultureInfo.InvariantCulture);

    /// <summary>The memento at a datetime, or the nearest where that is before the first.</summary>
    public long Nearest(DateTimeOffset asked) => Math.Max(First, SizeAt(EndOfSecond(asked)));

    public long? Previous(long size) => SizeAt(At(size).AddTicks(-1)) is > 0 and var previous ? previous : null;

    public long? Next(long size) => EndOf(size) is var end && end > size ? end : size < Head ? EndOf(size + 1) : null;

    /// <summary>The mementos among the prefixes of these sizes.</summary>
    public IEnumerable<long> Between(long after, long until)
    {
        for (var next = after == 0 ? First : Next(after); next <= until; next = Next(next.Value))
        {
            yield return next.Value;
        }
    }

    private long EndOf(long size) => SizeAt(EndOfSecond(At(size)));

    private long SizeAt(DateTimeOffset instant) => Math.Min(Registry.SizeAt(instant), Head);

    private static DateTimeOffset EndOfSecond(DateTimeOffset second) =>
        second > DateTimeOffset.MaxValue.AddSeconds(-1) ? DateTimeOffset.MaxValue : second.AddTicks(TimeSpan.TicksPerSecond - 1);
}
