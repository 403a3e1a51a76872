using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PledgeRegistry.Projections;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Citation;
using PledgeRegistry.Web.Codebook;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

public sealed partial class CitationTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        await Addresses.WriteSomethingAsync(registry);
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task Everything_that_is_read_can_be_cited_and_its_address_shows_what_was_cited()
    {
        // A meeting's pack leads to its own basis, and is cited at that.
        foreach (var of in PageAddresses.ByPattern.Values.Concat(ReadEndpoints.All.Select(e => Addresses.ByPattern[e.Pattern][0])).Where(a => !a.EndsWith("/pack", StringComparison.Ordinal)))
        {
            var cited = await CiteAsync(of, $"size={registry.Size - 1}&on=2028-01-01");
            var address = cited.GetProperty("address").GetString()!;
            // A first moment that would move is named by size and day instead.
            Assert.StartsWith(registry.Host.Addresses.First() + (of.Contains("from.", StringComparison.Ordinal) ? of.Split('?')[0] : of), address, StringComparison.Ordinal);
            Assert.DoesNotMatch("from[.]asOf|since=", address);
            var (response, body) = await registry.GetAsync(address);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {response.StatusCode} {body}");
            var basis = response.Headers.GetValues("Registry-Basis").Single();
            Assert.StartsWith($"size={registry.Size - 1}; on=2028-01-01;", basis, StringComparison.Ordinal);
            Assert.EndsWith($"root={cited.GetProperty("root").GetString()}; view={cited.GetProperty("citedView").GetString()}", basis, StringComparison.Ordinal);
            foreach (var part in new[] { "title", "registry", "root", "citedView", "address" })
            {
                Assert.Contains(cited.GetProperty(part).GetString()!, cited.GetProperty("text").GetString()!, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_page_links_to_its_citation_and_that_page_to_its_files()
    {
        foreach (var address in PageAddresses.ByPattern.Where(p => p.Key != "/cite").Select(p => p.Value))
        {
            var (_, html) = await registry.GetAsync(Addresses.With(address, "asOf=2200-01-01"));
            var link = WebUtility.HtmlDecode(ToCitation().Match(html).Groups[1].Value);
            Assert.Contains($"&size={registry.Size}&on=", link, StringComparison.Ordinal);
            var (response, page) = await registry.GetAsync(link);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {link}");
            var files = ToFile().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToArray();
            Assert.Equal(2, files.Length);
            foreach (var file in files)
            {
                var (answer, text) = await registry.GetAsync(file);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.StartsWith("attachment; filename=\"pledge-registry-", answer.Content.Headers.GetValues("Content-Disposition").Single(), StringComparison.Ordinal);
                Assert.StartsWith(file.StartsWith("/cite.bib", StringComparison.Ordinal) ? "@misc{pledge-registry-" : "TY  - ELEC\r\n", text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("es", "Según lo conocido tras", "Cuadrícula|Cuadro|avance")]
    [InlineData("fr", "Tel que connu après", "")]
    [InlineData("ar", "حسب المعروف بعد", "")]
    public async Task A_citation_is_in_the_readers_language(string language, string words, string title)
    {
        var cited = await CiteAsync("/rcm/grid", $"size=800&lang={language}");
        Assert.Contains(words, cited.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Matches($"(?i){title}", cited.GetProperty("title").GetString()!);
        Assert.EndsWith($"&lang={language}", cited.GetProperty("address").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citation_is_the_same_however_its_basis_was_asked_for_and_names_the_date_of_its_last_entry()
    {
        var size = registry.Size;
        var plain = await BodyAsync($"/api/citation?of=/pledges&size={size}&on=2022-05-20");
        Assert.Equal(plain, await BodyAsync("/api/citation?of=/pledges&asOfMeeting=IMRF-2022"));
        var last = registry.Host.Node.Registry.RecordedAt(size - 1).UtcDateTime;
        var bibtex = JsonDocument.Parse(plain).RootElement.GetProperty("bibtex").GetString()!;
        Assert.Contains($"  year = {{{last.Year}}},\n  month = {last.ToString("MMM", CultureInfo.InvariantCulture).ToLowerInvariant()},\n", bibtex, StringComparison.Ordinal);
        Assert.Contains($"DA  - {last.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)}\r\n", JsonDocument.Parse(plain).RootElement.GetProperty("ris").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("year", JsonDocument.Parse(await BodyAsync("/api/citation?of=/pledges&size=0")).RootElement.GetProperty("bibtex").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("pledges", 400)]
    [InlineData("//example.org/pledges", 400)]
    [InlineData("/\\example.org", 400)]
    [InlineData("https://example.org/pledges", 400)]
    [InlineData("/contacts", 400)]
    [InlineData("/pledges/new", 400)]
    [InlineData("/pledges%0D%0A", 400)]
    [InlineData("/nope", 400)]
    [InlineData("/pledges/NOPE", 404)]
    [InlineData("/imrf/2021", 404)]
    [InlineData("/imrf/02022", 404)]
    [InlineData("/imrf/%D9%A2%D9%A0%D9%A2%D9%A2", 404)]
    [InlineData("/imrf/Somebody was here", 404)]
    [InlineData("/imrf/2022/follow-up", 400)]
    [InlineData("/api/entries/-1", 404)]
    [InlineData("/api/entries/+1", 404)]
    [InlineData("/api/entries/ 1", 404)]
    [InlineData("/api/entries/1,0", 404)]
    [InlineData("/api/entries/99999999", 404)]
    public async Task What_is_not_read_here_or_not_there_is_not_cited(string of, int status)
    {
        foreach (var path in new[] { "/api/citation", "/cite.bib", "/cite.ris" })
        {
            Assert.Equal(status, (int)(await registry.GetAsync($"{path}?of={Uri.EscapeDataString(Uri.UnescapeDataString(of))}")).Response.StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync($"/cite?of={Uri.EscapeDataString(Uri.UnescapeDataString(of))}")).Response.StatusCode);
    }

    [Fact]
    public async Task A_forum_is_cited_from_when_it_is_known_as_its_page_is_there_from_then()
    {
        foreach (var at in new[] { "size=0", $"size={registry.Size}" })
        {
            Assert.Equal((await registry.GetAsync($"/imrf/2022?{at}")).Response.StatusCode, (await registry.GetAsync($"/api/citation?of=/imrf/2022&{at}")).Response.StatusCode);
            // In the API any year is counted.
            Assert.Equal((await registry.GetAsync($"/api/imrf/1999/follow-up?{at}")).Response.StatusCode, (await registry.GetAsync($"/api/citation?of=/api/imrf/1999/follow-up&{at}")).Response.StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync("/api/citation?of=/imrf/2022&size=0")).Response.StatusCode);
    }

    [Theory]
    [InlineData("/meetings/RCM-XXI/pack")]
    [InlineData("/meetings/IMRF-2026/pack")]
    [InlineData("/api/meetings/IMRF-2022/pack")]
    public async Task A_meetings_pack_is_cited_at_the_basis_that_it_is_made_from(string of)
    {
        var cited = await CiteAsync(of, "");
        var (response, _) = await registry.GetAsync(cited.GetProperty("address").GetString()!);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var made = JsonDocument.Parse(await BodyAsync(of.StartsWith("/api", StringComparison.Ordinal) ? of : $"/api{of}")).RootElement.GetProperty("made");
        foreach (var member in new[] { "size", "on" })
        {
            Assert.Equal(made.GetProperty(member).ToString(), cited.GetProperty("basis").GetProperty(member).ToString());
            Assert.Contains($"{member}={made.GetProperty(member)}", cited.GetProperty("address").GetString()!, StringComparison.Ordinal);
        }
    }

    /// <summary>As somebody puts it in who copied it from the browser.</summary>
    [Fact]
    public async Task The_basis_within_an_address_is_cited_or_refused_and_never_dropped()
    {
        var of = Uri.EscapeDataString("/rcm/grid?meeting=RCM-XXI&size=800&on=2022-05-20");
        var (response, body) = await registry.GetAsync($"/cite?of={of}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/rcm/grid?meeting=RCM-XXI", System.Web.HttpUtility.ParseQueryString(response.RequestMessage!.RequestUri!.Query)["of"]);
        Assert.Contains("size=800", WebUtility.HtmlDecode(body), StringComparison.Ordinal);
        Assert.StartsWith("size=800; on=2022-05-20;", response.Headers.GetValues("Registry-Basis").Single(), StringComparison.Ordinal);
        foreach (var path in new[] { "/api/citation", "/cite.bib", "/cite.ris" })
        {
            var (refused, why) = await registry.GetAsync($"{path}?of={of}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("put 'size' beside 'of'", why, StringComparison.Ordinal);
        }
    }

    /// <summary>BibTeX refuses a key that is there twice.</summary>
    [Fact]
    public async Task No_two_things_that_are_cited_have_the_same_key_and_one_has_the_same_in_every_language()
    {
        var pledges = registry.Host.Node.Registry.State.Pledges.Keys.Order(StringComparer.Ordinal).Take(30).Select(id => $"/pledges/{id}");
        string[] all = [.. pledges, "/coverage/gcm", "/coverage/sdg", "/imrf/2022", "/imrf/2026", "/pledges?kind=pledge", "/pledges?kind=statement", "/pledges"];
        var keys = new List<string>();
        foreach (var of in all)
        {
            keys.Add((await BodyAsync($"/cite.bib?of={Uri.EscapeDataString(of)}&size=800&on=2022-05-20")).Split('\n')[0]);
        }
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, k => Assert.Matches("^@misc{pledge-registry-[a-z-]+-800-2022-05-20-[0-9a-f]{8},$", k));
        Assert.Equal(keys[0], (await BodyAsync($"/cite.bib?of={Uri.EscapeDataString(all[0])}&size=800&on=2022-05-20&lang=ar")).Split('\n')[0]);
    }

    [Theory]
    [InlineData("Plain", "Plain")]
    [InlineData("50% of {all} & more_than #1 $5 ~ ^", "50\\% of \\textbraceleft{}all\\textbraceright{} \\& more\\_than \\#1 \\$5 \\textasciitilde{} \\textasciicircum{}")]
    [InlineData("}, author = {Somebody}}\n@book{x, title = {", "\\textbraceright{}, author = \\textbraceleft{}Somebody\\textbraceright{}\\textbraceright{} @book\\textbraceleft{}x, title = \\textbraceleft{}")]
    [InlineData("\\input{/etc/passwd}", "\\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{}")]
    [InlineData("a \"quoted\" title", "a \\textquotedbl{}quoted\\textquotedbl{} title")]
    [InlineData("Line\r\nER  - \r\nTY  - BOOK\u2028x\u0085y", "Line ER - TY - BOOK x y")]
    [InlineData("صحة المهاجرين", "صحة المهاجرين")]
    public void What_people_typed_can_not_break_out_of_its_field(string title, string expected)
    {
        var files = new CitationFiles("/pledges", title, title, "pledge/2", 12, "2026-11-22", title, new DateOnly(2024, 2, 29), "https://example.org/pledges?size=12", "en");
        var bibtex = files.Bibtex();
        Assert.Contains($"  title = {{{{{expected}}}}},\n", bibtex, StringComparison.Ordinal);
        Assert.Equal(bibtex.Count(c => c == '{'), bibtex.Count(c => c == '}'));
        Assert.Single(bibtex.Split('\n'), l => l.StartsWith('@'));
        var lines = files.Ris().Split("\r\n");
        Assert.Equal(["TY", "TI", "PB", "PY", "DA", "ET", "N1", "LA", "UR", "ER", ""], lines.Select(l => l.Split("  - ")[0]));
        Assert.DoesNotContain(files.Ris().Replace("\r\n", "", StringComparison.Ordinal), char.IsControl);
    }

    [Fact]
    public async Task Every_day_with_changes_and_every_meeting_that_closed_is_a_version_that_can_be_read()
    {
        var body = JsonDocument.Parse(await BodyAsync("/api/versions")).RootElement;
        var versions = body.GetProperty("versions").EnumerateArray().ToArray();
        Assert.Equal(body.GetProperty("count").GetInt32(), versions.Length);
        Assert.Equal(registry.Size, versions[0].GetProperty("size").GetInt64());
        Assert.False(versions[0].GetProperty("settled").GetBoolean());
        foreach (var v in versions)
        {
            var (response, _) = await registry.GetAsync($"/api/registry?size={v.GetProperty("size")}&on={v.GetProperty("on").GetString()}");
            Assert.Contains($"root={v.GetProperty("root").GetString()};", response.Headers.GetValues("Registry-Basis").Single(), StringComparison.Ordinal);
        }
        Assert.Equal(0, JsonDocument.Parse(await BodyAsync("/api/versions?size=0")).RootElement.GetProperty("count").GetInt32());
        Assert.Equal(0, JsonDocument.Parse(await BodyAsync($"/api/versions?size={registry.Size}&on=2020-01-01")).RootElement.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Every_version_of_a_view_is_in_the_list_of_their_changes()
    {
        const System.Reflection.BindingFlags All = System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;
        var views = new[] { typeof(ViewJson), typeof(CitationView) }.SelectMany(t => t.Assembly.GetTypes()).Select(t => t.GetField("View", All)?.GetValue(null) as string).OfType<string>()
            .Concat(ReadEndpoints.All.Concat(FeedEndpoints.All).Select(e => e.View)).Where(v => !v.StartsWith("codebook/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.True(views.Count > 30);
        var listed = ViewChanges.All.Select(c => c.View).ToArray();
        Assert.Equal(listed.Length, listed.Distinct().Count());
        // None is missing; none is skipped; and none is listed that isn't made yet.
        Assert.Equal([], views.Except(listed));
        foreach (var family in ViewChanges.All.GroupBy(c => c.View.Split('/')[0]))
        {
            Assert.Equal(Enumerable.Range(1, family.Count()), family.Select(c => int.Parse(c.View.Split('/')[1], CultureInfo.InvariantCulture)));
            Assert.Contains(family.Last().View, views);
        }
        var codebook = JsonDocument.Parse(await BodyAsync("/api/codebook")).RootElement;
        Assert.Equal(listed, codebook.GetProperty("viewChanges").EnumerateArray().Select(c => c.GetProperty("view").GetString()));
        Assert.Contains("rcm-grid/2", (await registry.GetAsync("/codebook/views")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_read_has_a_title_to_cite()
    {
        var pages = registry.Host.App.Services.GetRequiredService<PublicResources>().Pages;
        Assert.Equal([], pages.Concat(ReadEndpoints.All.Select(e => e.Pattern)).Where(p => Citable.Find(p) is not { View.Length: > 0 }));
    }

    private async Task<JsonElement> CiteAsync(string of, string basis) => JsonDocument.Parse(await BodyAsync($"/api/citation?of={Uri.EscapeDataString(of)}&{basis}")).RootElement;

    private async Task<string> BodyAsync(string address)
    {
        var (response, body) = await registry.GetAsync(address);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {response.StatusCode} {body}");
        return body;
    }

    [GeneratedRegex("<a href=\"(/cite\\?[^\"]*)\" rel=\"nofollow\">")]
    private static partial Regex ToCitation();

    [GeneratedRegex("href=\"(/cite\\.(?:bib|ris)\\?[^\"]*)\"")]
    private static partial Regex ToFile();
}
