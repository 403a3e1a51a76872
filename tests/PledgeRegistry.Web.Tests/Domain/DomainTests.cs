using System.Collections;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Domain;

/// <summary>
/// Every field and verb that the registry is to record or show is a row of <c>domain.csv</c>: the command that takes it, the
/// stored event that holds it, a page and an answer of the API that show it in the demonstration, and its line of history.
/// </summary>
public sealed partial class DomainTests(DomainTests.Demonstration demonstration) : IClassFixture<DomainTests.Demonstration>
{
    private static readonly DomainTerm[] All = [.. DomainTerm.Read()];

    public static TheoryData<string> Terms() => [.. All.Select(t => t.Term)];

    public static TheoryData<string> Shown() => [.. All.Where(t => t.Page != "-").Select(t => t.Term)];

    public static TheoryData<string> Answered() => [.. All.Where(t => t.Api != "-").Select(t => t.Term)];

    public static TheoryData<string> Told() => [.. All.Where(t => t.History != "-").Select(t => t.Term)];

    [Fact]
    public void No_term_is_in_the_table_twice_and_none_is_missing_without_a_reason()
    {
        Assert.Equal(All.Length, All.Select(t => t.Term).Distinct().Count());
        Assert.True(All.Length > 180, $"Only {All.Length} terms.");
        // What is recorded and not shown says why.
        Assert.Equal([], All.Where(t => (t.Page == "-" || t.Api == "-") && t.Note.Length == 0).Select(t => t.Term));
    }

    [Fact]
    public void Every_stored_event_is_a_term()
    {
        var named = All.Where(t => t.Event != "-").Select(t => t.Event.Split('.')[0]).ToHashSet();
        Assert.Equal([], EventTypes.All.Select(e => e.Key.Split('.')[0]).Distinct().Where(e => !named.Contains(e)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Terms))]
    public void A_command_takes_it_and_an_event_holds_it(string term)
    {
        var row = All.Single(t => t.Term == term);
        if (row.Command != "-")
        {
            var parts = row.Command.Split('.');
            var command = typeof(ICommand).Assembly.GetTypes().SingleOrDefault(t => t.Name == parts[0] && t.IsAssignableTo(typeof(ICommand)));
            Assert.True(command is not null, $"There is no command {parts[0]}.");
            Assert.True(Has(command, parts[1..]), $"The command {parts[0]} has no {string.Join('.', parts[1..])}.");
        }
        if (row.Event != "-")
        {
            var parts = row.Event.Split('.');
            var stored = EventTypes.All.Where(e => e.Key.StartsWith($"{parts[0]}.v", StringComparison.Ordinal)).Select(e => e.Value).SingleOrDefault();
            Assert.True(stored is not null, $"There is no event {parts[0]}.");
            Assert.True(Has(stored, parts[1..]), $"The event {parts[0]} has no {string.Join('.', parts[1..])}.");
        }
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public async Task A_page_shows_it(string term)
    {
        var row = All.Single(t => t.Term == term);
        var address = demonstration.Named(row.Page);
        var html = await demonstration.GetAsync(address + (address.Contains("lang=", StringComparison.Ordinal) ? "" : address.Contains('?', StringComparison.Ordinal) ? "&lang=en" : "?lang=en"));
        var text = WebUtility.HtmlDecode(row.Shows.StartsWith("lang=", StringComparison.Ordinal) || row.Shows.StartsWith('>') ? html : Tags().Replace(html[html.IndexOf("<main", StringComparison.Ordinal)..], " "));
        Assert.Contains(demonstration.Named(row.Shows), text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task The_API_answers_it(string term)
    {
        var row = All.Single(t => t.Term == term);
        using var answer = JsonDocument.Parse(await demonstration.GetAsync(demonstration.Named(row.Api)));
        if (row.Json != "-")
        {
            var (path, wanted) = demonstration.Named(row.Json).Split('=', 2) is [var p, var v] ? (p, v) : (demonstration.Named(row.Json), null);
            var found = Walk(answer.RootElement, path.Split('.')).ToArray();
            Assert.True(wanted is null ? found.Any(Says) : found.Any(f => f.ToString() == wanted || (f.ValueKind == JsonValueKind.True && wanted == "true")),
                $"{row.Api} has nothing at {path}{(wanted is null ? "" : $" that is '{wanted}'")}; found: {string.Join(", ", found.Take(10).Select(f => f.ToString()))}");
        }
    }

    [Theory]
    [MemberData(nameof(Told))]
    public async Task The_history_tells_it(string term)
    {
        var row = All.Single(t => t.Term == term);
        var parts = demonstration.Named(row.History).Split(' ');
        using var history = JsonDocument.Parse(await demonstration.GetAsync($"/api/history?limit=1000&stream={Uri.EscapeDataString(parts[0])}"));
        var lines = history.RootElement.GetProperty("lines").EnumerateArray().Where(l => l.GetProperty("type").GetString()!.StartsWith($"{parts[1]}.v", StringComparison.Ordinal)).ToArray();
        Assert.True(lines.Length > 0, $"The history of {parts[0]} has no {parts[1]}.");
        if (parts.Length > 2)
        {
            var fields = lines.SelectMany(l => l.GetProperty("changes").EnumerateArray()).Select(c => Index().Replace(c.GetProperty("field").GetString()!, "")).ToArray();
            Assert.True(fields.Any(f => f == parts[2] || f.StartsWith($"{parts[2]}.", StringComparison.Ordinal)), $"No {parts[1]} of {parts[0]} tells of {parts[2]}; it tells of {string.Join(", ", fields.Distinct())}.");
        }
    }

    private static bool Has(Type type, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            type = type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : type;
            if (type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is not { } member)
            {
                return false;
            }
            type = member.PropertyType;
        }
        return true;
    }

    private static IEnumerable<JsonElement> Walk(JsonElement at, string[] path) => at.ValueKind == JsonValueKind.Array
        ? at.EnumerateArray().SelectMany(item => Walk(item, path))
        : path.Length == 0 ? [at]
        : at.ValueKind == JsonValueKind.Object && at.TryGetProperty(path[0], out var next) ? Walk(next, path[1..])
        : [];

    private static bool Says(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();

    /// <summary>The demonstration, really served; addresses name its records by what they are called.</summary>
    public sealed partial class Demonstration : IAsyncLifetime
    {
        private static readonly (string Alias, string List, string Items, string Title)[] Aliases =
        [
            ("common", "pledges", "pledges", "One vaccination card"), ("asked", "pledges", "pledges", "Count births"), ("corridor", "pledges", "pledges", "Five reception centres"),
            ("corridorMex", "pledges", "pledges", "A line for interpreters"), ("matching", "pledges", "pledges", "Pay for the printing"), ("clinics", "pledges", "pledges", "Evening clinics"),
            ("debrief", "pledges", "pledges", "debrief"), ("mapped", "pledges", "pledges", "Rooms for people with fever"), ("stations", "pledges", "pledges", "stations"),
            ("insurance", "pledges", "pledges", "insurance"), ("done", "pledges", "pledges", "Two midwives"), ("oldguide", "pledges", "pledges", "services in print"), ("paused", "pledges", "pledges", "Free tests"),
            ("twice", "pledges", "pledges", "services, by telephone"), ("large", "pledges", "pledges", "Clinics and schools"), ("north", "pledges", "pledges", "northern crossing"), ("crossings", "pledges", "pledges", "both crossings"),
            ("initiative", "initiatives", "initiatives", "Printing and handing out"), ("nutrition", "initiatives", "initiatives", "Nutrition for children"), ("news", "initiatives", "initiatives", "Midwives trained"),
            ("need", "exchange", "entries", "Interpreters for border clinics"), ("offer", "exchange", "entries", "A line for interpreters"), ("money", "exchange", "entries", "second print run"), ("course", "exchange", "entries", "A course on vaccination"),
        ];

        private readonly Dictionary<string, Task<string>> answers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
        private TestRegistry? registry;

        public async Task InitializeAsync()
        {
            registry = await TestRegistry.StartAsync(TestFolder.New(), new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)), demonstration: true);
            foreach (var (alias, list, items, title) in Aliases)
            {
                using var all = JsonDocument.Parse(await GetAsync($"/api/{list}?limit=500"));
                ids.Add(alias, all.RootElement.GetProperty(items).EnumerateArray().First(p => p.GetProperty("title").GetString()!.Contains(title, StringComparison.OrdinalIgnoreCase)).GetProperty("id").GetString()!);
            }
        }

        public async Task DisposeAsync() => await registry!.DisposeAsync();

        /// <summary>A text with the ids of what it names in braces.</summary>
        public string Named(string text) => Alias().Replace(text, m => ids[m.Groups[1].Value]);

        public Task<string> GetAsync(string address)
        {
            lock (answers)
            {
                return answers.TryGetValue(address, out var known) ? known : answers[address] = FetchAsync(address);
            }
        }

        private async Task<string> FetchAsync(string address)
        {
            var (response, body) = await registry!.GetAsync(address);
            Assert.True(response.IsSuccessStatusCode, $"{address} answers {(int)response.StatusCode}: {body[..Math.Min(300, body.Length)]}");
            return body;
        }

        [GeneratedRegex(@"\{(\w+)\}")]
        private static partial Regex Alias();
    }
}

/// <summary>A row of <c>domain.csv</c>; a hyphen stands where there is nothing.</summary>
internal sealed record DomainTerm(string Term, string Command, string Event, string Page, string Shows, string Api, string Json, string History, string Note)
{
    public static IEnumerable<DomainTerm> Read() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Domain", "domain.csv")).Skip(1)
        .Select(line => line.Split(';')).Select(f => new DomainTerm(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]));
}
