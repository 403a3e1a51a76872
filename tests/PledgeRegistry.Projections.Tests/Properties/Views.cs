using System.Text.Json;
using MediatR;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.ClearingHouse;
using PledgeRegistry.Projections.Duplicates;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Projections.FollowUpClock;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Search;
using PledgeRegistry.Projections.Smart;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>Everything that can be asked of a registry at a reading, as the bytes that a reader would get.</summary>
internal static class Views
{
    /// <summary>The views that judge by the day: no pages of single things, which show what is known and mark what doesn't hold yet.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Given, Reading, Task<byte[]>> Ask)> OfADay =
    [
        View("grid", r => new GetRcmProgressGrid(r)),
        View("grid of a meeting", r => new GetRcmProgressGrid(r, "RCM-2016-XXI")),
        View("grid of a period", r => new GetRcmProgressGrid(r, null, new DateOnly(2017, 1, 1), new DateOnly(2020, 1, 1))),
        View("follow-up", r => new GetImrfFollowUp(r, "2022")),
        View("follow-up of a member", r => new GetImrfFollowUp(r, "2022", Party: "HND")),
        View("follow-up of an objective", r => new GetImrfFollowUp(r, "2022", Objective: "GCM-15", RoundTable: "RT1", Kind: "pledge")),
        View("next follow-up", r => new GetImrfFollowUp(r, "2026")),
        View("coverage of the GCM", r => new GetFrameworkCoverage(r, "gcm")),
        View("coverage of areas by members", r => new GetFrameworkCoverage(r, "rcm-areas/2016", "member", "RCM")),
        View("clock", r => new GetFollowUpClock(r)),
        View("clock of a member in a series", r => new GetFollowUpClock(r, "HND", "IMRF")),
        View("pledges", r => new ListPledges(r, Limit: 500)),
        View("pledges of a party", r => new ListPledges(r, Party: "HND", Item: "GCM-15")),
        View("a page of pledges", r => new ListPledges(r, After: "IMRF-2022-0002", Limit: 3)),
        View("initiatives", r => new ListInitiatives(r, Limit: 500)),
        View("initiatives of a meeting", r => new ListInitiatives(r, Meeting: "RCM-2017-XXII", Area: "RCM-A1", Limit: 2)),
        View("clearing house", r => new GetClearingHouse(r, Limit: 500)),
        View("needs and offers", r => new ListExchange(r, Limit: 500)),
        View("open needs", r => new ListExchange(r, PledgeRegistry.Exchange.Direction.Need, Item: "GCM-15", Open: true)),
        View("suggestions", r => new GetSuggestions(r, Limit: 500)),
        View("suggestions for a participant", r => new GetSuggestions(r, Participant: "HND")),
        View("meetings", r => new ListMeetings(r)),
        View("pairs that look alike", r => new ListDuplicates(r, 200)),
        View("series", r => new ListSeries(r)),
    ];

    /// <summary>All views.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Given, Reading, Task<byte[]>> Ask)> All =
    [
        .. OfADay,
        View("days of a clock", r => new GetClockDays(r, "CRI")),
        View("summary", r => new GetRegistrySummary(r)),
        View("history", r => new GetHistory(r, From: 300, Limit: 1000)),
        View("history, newest first", r => new GetHistory(r, Limit: 20, NewestFirst: true)),
        View("history of a participant", r => new GetHistory(r, Participant: "HND", Limit: 1000)),
        View("history of a participant by an actor, newest first", r => new GetHistory(r, Participant: "CRI", Actor: "a-01", NewestFirst: true, Limit: 5)),
        View("participants", r => new ListParticipants(r)),
        View("members", r => new ListParticipants(r, Role: "member")),
        View("a collective", r => new GetParticipant(r, "RCM-MEMBERS")),
        View("a country", r => new GetParticipant(r, "HND")),
        View("a series", r => new GetSeries(r, "IMRF")),
        View("a meeting", r => new GetMeeting(r, "IMRF-2022")),
        View("search", r => new GetSearch(r, "care salud*", Limit: 100)),
        View("search in Arabic for a phrase", r => new GetSearch(r with { Language = "ar" }, "\"for all\" الصحه", Limit: 100)),
        View("search for a kind", r => new GetSearch(r, "border", SearchKind.Initiative, Skip: 1, Limit: 2)),
        View("sources", r => new ListSources(r)),
        View("a source", r => new GetSource(r, "notes")),
        View("frameworks", r => new ListFrameworks(r)),
        View("code lists", r => new ListFrameworks(r, CodeLists: true)),
        View("crosswalks", r => new GetCrosswalks(r, "gcm/2018")),
        View("mappings to move", r => new GetMappingsToMove(r, "gcm/2018")),
        View("a framework", r => new GetFramework(r, "gcm")),
        View("partnerships", r => new ListPartnerships(r)),
        View("a partnership", r => new GetPartnership(r, "PARTNERSHIP-1")),
        View("what looks like a pledge", r => new FindDuplicates(r, new Sought(null, [new SoughtWording("Care for all 12", "Care for all at the border 12 12")], ["HND"], [Given.Item("gcm/2018 GCM-15")]))),
        ("every SMART check", async (given, r) => Bytes(await EachAsync(given, given.Registry.State.Pledges.Keys, id => new GetSmart(r, id)))),
        ("what looks like each pledge", async (given, r) => Bytes(await EachAsync(given, given.Registry.State.Pledges.Keys.Where(k => k.EndsWith('1')), id => new FindDuplicatesOf(r, id)))),
        ("every pledge in Arabic", async (given, r) => Bytes(await EachAsync(given, given.Registry.State.Pledges.Keys, id => new GetPledge(r with { Language = "ar" }, id)))),
        ("every pledge", async (given, r) => Bytes(await EachAsync(given, given.Registry.State.Pledges.Keys, id => new GetPledge(r, id)))),
        ("every pledge's history", async (given, r) => Bytes(await EachAsync(given, given.Registry.State.Pledges.Keys, id => new GetHistory(r, Stream: $"pledge/{id}")))),
        ("every need and offer", async (given, r) => Bytes(await EachAsync(given, given.Registry.State.Exchange.Keys, id => new GetExchangeEntry(r, id)))),
        ("every initiative", async (given, r) => Bytes(await EachAsync(given, given.Registry.State.Initiatives.Keys, id => new GetInitiative(r, id)))),
    ];

    public static byte[] Bytes(object? view) => JsonSerializer.SerializeToUtf8Bytes(view, JsonSerializerOptions.Web);

    /// <summary>Asserts that two registries answer the same to everything.</summary>
    public static async Task SameAsync(Given one, Given other, Reading reading)
    {
        foreach (var (name, ask) in All)
        {
            Same($"{name} at {reading.Size} on {reading.Basis.OnText()}", await ask(one, reading), await ask(other, reading));
        }
    }

    public static void Same(string name, byte[] expected, byte[] found) => Assert.True(
        expected.AsSpan().SequenceEqual(found), $"{name} differs:\n{Text(expected)}\n{Text(found)}");

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 4000)));

    // Of two registries one may know ids that the other doesn't know yet: what is not there leaves nothing.
    private static async Task<SortedDictionary<string, TView>> EachAsync<TView>(Given given, IEnumerable<string> ids, Func<string, IRequest<TView>> query)
    {
        var views = new SortedDictionary<string, TView>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await given.AsksAsync(query(id)) is { } view and not HistoryView { Count: 0 })
            {
                views.Add(id, view);
            }
        }
        return views;
    }

    private static (string, Func<Given, Reading, Task<byte[]>>) View<TView>(string name, Func<Reading, IRequest<TView>> query) =>
        (name, async (given, reading) => Bytes(await given.AsksAsync(query(reading))));
}
