using System.Buffers;
using System.Diagnostics.CodeAnalysis;
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
    // So that the winter of the last year still ends within the calendar.
    private const int LastYear = 9998;

    private static readonly SearchValues<char> DigitsAndHyphen = SearchValues.Create("0123456789-");

    // What it was parsed to, in one word, so that threads that share a date never see half of it, and a million dates stay
    // small: the numbers of both days in 24 bits each, and the precision. 0: not yet.
    private long parsed;

    // Without this, "with" would hand on what the other date was parsed to.
    private EffectiveDate(EffectiveDate other) => (Date, Words) = (other.Date, other.Words);

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

    private Span Parsed
    {
        get
        {
            if (Volatile.Read(ref parsed) is not 0 and var known)
            {
                return Span.Unpack(known);
            }
            var span = TryParse(Date, Words is not null, out var valid) ? valid.Value : throw new FormatException($"'{Date}' is not a date of ISO 8601-2.");
            Volatile.Write(ref parsed, span.Pack());
            return span;
        }
    }

    private static bool TryParse(string? text, bool words, [NotNullWhen(true)] out Span? span)
    {
        span = text is null || text.AsSpan().ContainsAnyExcept(DigitsAndHyphen) ? null : text.Length switch
        {
            10 => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year <= LastYear
                ? new Span(day, day, words ? DatePrecision.Words : DatePrecision.Day)
                : null,
            _ when words => null,
            4 => Number(text) is { } year ? Months(year, 1, 12, DatePrecision.Year) : null,
            7 when text[4] == '-' && Number(text.AsSpan(0, 4)) is { } year => Number(text.AsSpan(5)) switch
            {
                >= 1 and <= 12 and var month => Months(year, month, 1, DatePrecision.Month),
                // Seasons are the meteorological ones of the north; winter ends with February of the next year.
                >= 21 and <= 24 and var season => Months(year, 3 + (season - 21) * 3, 3, DatePrecision.Season),
                >= 33 and <= 36 and var quarter => Months(year, 1 + (quarter - 33) * 3, 3, DatePrecision.Quarter),
                40 or 41 => Months(year, text[6] == '0' ? 1 : 7, 6, DatePrecision.Half),
                _ => null,
            },
            _ => null,
        };
        return span is not null;
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Span? Months(int year, int month, int count, DatePrecision precision)
    {
        if (year is < 1 or > LastYear)
        {
            return null;
        }
        var first = new DateOnly(year, month, 1);
        return new Span(first, first.AddMonths(count).AddDays(-1), precision);
    }

    private readonly record struct Span(DateOnly First, DateOnly Last, DatePrecision Precision)
    {
        private const int Day = 24, Mask = (1 << Day) - 1;

        public long Pack() => ((((long)Precision + 1) << Day | (uint)First.DayNumber) << Day) | (uint)Last.DayNumber;

        public static Span Unpack(long packed) => new(
            DateOnly.FromDayNumber((int)(packed >> Day) & Mask), DateOnly.FromDayNumber((int)packed & Mask), (DatePrecision)((packed >> 2 * Day) - 1));
    }
}
