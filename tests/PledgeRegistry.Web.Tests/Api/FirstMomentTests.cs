using System.Net;
using System.Text.Json;
using PledgeRegistry.Meetings;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Addresses that stay what they are: those with a first moment, long ones, and those of a meeting that was recorded late.</summary>
public sealed class FirstMomentTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2151, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync(clock: clock);

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Theory]
    [InlineData("from.size=100&from.on=2022-05-20", true)]
    [InlineData("from.size=100", true)]
    [InlineData("from.asOf=2160-01-01", false)]
    [InlineData("from.asOfMeeting=IMRF-2022", false)]
    [InlineData("since=previous-meeting&series=IMRF", false)]
    public async Task Only_a_first_moment_that_is_a_size_makes_a_memento(string first, bool isOne)
    {
        var (response, body) = await registry.GetAsync($"/api/differences/pledges?{first}&size={registry.Size}&on=2026-11-01");
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        Assert.Equal(isOne, response.Headers.Contains("Memento-Datetime"));
        Assert.Equal(isOne, response.Headers.GetValues("Link").Single().Contains("memento\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/differences/pledges?from.asOfMeeting=IMRF-2022")]
    [InlineData("/api/differences/pledges?from.asOf=2160-01-01")]
    [InlineData("/api/differences/pledges?since=previous-meeting&series=IMRF")]
    [InlineData("/differences?of=pledges&from.asOfMeeting=IMRF-2022")]
    public async Task A_citation_names_the_first_moment_by_its_size_and_its_day(string of)
    {
        var (cited, body) = await registry.GetAsync($"/api/citation?of={Uri.EscapeDataString(of)}&size={registry.Size}&on=2026-11-01");
        Assert.True(cited.StatusCode == HttpStatusCode.OK, body);
        var address = JsonDocument.Parse(body).RootElement.GetProperty("address").GetString()!;
        Assert.Contains($"from.size={registry.Size}&from.on=", address, StringComparison.Ordinal);
        Assert.DoesNotContain("asOf", address, StringComparison.Ordinal);
        Assert.DoesNotContain("since", address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync(address)).Response.StatusCode);
    }

    [Theory]
    [InlineData("/api/differences/pledges?from.asOfMeeting=NONE")]
    [InlineData("/api/differences/pledges?from.asOf=soon")]
    [InlineData("/api/differences/pledges?since=previous-meeting")]
    [InlineData("/api/differences/pledges?since=previous-meeting&series=IMRF&from.size=1")]
    public async Task What_names_no_first_moment_can_not_be_cited(string of)
    {
        var (cited, body) = await registry.GetAsync($"/api/citation?of={Uri.EscapeDataString(of)}");
        Assert.Equal((HttpStatusCode.NotFound, "/problems/nothing-to-cite"), (cited.StatusCode, JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_long_address_is_not_repeated_for_each_of_its_states()
    {
        var (listed, body) = await registry.GetAsync($"/timemap/link/search?q={new string('a', 1100)}");
        Assert.Equal((HttpStatusCode.RequestUriTooLong, "/problems/address-too-long"), (listed.StatusCode, JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync($"/timemap/link/search?q={new string('a', 900)}")).Response.StatusCode);
        async Task<int> LinksAsync(int length) => (await registry.GetAsync($"/search?q={new string('a', length)}&size={registry.Size}")).Response.Headers.GetValues("Link").Single().Split(">;rel").Length - 1;
        Assert.Equal(3, await LinksAsync(1100));
        Assert.True(await LinksAsync(900) > 3);
    }

    [Fact]
    public async Task The_pack_of_a_meeting_that_was_announced_after_it_was_over_has_a_page()
    {
        await DoesAsync(new AnnounceMeeting("M-2151", Content("2151-03-10"), [], []), "in-time");
        clock.Now = new DateTimeOffset(2151, 6, 1, 12, 0, 0, TimeSpan.Zero);
        await DoesAsync(new AnnounceMeeting("M-LATE", Content("2151-04-02"), [], []), "late");
        await DoesAsync(new CorrectMeeting("M-2151", 1, Content("2151-05-05"), "The day was wrong."), "corrected");
        foreach (var (id, day) in new[] { ("M-LATE", "2151-04-02"), ("M-2151", "2151-05-05") })
        {
            var (response, page) = await registry.GetAsync($"/meetings/{id}/pack?lang=en");
            Assert.Equal((id, HttpStatusCode.OK), (id, response.StatusCode));
            Assert.Contains($"size={registry.Size}&on={day}", response.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
            Assert.Contains("what is known now stands in", page, StringComparison.Ordinal);
            var (meeting, words) = await registry.GetAsync($"/meetings/{id}?asOfMeeting={id}&lang=en");
            Assert.Equal((id, HttpStatusCode.OK), (id, meeting.StatusCode));
            Assert.Contains("only after it was over", words, StringComparison.Ordinal);
        }
    }

    private static MeetingContent Content(string last) => new("IMRF", "workshop", null, 2151, Texts.Of(("en", "A workshop")), new EffectiveDate(last), null, null, null, "A test.");

    private async Task DoesAsync<TCommand>(TCommand command, string key) where TCommand : class, ICommand
    {
        var outcome = await registry.Host.Node.Mediator.Send(new Submit<TCommand>(command, LocalOperator.For(null), key));
        Assert.True(outcome is Outcome.Recorded, outcome.ToString());
    }
}
