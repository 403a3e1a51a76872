using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

public sealed class SealTests
{
    [Fact]
    public async Task What_the_views_say_is_sealed_by_the_server_and_shown_with_whether_it_is_still_made()
    {
        await using var registry = await TestRegistry.StartAsync();
        var size = registry.Size;
        var (first, receipt) = await registry.PostAsync("/api/seals", "{}", ("Idempotency-Key", "one"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(("/api/seals", size), (first.Headers.Location!.ToString(), receipt.GetProperty("position").GetInt64()));
        // Sent again, now is another basis; the answer is the first one's all the same.
        var (again, repeated) = await registry.PostAsync("/api/seals", "{}", ("Idempotency-Key", "one"));
        Assert.Equal((HttpStatusCode.OK, "repeated", size), (again.StatusCode, repeated.GetProperty("outcome").GetString(), repeated.GetProperty("position").GetInt64()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await registry.PostAsync("/api/seals", """{"size":5}""", ("Idempotency-Key", "one"))).Response.StatusCode);
        var (_, older) = await registry.PostAsync("/api/seals", """{"size":40,"on":"2022-05-20"}""");
        Assert.Equal(size + 1, older.GetProperty("position").GetInt64());
        var (_, same) = await registry.PostAsync("/api/seals", """{"size":40,"on":"2022-05-20"}""");
        Assert.Equal("nothing-new", same.GetProperty("outcome").GetString());
        using var list = JsonDocument.Parse((await registry.GetAsync("/api/seals")).Body);
        var seals = list.RootElement.GetProperty("seals").EnumerateArray().ToList();
        Assert.Equal([40L, size], seals.Select(s => s.GetProperty("size").GetInt64()));
        Assert.All(seals, s => Assert.Equal((0, 0), (s.GetProperty("mismatches").GetInt32(), s.GetProperty("otherVersions").GetInt32())));
        Assert.All(seals.SelectMany(s => s.GetProperty("views").EnumerateArray()), v => Assert.Equal("match", v.GetProperty("result").GetString()));
        Assert.Contains("rcm-grid/2", (await registry.GetAsync("/seals")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seal_leads_to_each_view_by_its_name_at_the_basis_of_the_seal()
    {
        await using var registry = await TestRegistry.StartAsync();
        await registry.PostAsync("/api/seals", "{}");
        using var list = JsonDocument.Parse((await registry.GetAsync("/api/seals")).Body);
        var seal = list.RootElement.GetProperty("seals")[0];
        var basis = $"size={seal.GetProperty("size").GetInt64()}&amp;on={seal.GetProperty("on").GetString()}";
        foreach (var (language, grid) in new[] { ("en", "RCM progress grid"), ("es", "Cuadro de avance de la CRM"), ("fr", "Grille d’avancement de la CRM"), ("ar", "جدول تقدم المؤتمر الإقليمي للهجرة") })
        {
            var (_, page) = await registry.GetAsync($"/seals?lang={language}");
            var links = Regex.Matches(page, "<th scope=\"row\"><a href=\"([^\"]*)\">([^<]*)</a>");
            Assert.Equal(seal.GetProperty("views").GetArrayLength(), links.Count);
            Assert.Contains($"<a href=\"/?lang={language}&amp;{basis}\">", page, StringComparison.Ordinal);
            foreach (Match link in links)
            {
                Assert.EndsWith(basis, link.Groups[1].Value, StringComparison.Ordinal);
                var (answer, _) = await registry.GetAsync(WebUtility.HtmlDecode(link.Groups[1].Value));
                Assert.Equal((link.Value, HttpStatusCode.OK), (link.Value, answer.StatusCode));
            }
            Assert.Contains($"/rcm/grid?lang={language}&amp;{basis}\">{grid}<", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]", 400, "wrong-shape")]
    [InlineData("""{"views":[]}""", 400, "unknown-member")]
    [InlineData("""{"size":"5"}""", 400, "wrong-type")]
    [InlineData("""{"size":1.5}""", 400, "basis-not-a-size")]
    [InlineData("""{"size":100000000}""", 400, "basis-out-of-range")]
    [InlineData("""{"size":0}""", 422, "nothing-to-seal")]
    [InlineData("""{"on":"soon"}""", 400, "basis-not-a-date")]
    [InlineData("""{"asOfMeeting":"IMRF-2099"}""", 422, "unknown-meeting")]
    [InlineData("""{"asOfMeeting":"IMRF-2030"}""", 409, "meeting-not-over")]
    [InlineData("""{"asOfMeeting":"IMRF-2022"}""", 409, "meeting-not-over")]
    [InlineData("""{"asOfMeeting":"IMRF-2022","size":5}""", 400, "basis-twice")]
    [InlineData("""{"meeting":"IMRF-2022"}""", 400, "unknown-member")]
    [InlineData("{", 400, "malformed-json")]
    public async Task What_can_not_be_sealed_is_refused(string body, int status, string code)
    {
        await using var registry = await TestRegistry.StartAsync();
        var size = registry.Size;
        var (response, problem) = await registry.PostAsync("/api/seals", body);
        Assert.Equal((status, $"/problems/{code}"), ((int)response.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Equal(size, registry.Size);
    }

    [Fact]
    public async Task A_meetings_end_is_sealed_by_itself_once_its_day_is_over_and_never_again()
    {
        await using var registry = await TestRegistry.StartAsync();
        var node = registry.Host.Node;
        var today = DateOnly.FromDateTime(node.Registry.RecordedAt(node.Registry.Head.Size - 1).UtcDateTime);
        var clock = new ManualTimeProvider(new DateTimeOffset(today.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero));
        var said = new List<string>();
        var sealer = new MeetingSealer(node, clock, said.Add);
        // Nothing that was over before the registry began; a meeting that ends tomorrow isn't over either.
        Assert.Equal(0, await sealer.StepAsync());
        var end = today.AddDays(1);
        var content = node.Models.Meetings.Meeting("IMRF-2022", registry.Size)!.Content with { From = Day(today), To = Day(end), Year = end.Year, Ordinal = null };
        var announced = await node.Writer.SubmitAsync(new AnnounceMeeting("IMRF-SOON", content, [], []), LocalOperator.For(null), "soon");
        Assert.IsType<Outcome.Recorded>(announced);
        var known = registry.Size;
        var midnight = new DateTimeOffset(end.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        foreach (var early in new[] { midnight.AddSeconds(-1), midnight, midnight + MeetingSealer.Margin - TimeSpan.FromTicks(1) })
        {
            clock.Now = early;
            Assert.Equal(0, await sealer.StepAsync());
        }
        clock.Now = midnight + MeetingSealer.Margin;
        Assert.Equal(1, await sealer.StepAsync());
        Assert.Equal(0, await sealer.StepAsync());
        // Another node, which has not read the seal yet, makes the same and gets the first one's receipt.
        Assert.Equal(0, await new MeetingSealer(node, clock, said.Add).StepAsync());
        var command = await Sealing.AtAsync(node.Registry, node.Models, new(known, end), "IMRF-SOON");
        Assert.True(Assert.IsType<Outcome.Recorded>(await node.Writer.SubmitAsync(command, LocalOperator.For(null), Sealing.KeyOf("IMRF-SOON"))).Repeated);
        var seal = Assert.Single(node.Models.Seals.At(registry.Size)).Seal;
        Assert.Equal((known, "IMRF-SOON", $"{end:yyyy-MM-dd}"), (seal.Size, seal.Meeting, seal.On));
        Assert.Empty(said);
    }

    [Fact]
    public async Task What_fails_while_it_is_sealed_is_said_once_and_tried_again()
    {
        var (steps, said) = (0, new System.Collections.Concurrent.ConcurrentQueue<string>());
        var third = new TaskCompletionSource();
        Task Step(CancellationToken cancel)
        {
            if (Interlocked.Increment(ref steps) == 3)
            {
                third.SetResult();
            }
            return steps < 3 ? Task.FromException(new InvalidOperationException("a fault of the test")) : Task.CompletedTask;
        }
        // Nor does a console that is gone end it.
        await using var loop = new SealingLoop(Step, TimeSpan.FromMilliseconds(1), new ManualTimeProvider(), text =>
        {
            said.Enqueue(text);
            throw new IOException("The console is gone.");
        });
        await third.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("a fault of the test", Assert.Single(said), StringComparison.Ordinal);
    }

    private static EffectiveDate Day(DateOnly day) => EffectiveDate.On(day.Year, day.Month, day.Day);
}
