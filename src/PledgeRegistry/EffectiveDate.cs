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
    // A reference, so that two threads that read the same date never see half of what the other has parsed.
    private Days? parsed;

    public static EffectiveDate On(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    public static EffectiveDate On(int year, int month, int day) => On(new DateOnly(year, month, day));

    /// <summary>The first day it can mean: a role holds from here.</summary>
    public DateOnly First() => Parsed.First;

    /// <summary>The last day it can mean: a claim holds from here, and a deadline ends with it.</summary>
    public DateOnly Last() => Parsed.Last;

    public DatePrecision Precision() => Parsed.Precision;

    public bool IsValid() => TryParse(Date, Words is not null, out _);

    public bool Equals(EffectiveDate? other) => other is not null && Date == other.Date && Words == other.Words;
    public override int GetHashCode() => HashCode.Combine(Date, Words);
    public override string ToString() => Words ?? Date;

    private Days Parsed =>
        parsed ??= TryParse(Date, Words is not null, out var p) ? new Days(p.First, p.Last, p.Precision) : throw new FormatException($"'{Date}' is not a date of ISO 8601-2.");

    private sealed record Days(DateOnly First, DateOnly Last, DatePrecision Precision);

    private static bool TryParse(string? text, bool words, out (DateOnly First, DateOnly Last, DatePrecision Precision) result)
    {
        result = default;
        if (text is null || text.Length is not (4 or 7 or 10) || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1 or > 9998)
        {
            return false;
        }
        if (text.Length == 10)
        {
            var ok = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            result = (day, day, words ? DatePrecision.Words : DatePrecision.Day);
            return ok;
        }
        if (words)
        {
            return false;
        }
        if (text.Length == 4)
        {
            result = Months(year, 1, 12, DatePrecision.Year);
            return true;
        }
        if (text[4] != '-' || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var part))
        {
            return false;
        }
        result = part switch
        {
            >= 1 and <= 12 => Months(year, part, 1, DatePrecision.Month),
            // Seasons are the meteorological ones of the north; winter ends with February of the next year.
            >= 21 and <= 24 => Months(year, 3 + (part - 21) * 3, 3, DatePrecision.Season),
            >= 33 and <= 36 => Months(year, 1 + (part - 33) * 3, 3, DatePrecision.Quarter),
            40 or 41 => Months(year, 1 + (part - 40) * 6, 6, DatePrecision.Half),
            _ => default,
        };
        return result != default;
    }

    private static (DateOnly, DateOnly, DatePrecision) Months(int year, int month, int count, DatePrecision precision)
    {
        var first = new DateOnly(year, month, 1);
        return (first, first.AddMonths(count).AddDays(-1), precision);
    }
}
