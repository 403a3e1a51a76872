using System.Globalization;
using System.Text.Json;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Projections.Seals;

/// <summary>
/// The views that are sealed, all of them, and how their canonical bytes are made: the view in English at the basis, as JSON
/// as the API writes it, in canonical form (RFC 8785). What is made depends on the timelines and the basis alone.
/// </summary>
public static class SealableViews
{
    /// <summary>The language of what is sealed.</summary>
    public const string Language = "en";

    private const string Cycle = "cycle", Framework = "framework";

    // The most that a list gives at once.
    private const int Page = 500;

    private static readonly IReadOnlyList<ViewParameter> None = [];

    private static readonly IReadOnlyList<Sealable> List =
    [
        new(GridView.View, (_, _) => [None], async (m, r, p, c) => p is [] ? await new GetRcmProgressGridHandler(m).Handle(new(r), c) : null),
        new(FollowUpView.View, (m, r) => Cycles(m, r).Select(y => One(Cycle, y)), async (m, r, p, c) => p is [{ Name: Cycle } cycle] ? await new GetImrfFollowUpHandler(m).Handle(new(r, cycle.Value), c) : null),
        new(CoverageView.View, (m, r) => Frameworks(m, r).Select(f => One(Framework, f)), async (m, r, p, c) => p is [{ Name: Framework } id] ? await new GetFrameworkCoverageHandler(m).Handle(new(r, id.Value), c) : null),
        new(PledgeList.View, (_, _) => [None], async (m, r, p, c) => p is [] ? await PledgesAsync(m, r, c) : null),
        new(InitiativeList.View, (_, _) => [None], async (m, r, p, c) => p is [] ? await InitiativesAsync(m, r, c) : null),
        new(ParticipantList.View, (_, _) => [None], async (m, r, p, c) => p is [] ? await new ParticipantHandlers(m).Handle(new ListParticipants(r), c) : null),
        new(MeetingList.View, (_, _) => [None], async (m, r, p, c) => p is [] ? await new MeetingHandlers(m).Handle(new ListMeetings(r), c) : null),
    ];

    /// <summary>The views and their versions, as this release makes them.</summary>
    public static IReadOnlyList<string> Versions { get; } = [.. List.Select(s => s.View)];

    /// <summary>Every view at a basis, hashed. The order is that of the list, then of the parameters.</summary>
    public static async Task<IReadOnlyList<SealedView>> OfAsync(ReadModels models, Basis basis, CancellationToken cancel = default)
    {
        var reading = At(basis.Size, basis.On);
        var views = new List<SealedView>();
        foreach (var sealable in List)
        {
            foreach (var parameters in sealable.Each(models, reading).ToList())
            {
                cancel.ThrowIfCancellationRequested();
                var view = await sealable.Make(models, reading, parameters, cancel)
                    ?? throw new InvalidOperationException($"{sealable.View} can't be made for what it lists itself.");
                views.Add(new SealedView(sealable.View, parameters, Hash.Of(Bytes(view)).ToString()));
            }
        }
        return views;
    }

    /// <summary>The canonical bytes of a view that was sealed; null where there is no such view, of that version, here.</summary>
    public static async Task<byte[]?> BytesAsync(ReadModels models, long size, DateOnly on, SealedView view, CancellationToken cancel = default) =>
        List.FirstOrDefault(s => s.View == view.View) is { } sealable && await sealable.Make(models, At(size, on), view.Parameters, cancel) is { } made ? Bytes(made) : null;

    /// <summary>A view as canonical JSON.</summary>
    private static byte[] Bytes(object view) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(view, view.GetType(), ViewJson.OneLine));

    // How a basis was asked for is no part of it.
    private static Reading At(long size, DateOnly on) => new(new Basis(size, on), Language);

    private static IEnumerable<string> Cycles(ReadModels models, Reading reading) => models.Meetings.Meetings(reading.Size)
        .Where(m => m.Content.Series == "IMRF").Select(m => m.Content.Year).Distinct().Order().Select(y => y.ToString(CultureInfo.InvariantCulture));

    // Of each scheme the version in use; code lists only label.
    private static IEnumerable<string> Frameworks(ReadModels models, Reading reading) => models.Frameworks.At(reading.Size)
        .Where(f => !f.Opened.CodeList).Select(f => f.Opened.Scheme).Distinct().Order(StringComparer.Ordinal).Select(s => models.Frameworks.Current(s, reading)!.Id);

    // All of the list, as its pages would be one after another.
    private static async Task<PledgeList> PledgesAsync(ReadModels models, Reading reading, CancellationToken cancel)
    {
        var handler = new ListPledgesHandler(models);
        var list = await handler.Handle(new(reading, Limit: Page), cancel);
        var all = list.Pledges.ToList();
        while (list.Next is { } next)
        {
            cancel.ThrowIfCancellationRequested();
            list = await handler.Handle(new(reading, After: next, Limit: Page), cancel);
            all.AddRange(list.Pledges);
        }
        return list with { Pledges = all };
    }

    private static async Task<InitiativeList> InitiativesAsync(ReadModels models, Reading reading, CancellationToken cancel)
    {
        var handler = new ListInitiativesHandler(models);
        var list = await handler.Handle(new(reading, Limit: Page), cancel);
        var all = list.Initiatives.ToList();
        while (list.Next is { } next)
        {
            cancel.ThrowIfCancellationRequested();
            list = await handler.Handle(new(reading, After: next, Limit: Page), cancel);
            all.AddRange(list.Initiatives);
        }
        return list with { Initiatives = all };
    }

    private static IReadOnlyList<ViewParameter> One(string name, string value) => [new ViewParameter(name, value)];

    /// <param name="Each">The parameters of each of them that there is at a basis.</param>
    /// <param name="Make">The view for such parameters; null where it takes others, or there is none.</param>
    private sealed record Sealable(
        string View, Func<ReadModels, Reading, IEnumerable<IReadOnlyList<ViewParameter>>> Each,
        Func<ReadModels, Reading, IReadOnlyList<ViewParameter>, CancellationToken, Task<object?>> Make);
}
