using System.Globalization;
using System.Text;
using PledgeRegistry.Projections.FollowUpClock;

namespace PledgeRegistry.Web.Pages.Feeds;

/// <summary>A participant's clock as a calendar (RFC 5545): whole days, no alarms; how to be reminded is for each calendar to say.</summary>
public static class CalendarFile
{
    public const string MediaType = "text/calendar";

    private const int MostOctets = 75;

    public static ReadOnlyMemory<byte> Write(ClockDays days, ClockWords words)
    {
        var text = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//PledgeRegistry//Follow-up clock//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line($"NAME;LANGUAGE={Show.Language}:{Escaped(words.TitleOf(days))}");
        // That it is past its date is no day of its own: the day on which it is due stays in the calendar.
        var all = days.Days.Where(d => d.Kind != DayKind.Late).ToArray();
        foreach (var day in all)
        {
            Component("VEVENT", day.Id, day.From, words.Title(day), words.Text(day), words.PageOf(day),
                $"DTEND;VALUE=DATE:{Day(day.Before)}", "TRANSP:TRANSPARENT", string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{day.Revision}"));
        }
        if (all.Length == 0)
        {
            // A calendar has at least one component (section 3.6); a note is one that takes up no day.
            Component("VJOURNAL", days.Id, days.Basis.On, words.TitleOf(days), words.Nothing, words.PageOf(days));
        }
        Line("END:VCALENDAR");
        return Encoding.UTF8.GetBytes(text.ToString());

        void Component(string name, Guid id, DateOnly on, string summary, string description, string page, params string[] more)
        {
            Line($"BEGIN:{name}");
            Line($"UID:{id:D}");
            Line($"DTSTAMP:{days.Stamp.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
            Line($"DTSTART;VALUE=DATE:{Day(on)}");
            foreach (var property in more)
            {
                Line(property);
            }
            Line($"SUMMARY;LANGUAGE={Show.Language}:{Escaped(summary)}");
            Line($"DESCRIPTION;LANGUAGE={Show.Language}:{Escaped(description)}");
            Line($"URL:{page}");
            Line($"END:{name}");
        }

        void Line(string content) => Fold(text, content);
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // Section 3.3.11. Colons and quotes stand for themselves.
    private static string Escaped(string text) => text.ReplaceLineEndings("\n")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // Section 3.1: at most 75 octets a line without its end; what goes on begins with a space. No character is cut in two.
    private static void Fold(StringBuilder text, string content)
    {
        var octets = 0;
        foreach (var rune in content.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
