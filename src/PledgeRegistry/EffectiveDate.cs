using System.Buffers;
using System.Globalization;

namespace PledgeRegistry;

/// <summary>How exactly a date is known.</summary>
public enum DatePrecision { Day, Month, Quarter, Half, Season, Year, Words }

/// <summary>
/// A date as a source gives it, no more exact than it is. <paramref name="Date"/> is in the Extended Date/Time Format
/// (ISO 8601-2:2019): <c>2016-09-29</c>, <c>2016-09</c>, <c>2016</c>, seasons <c>2016-21</c>–<c>24</c>, quarters
/// <c>2016-33</c>–<c>36</c>, halves <c>2016-40</c> and <c>41</c>. With <paramref name="Words"/> ("in two years") the
/// words are the date, and <paramref name="Date"/>, a day, only puts it in order.
/// </summary>
public sealed record EffectiveDate(string Date, string? Words = null)
{
    private static readonly SearchValues<char> DateCharacters = SearchValues.Create("0123456789-");

    private Reading? parsed;

    // A copy made by 'with' has another date: what was read of this one must not go with it.
    private EffectiveDate(EffectiveDate original) => (Date, Words) = (original.Date, original.Words);

    public static EffectiveDate On(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    public static EffectiveDate On(int year, int month, int day) => On(new DateOnly(year, month, day));

    /// <summary>The first day it can mean: a role holds from here.</summary>
    public DateOnly First() => Parsed.First;

    /// <summary>The last day it can mean: a claim holds from here, and a deadline ends with it.</summary>
    public DateOnly Last() => Parsed.Last;

    public DatePrecision Precision() => Parsed.Precision;

    public bool IsValid() => parsed is not null || Read(Date, Words is not null) is not null;

    public bool Equals(EffectiveDate? other) => other is not null && Date == other.Date && Words == other.Words;
    public override int GetHashCode() => HashCode.Combine(Date, Words);
    public override string ToString() => Words ?? Date;

    private Reading Parsed =>
        parsed ??= Read(Date, Words is not null) ?? throw new FormatException($"'{Date}' is not a date of ISO 8601-2.");

    private static Reading? Read(string? text, bool words)
    {
        // Digits and hyphens first: .NET's number parser takes more than that, such as NUL at the end.
        if (text is null || text.Length is not (4 or 7 or 10) || text.AsSpan().ContainsAnyExcept(DateCharacters)
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1 or > 9998)
        {
            return null;
        }
        if (text.Length == 10)
        {
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new Reading(day, day, words ? DatePrecision.Words : DatePrecision.Day)
                : null;
        }
        if (words)
        {
            return null;
        }
        if (text.Length == 4)
        {
            return Months(year, 1, 12, DatePrecision.Year);
        }
        if (text[4] != '-' || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var part))
        {
            return null;
        }
        return part switch
        {
            >= 1 and <= 12 => Months(year, part, 1, DatePrecision.Month),
            // Seasons are the meteorological ones of the north; winter ends with February of the next year.
            >= 21 and <= 24 => Months(year, 3 + (part - 21) * 3, 3, DatePrecision.Season),
            >= 33 and <= 36 => Months(year, 1 + (part - 33) * 3, 3, DatePrecision.Quarter),
            40 or 41 => Months(year, 1 + (part - 40) * 6, 6, DatePrecision.Half),
            _ => null,
        };
    }

    private static Reading Months(int year, int month, int count, DatePrecision precision)
    {
        var first = new DateOnly(year, month, 1);
        return new Reading(first, first.AddMonths(count).AddDays(-1), precision);
    }

    /// <summary>An object, not a value: threads share dates, and see all of it or nothing.</summary>
    private sealed record Reading(DateOnly First, DateOnly Last, DatePrecision Precision);
}
