using System.Globalization;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Time;

/// <summary>
/// What an answer was made from. The same basis and the same view version give the same answer, for ever.
/// </summary>
/// <param name="Size">How many entries were known.</param>
/// <param name="On">The date on which things are judged true, due, late or silent.</param>
/// <param name="Settled">False while an entry that is yet to come could still belong to the prefix that was asked for.</param>
public sealed record Basis(long Size, DateOnly On, bool Settled = true)
{
    public string OnText() => On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A basis as somebody asks for it.</summary>
/// <param name="AsOf">An instant (<c>2022-05-17T12:00:00Z</c>) or a date, which means the end of that UTC day.</param>
public sealed record BasisRequest(string? Size = null, string? On = null, string? AsOf = null)
{
    public bool IsNow => string.IsNullOrEmpty(Size) && string.IsNullOrEmpty(On) && string.IsNullOrEmpty(AsOf);
}

/// <summary>What is wrong with a basis: the parameter, and how to mend it.</summary>
public sealed record BasisProblem(string Parameter, string Code, string Message, params IReadOnlyList<string> Args);

/// <summary>Turns what was asked for into a basis. The one place where a reader's clock is read.</summary>
public sealed class BasisResolver(Registry registry, TimeProvider clock)
{
    // Views reckon in months from the date; those of a meeting are bounded the same.
    private const int FirstYear = 1900, LastYear = 2200;

    public (Basis? Basis, BasisProblem? Problem) Resolve(BasisRequest request)
    {
        var head = registry.Head;
        var (size, settled) = (head.Size, true);
        if (!string.IsNullOrEmpty(request.Size))
        {
            if (!string.IsNullOrEmpty(request.AsOf))
            {
                return Wrong("asOf", "basis-twice", "Give either a size or a moment, not both.");
            }
            if (!long.TryParse(request.Size, NumberStyles.None, CultureInfo.InvariantCulture, out size))
            {
                return Wrong("size", "basis-not-a-size", "A size is a whole number of entries, such as 120.");
            }
            if (size > head.Size)
            {
                return Wrong("size", "basis-out-of-range", $"The registry has {head.Size} entries; ask for 0 to {head.Size}.", $"{head.Size}");
            }
        }
        else if (!string.IsNullOrEmpty(request.AsOf))
        {
            if (!TryParseMoment(request.AsOf, out var instant))
            {
                return Wrong("asOf", "basis-not-a-moment", "Write a moment as 2022-05-17 or 2022-05-17T12:00:00Z.");
            }
            size = Math.Min(registry.SizeAt(instant), head.Size);
            settled = head.RecordedAt > instant;
        }
        DateOnly on;
        if (string.IsNullOrEmpty(request.On))
        {
            on = request.IsNow ? Date(clock.GetUtcNow()) : OnOfPrefix(size, head.Size);
        }
        else if (!DateOnly.TryParseExact(request.On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out on))
        {
            return Wrong("on", "basis-not-a-date", "Write a date as 2022-05-17.");
        }
        else if (on.Year is < FirstYear or > LastYear)
        {
            return Wrong("on", "basis-out-of-range", $"Ask for a date of the years {FirstYear} to {LastYear}.", $"{FirstYear}", $"{LastYear}");
        }
        return (new Basis(size, on, settled), null);
    }

    // The UTC date of the prefix's last entry; an empty prefix takes the first entry's.
    private DateOnly OnOfPrefix(long size, long head) =>
        head == 0 ? Date(clock.GetUtcNow()) : Date(registry.RecordedAt(Math.Max(0, size - 1)));

    private static bool TryParseMoment(string text, out DateTimeOffset instant)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            instant = new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
            return true;
        }
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        instant = default;
        var zoned = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;
        return zoned && DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    private static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static (Basis?, BasisProblem?) Wrong(string parameter, string code, string message, params IReadOnlyList<string> args) =>
        (null, new BasisProblem(parameter, code, message, args));
}
