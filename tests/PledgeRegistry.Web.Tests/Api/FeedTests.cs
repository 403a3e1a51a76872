using System.Globalization;
using System.Net;
using System.Xml.Linq;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>A participant's clock as a feed and as a calendar.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private const string Title = "Clinics, posts; and more: \\o/ عيادات صحية للمهاجرين على طول الحدود الجنوبية للبلاد وفي كل المدن الكبرى";

    private TestRegistry registry = null!;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        var (response, body) = await registry.PostAsync("/api/pledges", Bodies.Pledge(Title));
        Assert.True(response.IsSuccessStatusCode, body.ToString());
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Theory]
    [InlineData("en", "Due on 31 December 2028: IMRF-2026-0001")]
    [InlineData("es", "Vence el 31 de diciembre de 2028: IMRF-2026-0001")]
    [InlineData("fr", "Échéance le 31 décembre 2028 : IMRF-2026-0001")]
    [InlineData("ar", "IMRF-2026-0001")]
    public async Task A_calendar_keeps_to_its_standard_and_has_the_days_of_the_clock_in_the_readers_language(string language, string due)
    {
        var calendar = await CalendarAsync($"/clock/MEX.ics?on=2027-01-01&lang={language}");
        var events = calendar.Parts.ToLookup(p => p.Date("DTSTART"));
        var day = Assert.Single(events[new DateOnly(2028, 12, 31)]);
        Assert.Contains(due, day.Text("SUMMARY"), StringComparison.Ordinal);
        Assert.StartsWith(Title + "\n", day.Text("DESCRIPTION"), StringComparison.Ordinal);
        Assert.Equal($"LANGUAGE={language}", day.Properties["SUMMARY"].Parameters);
        Assert.Equal(new DateOnly(2029, 1, 1), day.Date("DTEND"));
        Assert.EndsWith("/pledges/IMRF-2026-0001", day.Properties["URL"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_keeps_its_uid_when_more_is_known_and_its_sequence_grows()
    {
        var before = (await CalendarAsync("/clock/MEX.ics?on=2027-01-01")).Parts.Single(p => p.Date("DTSTART") == new DateOnly(2028, 12, 31));
        var (response, _) = await registry.PostAsync("/api/pledges/IMRF-2026-0001/corrections",
            new { content = Later(Bodies.Content("Clinics")), reason = "It is due later." }, ("If-Match", "\"2\""));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var after = (await CalendarAsync("/clock/MEX.ics?on=2027-01-01")).Parts.Single(p => p.Date("DTSTART") == new DateOnly(2029, 12, 31));
        Assert.Equal(before.Properties["UID"], after.Properties["UID"]);
        Assert.True(Sequence(before) < Sequence(after));

        static int Sequence(CalendarComponent day) => int.Parse(day.Properties["SEQUENCE"].Value, CultureInfo.InvariantCulture);
        static Dictionary<string, object?> Later(object content)
        {
            var members = content.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(content));
            members["due"] = new { date = new { date = "2029" } };
            return members;
        }
    }

    [Fact]
    public async Task The_stamp_of_a_calendar_is_its_basis_and_not_the_clock()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2150, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var later = await TestRegistry.StartAsync(clock: clock);
        var first = await later.Client.GetByteArrayAsync(new Uri("/clock/MEX.ics?size=800&on=2027-02-03", UriKind.Relative));
        clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(first, await later.Client.GetByteArrayAsync(new Uri("/clock/MEX.ics?size=800&on=2027-02-03", UriKind.Relative)));
        Assert.All(CalendarReader.Read(first).Parts, p => Assert.Equal("20270203T000000Z", p.Properties["DTSTAMP"].Value));
    }

    [Fact]
    public async Task A_calendar_of_who_owes_nothing_says_so()
    {
        var note = Assert.Single((await CalendarAsync("/clock/PICUM.ics?lang=en")).Parts);
        Assert.Equal(("VJOURNAL", "There is nothing to be reminded of."), (note.Name, note.Text("DESCRIPTION")));
    }

    [Theory]
    [InlineData("en", "No recent report received: IMRF-2026-0001")]
    [InlineData("fr", "Aucun rapport récent reçu : IMRF-2026-0001")]
    public async Task A_feed_keeps_to_its_standard_and_tells_what_has_come(string language, string silent)
    {
        var address = $"/clock/MEX.atom?on=2031-03-01&lang={language}";
        var feed = await FeedAsync(address);
        Assert.Equal(language, (string?)feed.Attribute(XNamespace.Xml + "lang"));
        // Where it is as it is now: what an answer holds doesn't depend on how its basis was asked for.
        Assert.Equal(new Uri(registry.Client.BaseAddress!, $"/clock/MEX.atom?lang={language}").ToString(), Link(feed, "self"));
        var titles = feed.Elements(Atom + "entry").Select(e => (string)e.Element(Atom + "title")!).ToArray();
        Assert.Contains(silent, titles);
        var entry = feed.Elements(Atom + "entry").Single(e => (string)e.Element(Atom + "title")! == silent);
        Assert.Equal("2031-01-01T00:00:00.000Z", (string)entry.Element(Atom + "updated")!);
        Assert.StartsWith(Title, (string)entry.Element(Atom + "summary")!, StringComparison.Ordinal);
        Assert.EndsWith("/pledges/IMRF-2026-0001", Link(entry, "alternate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_without_news_is_a_feed() => Assert.Empty((await FeedAsync("/clock/PICUM.atom")).Elements(Atom + "entry"));

    [Fact]
    public async Task A_feed_and_a_calendar_are_kept_and_refused_like_other_reads()
    {
        foreach (var (ending, type) in new[] { ("atom", "application/atom+xml"), ("ics", "text/calendar") })
        {
            var (first, body) = await registry.GetAsync($"/clock/MEX.{ending}");
            Assert.Equal((type, "utf-8"), (first.Content.Headers.ContentType!.MediaType, first.Content.Headers.ContentType.CharSet));
            Assert.EndsWith("view=clock-days/1", Assert.Single(first.Headers.GetValues("Registry-Basis")), StringComparison.Ordinal);
            var (second, nothing) = await registry.GetAsync($"/clock/MEX.{ending}", ("If-None-Match", first.Headers.ETag!.ToString()));
            Assert.Equal((HttpStatusCode.NotModified, ""), (second.StatusCode, nothing));
            var (other, _) = await registry.GetAsync($"/clock/MEX.{ending}?lang=ar", ("If-None-Match", first.Headers.ETag.ToString()));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            var (compressed, _) = await registry.GetAsync($"/clock/MEX.{ending}", ("Accept-Encoding", "br"));
            Assert.NotEqual(first.Headers.ETag, compressed.Headers.ETag);
            using var request = new HttpRequestMessage(HttpMethod.Head, $"/clock/MEX.{ending}");
            Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(body), (await registry.SendAsync(request)).Response.Content.Headers.ContentLength);
            Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync($"/clock/NOPE.{ending}")).Response.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync($"/clock/MEX.{ending}?size=0")).Response.StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await registry.GetAsync($"/clock/MEX.{ending}?kind=pledge")).Response.StatusCode);
            Assert.Equal(HttpStatusCode.NotAcceptable, (await registry.GetAsync($"/clock/MEX.{ending}", ("Accept", "image/png"))).Response.StatusCode);
        }
    }

    private async Task<CalendarComponent> CalendarAsync(string address) =>
        CalendarReader.Read(await registry.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative)));

    /// <summary>Reads a feed as RFC 4287 has it, section 4.1; whatever breaks a rule fails.</summary>
    private async Task<XElement> FeedAsync(string address)
    {
        var feed = XDocument.Parse((await registry.GetAsync(address)).Body).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.NotEmpty((string)feed.Element(Atom + "author")!.Element(Atom + "name")!);
        var all = feed.Elements(Atom + "entry").Prepend(feed).ToArray();
        Assert.Equal(all.Length, all.Select(e => (string)e.Element(Atom + "id")!).Distinct().Count());
        foreach (var element in all)
        {
            Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", (string)Assert.Single(element.Elements(Atom + "id")));
            Assert.NotEmpty((string)Assert.Single(element.Elements(Atom + "title")));
            Assert.True(DateTimeOffset.TryParseExact((string)Assert.Single(element.Elements(Atom + "updated")), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _));
            Assert.True(Uri.TryCreate(Link(element, "alternate"), UriKind.Absolute, out _));
        }
        return feed;
    }

    private static string Link(XElement element, string relation) =>
        (string)element.Elements(Atom + "link").Single(l => (string)l.Attribute("rel")! == relation).Attribute("href")!;
}
