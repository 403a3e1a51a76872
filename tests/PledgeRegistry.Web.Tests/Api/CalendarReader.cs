using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>One component of a calendar: its properties by name, with parameters, and the components within it.</summary>
internal sealed record CalendarComponent(string Name, Dictionary<string, (string Parameters, string Value)> Properties, List<CalendarComponent> Parts)
{
    public string Text(string property) => Regex.Replace(Properties[property].Value, @"\\(.)", m => m.Groups[1].Value is "n" or "N" ? "\n" : m.Groups[1].Value);

    public DateOnly Date(string property)
    {
        Assert.Equal("VALUE=DATE", Properties[property].Parameters);
        return DateOnly.ParseExact(Properties[property].Value, "yyyyMMdd", CultureInfo.InvariantCulture);
    }
}

/// <summary>Reads a calendar as RFC 5545 has it, written from the RFC and not from what writes it. Whatever breaks a rule fails.</summary>
internal static partial class CalendarReader
{
    public static CalendarComponent Read(byte[] bytes)
    {
        Assert.NotEqual(0xEF, bytes[0]);
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var physical = text[..^2].Split("\r\n");
        Assert.All(physical, line =>
        {
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
            Assert.True(Encoding.UTF8.GetByteCount(line) is > 0 and <= 75, $"{Encoding.UTF8.GetByteCount(line)} octets: {line}");
        });
        var open = new Stack<CalendarComponent>();
        CalendarComponent? calendar = null;
        foreach (var line in text[..^2].Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n"))
        {
            var match = ContentLine().Match(line);
            Assert.True(match.Success, line);
            var (name, parameters, value) = (match.Groups[1].Value, match.Groups[2].Value.TrimStart(';'), match.Groups[3].Value);
            Assert.DoesNotContain(value, char.IsControl);
            switch (name)
            {
                case "BEGIN":
                    Assert.Null(calendar);
                    open.Push(new CalendarComponent(value, new(StringComparer.Ordinal), []));
                    break;
                case "END":
                    var done = open.Pop();
                    Assert.Equal(done.Name, value);
                    if (open.Count == 0)
                    {
                        calendar = done;
                    }
                    else
                    {
                        open.Peek().Parts.Add(done);
                    }
                    break;
                default:
                    // None of the properties written here may stand twice.
                    Assert.True(open.Peek().Properties.TryAdd(name, (parameters, value)), $"{name} stands twice.");
                    break;
            }
        }
        Assert.Empty(open);
        Check(calendar!);
        return calendar!;
    }

    private static void Check(CalendarComponent calendar)
    {
        Assert.Equal(("VCALENDAR", "2.0"), (calendar.Name, calendar.Properties["VERSION"].Value));
        Assert.NotEmpty(calendar.Properties["PRODID"].Value);
        Assert.NotEmpty(calendar.Parts);
        Assert.Equal(calendar.Parts.Count, calendar.Parts.Select(p => p.Properties["UID"].Value).Distinct().Count());
        foreach (var part in calendar.Parts)
        {
            Assert.Empty(part.Parts);
            Assert.Matches(@"^\d{8}T\d{6}Z$", part.Properties["DTSTAMP"].Value);
            var starts = part.Date("DTSTART");
            if (part.Name == "VEVENT")
            {
                Assert.True(part.Date("DTEND") > starts);
                Assert.True(int.Parse(part.Properties["SEQUENCE"].Value, NumberStyles.None, CultureInfo.InvariantCulture) >= 0);
            }
            else
            {
                Assert.Equal("VJOURNAL", part.Name);
            }
            foreach (var property in new[] { "SUMMARY", "DESCRIPTION" })
            {
                Assert.Matches(@"^LANGUAGE=(en|es|fr|ar)$", part.Properties[property].Parameters);
                Assert.Matches(@"^([^\\;,]|\\[\\;,nN])+$", part.Properties[property].Value);
            }
            Assert.True(Uri.TryCreate(part.Properties["URL"].Value, UriKind.Absolute, out _));
        }
    }

    [GeneratedRegex("^([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)$")]
    private static partial Regex ContentLine();
}
