using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Citation;
using PledgeRegistry.Web.Codebook;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Whatever is recorded or answered says what it means, in the code, so that the codebook can.</summary>
public sealed class CodebookTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task It_holds_everything_that_the_code_knows_with_labels_in_the_readers_language()
    {
        var (_, body) = await registry.GetAsync("/api/codebook?lang=es");
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        Assert.Equal(EventTypes.All.Count(), root.GetProperty("events").GetArrayLength());
        Assert.Equal(ReadEndpoints.All.Count + CitationEndpoints.All.Count, root.GetProperty("views").GetArrayLength());
        Assert.Equal(ProblemCatalogue.All.Count(), root.GetProperty("problems").GetArrayLength());
        Assert.Equal(WriteEndpoints.All.Count, root.GetProperty("commands").EnumerateArray().Count(c => c.TryGetProperty("address", out _)));
        var recorded = root.GetProperty("events").EnumerateArray().Single(e => e.GetProperty("type").GetString() == "pledge-recorded.v2").GetProperty("fields").EnumerateArray().ToArray();
        var natures = recorded.Single(f => f.GetProperty("path").GetString() == "content.natures");
        Assert.Equal(("text", true, "nature"), (natures.GetProperty("type").GetString(), natures.GetProperty("list").GetBoolean(), natures.GetProperty("codeList").GetString()));
        var due = recorded.Single(f => f.GetProperty("path").GetString() == "content.due.date");
        Assert.False(due.GetProperty("required").GetBoolean());
        var kinds = root.GetProperty("codeLists").EnumerateArray().Single(l => l.GetProperty("id").GetString() == "pledge-kind/1").GetProperty("codes").EnumerateArray().ToArray();
        Assert.Contains(kinds, k => k.GetProperty("code").GetString() == "conclusion" && k.GetProperty("label").GetString() == "Conclusión");
        Assert.Contains("has taken note", body, StringComparison.Ordinal);
    }

    /// <summary>A list that a field names, and that the log hasn't, would be a link to nowhere.</summary>
    [Fact]
    public void Every_code_list_that_a_field_names_is_there()
    {
        var view = CodebookBuilder.Build(registry.Host.Node.Models, new Reading(new Basis(registry.Size, new DateOnly(2026, 1, 1)), "en"));
        var named = view.Events.SelectMany(e => e.Fields).Concat(view.Commands.SelectMany(c => c.Fields)).Select(f => f.CodeList).OfType<string>().Distinct().ToArray();
        Assert.True(named.Length >= 10, string.Join(", ", named));
        Assert.Equal([], named.Except(view.CodeLists.Select(l => l.Id.Split('/')[0])).Except(["rcm-areas"]));
    }

    [Theory]
    [InlineData("/codebook")]
    [InlineData("/codebook/events")]
    [InlineData("/codebook/records")]
    [InlineData("/codebook/commands")]
    [InlineData("/codebook/codes")]
    [InlineData("/codebook/states")]
    [InlineData("/codebook/problems")]
    [InlineData("/codebook/views")]
    public async Task A_page_of_it_is_under_200_kB(string path)
    {
        var (response, html) = await registry.GetAsync($"{path}?lang=ar");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(Encoding.UTF8.GetByteCount(html) < 200_000, $"{Encoding.UTF8.GetByteCount(html)} bytes");
        Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync("/codebook/nonsense")).Response.StatusCode);
    }

    [Fact]
    public void Every_event_and_record_says_what_it_is_for_and_what_each_field_means()
    {
        var missing = EventTypes.All.Select(e => e.Value).Concat(CodebookBuilder.RecordTypes()).Distinct().SelectMany(type =>
            (XmlDocs.Summary(type) is null ? [$"{Name(type)}: a <summary>"] : Array.Empty<string>())
                .Concat(type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
                    .Where(p => XmlDocs.Parameter(type, p.Name!) is null).Select(p => $"{Name(type)}: a <param name=\"{p.Name}\">")))
            .Order(StringComparer.Ordinal).ToArray();
        Assert.True(missing.Length == 0, $"{missing.Length} doc texts are missing. Say in the code what each means (units, the list it is a code of, where the term is from):\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_value_of_an_enumeration_and_every_state_of_a_view_says_what_it_means()
    {
        var missing = CodebookBuilder.EnumerationTypes().SelectMany(e =>
            (XmlDocs.Summary(e.Type) is null ? [$"{Name(e.Type)}: a <summary>"] : Array.Empty<string>())
                .Concat(Enum.GetNames(e.Type).Where(v => XmlDocs.Summary(e.Type, v) is null).Select(v => $"{Name(e.Type)}.{v}: a <summary>"))).ToArray();
        Assert.True(missing.Length == 0, $"{missing.Length} doc texts are missing. Say in the code what each value means:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_command_says_what_it_does()
    {
        var missing = typeof(IEvent).Assembly.GetTypes().Where(t => t is { IsInterface: false } && t.IsAssignableTo(typeof(Writing.ICommand)) && XmlDocs.Summary(t) is null).Select(Name).ToArray();
        Assert.True(missing.Length == 0, $"Say in a <summary> what these do: {string.Join(", ", missing)}");
    }

    private static string Name(MemberInfo type) => type.DeclaringType is { } family ? $"{family.Name}.{type.Name}" : type.Name;
}
