using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Bench;

/// <summary>A registry with the opening data and commands to put to it.</summary>
internal static class Load
{
    private static readonly string[] Statuses = ["not-started", "planning", "in-progress", "partially-fulfilled", "fulfilled"];

    // Those of the opening data that somebody owes, found once the registry has them.
    public static IReadOnlyList<(string Id, string Party)> Owed(Registry registry) =>
        [.. registry.State.Pledges.Where(p => p.Value.Content.Owing.Count > 0).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value.Content.Owing[0]))];

    /// <summary>The n-th report: no two alike, so that none is "nothing new".</summary>
    public static ReportProgress Report(IReadOnlyList<(string Id, string Party)> owed, int n)
    {
        var (id, party) = owed[n % owed.Count];
        var day = new DateOnly(2022, 6, 1).AddDays(n % 1500);
        _ = Kebab.TryParse<ClaimedStatus>(Statuses[n % Statuses.Length], out var status);
        return new ReportProgress(id, new ProgressReport(
            party, status, EffectiveDate.On(day), string.Create(CultureInfo.InvariantCulture, $"Report {n}: services were opened in two more places."), "en", null, "Staff.", null, [], [], [], [], null, null, null));
    }

    /// <summary>A new commitment like one of the opening data, so that a deep log is wide as well.</summary>
    public static RecordPledge Pledge(Registry registry, IReadOnlyList<(string Id, string Party)> owed, int n)
    {
        var content = registry.State.Pledges[owed[n % owed.Count].Id].Content;
        return new RecordPledge(content with { Title = string.Create(CultureInfo.InvariantCulture, $"Commitment {n}") }, []);
    }

    public static async Task<Registry> OpenAsync(IEventLog log, ReadModels models, TimeProvider clock)
    {
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All);
        if (!FiveDocuments.IsLoaded(registry.State))
        {
            await using var writer = new RegistryWriter(registry, clock);
            await Loader.LoadAsync(Handlers.Mediator(registry, models, writer), FiveDocuments.Steps(demonstration: false));
        }
        return registry;
    }
}
