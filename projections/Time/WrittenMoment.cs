using System.Globalization;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Projections.Time;

/// <summary>Days and instants as a reader writes them; and where one can't be used, what is wrong with it.</summary>
public static partial class WrittenMoment
{
    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>An instant, with its zone.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        var zoned = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;
        return zoned && DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    /// <summary>Why a day can't be used; null where it is only not written as one.</summary>
    public static WrittenFault? OfDay(string text) =>
        DayShape().IsMatch(text) && !TryDay(text, out _) ? new(WrittenFaultKind.NoSuchDay, $"There is no day {text}.", text) : null;

    /// <summary>Why a day or an instant can't be used; null where it is only not written as one.</summary>
    public static WrittenFault? OfMoment(string text) =>
        text.Length > 10 && text[10] != 'T' ? null
        : OfDay(text.Length > 10 ? text[..10] : text) is { } day ? day
        : TryInstant($"{text}Z", out _) ? new(WrittenFaultKind.NoZone, $"{text} is without a zone: write Z behind it for UTC, or an offset such as +02:00.", text)
        : text.LastIndexOf(' ') is > 10 and var space && TryInstant($"{text[..space]}+{text[(space + 1)..]}", out _)
            ? new(WrittenFaultKind.SpaceForPlus, $"A space stands where the offset's + was to be. In an address + means a space: write {text[..space]}%2B{text[(space + 1)..]}.", text[..space], text[(space + 1)..])
        : null;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex DayShape();
}

/// <summary>What a day or an instant lacks; the pages have a sentence for each.</summary>
public enum WrittenFaultKind
{
    /// <summary>It is written as a day, and the calendar hasn't got it.</summary>
    NoSuchDay,

    /// <summary>It is an instant, without a zone.</summary>
    NoZone,

    /// <summary>The plus of its offset became a space on its way, as in an address.</summary>
    SpaceForPlus,
}

/// <summary>What is wrong with a day or an instant that is written nearly right.</summary>
/// <param name="Args">What the sentence names.</param>
public sealed record WrittenFault(WrittenFaultKind Why, string Message, params IReadOnlyList<string> Args);
