using System.Globalization;
using System.Text;
using System.Xml;
using PledgeRegistry.Projections.FollowUpClock;

namespace PledgeRegistry.Web.Pages.Feeds;

/// <summary>A participant's clock as a feed (RFC 4287): what it is told of by the day of the basis, the newest first.</summary>
public static class AtomFeed
{
    public const string MediaType = "application/atom+xml";

    private const string Atom = "http://www.w3.org/2005/Atom";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    public static ReadOnlyMemory<byte> Write(ClockDays days, ClockWords words)
    {
        var told = days.Told.ToArray();
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, Show.Language);
            Id(xml, days.Id);
            xml.WriteElementString("title", Atom, words.TitleOf(days));
            xml.WriteElementString("updated", Atom, Time(told.Length > 0 ? told.Max(d => d.ChangedAt) : days.Stamp));
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, words.Registry);
            xml.WriteEndElement();
            Link(xml, "self", MediaType, words.Self);
            Link(xml, "alternate", "text/html", words.PageOf(days));
            foreach (var day in told)
            {
                xml.WriteStartElement("entry", Atom);
                Id(xml, day.Id);
                xml.WriteElementString("title", Atom, words.Title(day));
                xml.WriteElementString("updated", Atom, Time(day.ChangedAt));
                Link(xml, "alternate", "text/html", words.PageOf(day));
                xml.WriteElementString("summary", Atom, words.Text(day));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Id(XmlWriter xml, Guid id) => xml.WriteElementString("id", Atom, $"urn:uuid:{id:D}");

    private static void Link(XmlWriter xml, string relation, string type, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
