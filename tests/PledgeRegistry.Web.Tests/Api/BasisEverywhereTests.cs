using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PledgeRegistry.Meetings;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Citation;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>
/// No read endpoint, feed or page ignores the basis. Some of it is recorded in November 2150, one entry in 2151: so that there
/// is a moment in between.
/// </summary>
public sealed partial class BasisEverywhereTests : IAsyncLifetime
{
    // An entry stays what it is.
    private static readonly string[] SameEverywhere = ["/api/entries/{position}"];

    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2150, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private TestRegistry registry = null!;
    private long between;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync(clock: clock);
        await Addresses.WriteSomethingAsync(registry);
        between = registry.Size;
        clock.Advance(TimeSpan.FromDays(100));
        // With a lesson: else the clearing house would be empty at every basis.
        var initiative = JsonSerializer.SerializeToNode(Bodies.Initiative(title: "Bus clinics"))!;
        initiative["content"]!["lesson"] = "Nurses know the routes.";
        var (response, body) = await registry.PostAsync("/api/initiatives", initiative.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        Assert.True((await registry.PostAsync("/api/seals", "{}")).Response.IsSuccessStatusCode);
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public void Every_page_that_is_read_at_a_basis_is_tested() =>
        Assert.Equal(PageAddresses.ByPattern.Keys.Order(StringComparer.Ordinal), registry.Host.App.Services.GetRequiredService<PublicResources>().Pages.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Everything_that_is_read_takes_each_way_to_ask_for_a_basis_and_names_it()
    {
        (string Ask, string Named)[] ways =
        [
            ($"size={between}&on=2021-06-30", $"size={between}; on=2021-06-30; from=size; settled=true; root="),
            ("asOf=2151-01-01&on=2021-06-30", $"size={between}; on=2021-06-30; from=asOf:2151-01-01; settled=true; root="),
            ("asOf=2151-01-01T01:00:00%2B01:00&on=2021-06-30", $"size={between}; on=2021-06-30; from=asOf:2151-01-01T01:00:00+01:00; settled=true; root="),
            ("asOfMeeting=IMRF-2022", $"size={registry.Size}; on=2022-05-20; from=asOfMeeting:IMRF-2022,head-for-registry-younger; settled=false; root="),
            ("asOfMeeting=IMRF-2022&on=2021-06-30", $"size={registry.Size}; on=2021-06-30; from=asOfMeeting:IMRF-2022,head-for-registry-younger; settled=false; root="),
        ];
        foreach (var address in Everything())
        {
            foreach (var (ask, named) in ways)
            {
                var (response, body) = await registry.GetAsync(Addresses.With(address, ask));
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address} {ask}: {response.StatusCode} {body}");
                Assert.StartsWith(named, Assert.Single(response.Headers.GetValues("Registry-Basis")), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task An_answer_is_the_same_bytes_however_its_basis_was_asked_for()
    {
        foreach (var address in ReadEndpoints.All.Select(e => Addresses.ByPattern[e.Pattern][0]))
        {
            Assert.Equal(await BodyAsync(address, $"size={between}&on=2151-01-01"), await BodyAsync(address, "asOf=2151-01-01&on=2151-01-01"));
            Assert.Equal(await BodyAsync(address, $"size={registry.Size}&on=2022-05-20"), await BodyAsync(address, "asOfMeeting=IMRF-2022"));
        }
    }

    [Fact]
    public async Task What_is_read_before_anything_was_recorded_is_not_what_is_read_now()
    {
        foreach (var pattern in ReadEndpoints.All.Select(e => e.Pattern).Except(SameEverywhere))
        {
            var address = Addresses.ByPattern[pattern][0];
            var (before, nothing) = await registry.GetAsync(Addresses.With(address, "size=0&on=2150-11-22"));
            var (_, now) = await registry.GetAsync(Addresses.With(address, $"size={registry.Size}&on=2150-11-22"));
            Assert.True(before.StatusCode == HttpStatusCode.NotFound || WithoutBasis(nothing) != WithoutBasis(now), $"{address} is the same before the first entry.");
        }
        foreach (var address in PageAddresses.ByPattern.Values)
        {
            var (before, nothing) = await registry.GetAsync(Addresses.With(address, "size=0&on=2150-11-22"));
            Assert.True(before.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, address);
            Assert.Contains("As known before the first entry", nothing, StringComparison.Ordinal);
            var (_, now) = await registry.GetAsync(Addresses.With(address, $"size={registry.Size}&on=2150-11-22"));
            Assert.NotEqual(Content().Match(nothing).Value, Content().Match(now).Value);
        }
    }

    [Theory]
    [InlineData("size=x", "basis-not-a-size", "A number of entries is a whole number")]
    [InlineData("size=99999999", "basis-out-of-range", "The registry has")]
    [InlineData("asOf=2022-02-29", "basis-not-a-moment", "There is no day 2022-02-29. Look at its month and day.")]
    [InlineData("asOf=yesterday", "basis-not-a-moment", "Write a moment as")]
    [InlineData("asOf=2022-05-17T12:00", "basis-not-a-moment", "2022-05-17T12:00 is without a time zone.")]
    [InlineData("asOf=2022-05-17T12:00+02:00", "basis-not-a-moment", "In an address + means a space: write 2022-05-17T12:00%2B02:00.")]
    [InlineData("on=2022-02-29", "basis-not-a-date", "There is no day 2022-02-29. Look at its month and day.")]
    [InlineData("on=soon", "basis-not-a-date", "Write a date as")]
    [InlineData("on=1899-12-31", "basis-out-of-range", "Ask for a date of the years 1900 to 2200.")]
    [InlineData("asOfMeeting=NONE", "basis-unknown-meeting", "There is no meeting")]
    [InlineData("size=3&asOf=2026-01-01", "basis-twice", "only one of them")]
    [InlineData("size=3&asOfMeeting=IMRF-2022", "basis-twice", "only one of them")]
    public async Task What_makes_no_sense_is_refused_everywhere(string basis, string code, string words)
    {
        foreach (var address in Everything())
        {
            var (response, body) = await registry.GetAsync(Addresses.With(address, basis + "&lang=en"));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            {
                Assert.Equal($"/problems/{code}", JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
            }
            else
            {
                Assert.Contains(words, WebUtility.HtmlDecode(body), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("size={0}&on=2021-06-30")]
    [InlineData("asOfMeeting=IMRF-2022")]
    [InlineData("asOf=2151-01-01")]
    public async Task Every_link_of_a_page_in_the_past_keeps_its_basis(string asked)
    {
        var basis = string.Format(CultureInfo.InvariantCulture, asked, between);
        // A meeting's pack leads to its own basis, and keeps that.
        foreach (var address in PageAddresses.ByPattern.Values.Where(a => !a.EndsWith("/pack", StringComparison.Ordinal)))
        {
            var (_, html) = await registry.GetAsync(Addresses.With(address, basis));
            var resources = registry.Host.App.Services.GetRequiredService<PublicResources>();
            var links = Links().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Where(l => l[0] == '/').ToArray();
            Assert.True(links.Length > 10, address);
            foreach (var link in links.Where(l => resources.Find(l.Split('?', '#')[0]) is not null))
            {
                var isStep = Regex.IsMatch(html, $"<a href=\"{Regex.Escape(WebUtility.HtmlEncode(link))}\"[^>]*>(Back to now|One entry)");
                // What names moments of its own leads to those: two meetings compared, a step of a replay.
                Assert.True(isStep || link.Contains(basis, StringComparison.Ordinal) || Regex.IsMatch(link, "[?&](size|asOf|asOfMeeting)=[^&]+"), $"{address} links to {link}, and so loses {basis}.");
            }
            // A filter keeps the basis too.
            foreach (var form in Forms().Matches(html).Select(m => m.Value).Where(f => !f.Contains("basis-asOf", StringComparison.Ordinal) && !f.Contains("action=\"/differences\"", StringComparison.Ordinal) && !f.Contains("action=\"/replay\"", StringComparison.Ordinal)))
            {
                Assert.True(basis.Split('&').All(p => form.Contains($"name=\"{p.Split('=')[0]}\" value=\"{p.Split('=')[1]}\"", StringComparison.Ordinal)), $"{address} has a form that loses {basis}: {form}");
            }
        }
    }

    [Fact]
    public async Task A_form_is_filled_from_what_is_there_now_whatever_its_address_says()
    {
        var (_, now) = await registry.GetAsync("/pledges/IMRF-2026-0001/reports/1/correct");
        var (response, then) = await registry.GetAsync("/pledges/IMRF-2026-0001/reports/1/correct?size=1&on=1990-01-01");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Titles().Match(now).Value, Titles().Match(then).Value);
        Assert.DoesNotContain("size=1", then, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_an_error_keeps_the_basis_in_its_links()
    {
        var (response, html) = await registry.GetAsync($"/nope?size={between}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains($"/pledges?size={between}", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "no entry from so early")]
    [InlineData("es", "no tiene asientos tan antiguos")]
    [InlineData("fr", "pas d’inscription aussi ancienne")]
    [InlineData("ar", "ليس في هذا السجل قيد")]
    public async Task A_page_says_in_words_that_the_registry_is_younger_than_the_meeting(string language, string words) =>
        Assert.Contains(words, WebUtility.HtmlDecode((await registry.GetAsync($"/pledges?asOfMeeting=IMRF-2022&lang={language}")).Body), StringComparison.Ordinal);

    [Fact]
    public async Task A_meeting_to_come_and_a_moment_to_come_are_the_head_and_say_that_they_are_not_settled()
    {
        var announced = new AnnounceMeeting("IMRF-2160", new MeetingContent("IMRF", "workshop", null, 2160, Texts.Of(("en", "A forum to come")), new EffectiveDate("2160"), null, null, null, "A test."), [], []);
        var outcome = await registry.Host.Node.Mediator.Send(new Submit<AnnounceMeeting>(announced, LocalOperator.For(null), "to-come"));
        Assert.True(outcome is Outcome.Recorded, outcome.ToString());
        var (_, meeting) = await registry.GetAsync("/pledges?asOfMeeting=IMRF-2160&lang=en");
        Assert.Contains("isn’t over yet", WebUtility.HtmlDecode(meeting), StringComparison.Ordinal);
        var (response, moment) = await registry.GetAsync("/pledges?asOf=2190-01-01&lang=en");
        Assert.Contains("This moment isn’t over", WebUtility.HtmlDecode(moment), StringComparison.Ordinal);
        Assert.StartsWith($"size={registry.Size}; on=2151-03-02; from=asOf:2190-01-01; settled=false;", response.Headers.GetValues("Registry-Basis").Single(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Everything() =>
        ReadEndpoints.All.Select(e => Addresses.ByPattern[e.Pattern][0]).Concat(PageAddresses.ByPattern.Values)
            .Concat(FeedEndpoints.All.Select(e => e.Pattern.Replace("{participant}", "MEX", StringComparison.Ordinal))).Concat(CitationEndpoints.All.Select(e => $"{e.Pattern}?of=/pledges"));

    private static string WithoutBasis(string body) => BasisMember().Replace(body, "");

    private async Task<string> BodyAsync(string address, string basis) => (await registry.GetAsync(Addresses.With(address, basis))).Body;

    [GeneratedRegex("\"basis\":\\{[^}]*\\}")]
    private static partial Regex BasisMember();

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex Content();

    [GeneratedRegex("<form method=\"get\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<h1.*?</h1>", RegexOptions.Singleline)]
    private static partial Regex Titles();

    [GeneratedRegex("<a[^>]* href=\"([^\"]+)\"")]
    private static partial Regex Links();
}
