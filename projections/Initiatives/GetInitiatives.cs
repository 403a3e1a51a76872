using MediatR;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Initiatives;

/// <summary>Asks for one initiative.</summary>
public sealed record GetInitiative(Reading Reading, string Id) : IRequest<InitiativeView?>;

/// <summary>Asks for the initiatives that touch something; null parameters don't narrow. In order of recording.</summary>
/// <param name="After">The id after which the page starts; nothing comes after an id that isn't known.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
public sealed record ListInitiatives(
    Reading Reading, string? Participant = null, string? Kind = null, string? Area = null, string? Meeting = null, string? After = null, int Limit = 200) : IRequest<InitiativeList>;

/// <summary>An initiative at a basis.</summary>
/// <param name="Version">How many entries it has: the token to change it with.</param>
public sealed record InitiativeView(
    Basis Basis, string Id, long Version, long Position, DateTimeOffset RecordedAt, InitiativeContent Content,
    Named Participant, Coded Kind, Coded Novelty, IReadOnlyList<Coded> Areas, Named Meeting, Coded? Sector,
    IReadOnlyList<Coded> Populations, IReadOnlyList<Coded> Conditions, IReadOnlyList<Coded> JourneyStages, IReadOnlyList<LabelledItem> Links,
    Named? Source, WithdrawalRow? Withdrawal, bool Withdrawn, bool NotYetMade)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "initiative/1";
}

/// <param name="Count">How many there are in all, on all pages.</param>
/// <param name="Next">The id after which the next page starts, or null.</param>
public sealed record InitiativeList(Basis Basis, int Count, IReadOnlyList<InitiativeListItem> Initiatives, string? Next)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "initiatives/1";
}

public sealed record InitiativeListItem(
    string Id, string Title, Named Participant, Coded Kind, Coded Novelty, IReadOnlyList<Coded> Areas, Named Meeting, EffectiveDate EffectiveOn, bool Withdrawn, long Position);

public sealed class GetInitiativeHandler(ReadModels models) : IRequestHandler<GetInitiative, InitiativeView?>
{
    public Task<InitiativeView?> Handle(GetInitiative request, CancellationToken cancellationToken) =>
        Task.FromResult(models.Initiatives.At(request.Id, request.Reading.Size) is { } row ? View(row, request.Reading) : null);

    private InitiativeView View(InitiativeRow row, Reading reading)
    {
        var labels = new Labels(models, reading);
        // Before its day it is shown as it was first recorded: its page doesn't hide what is known.
        var c = (row.On(reading.On) ?? row.Phases[0]).Content;
        return new InitiativeView(
            reading.Basis, row.Id, row.Version, row.Position, row.RecordedAt, c,
            labels.Participant(c.Participant), labels.Code("initiative-kind", c.Kind), labels.Code("novelty", c.Novelty), labels.Codes("rcm-areas", c.Areas), labels.Meeting(c.Meeting),
            labels.OptionalCode("sector", c.Sector), labels.Codes("population", c.Populations), labels.Codes("condition", c.Conditions), labels.Codes("journey-stage", c.JourneyStages),
            [.. c.Links.Select(labels.Item)], c.Source is { } s ? labels.Source(s.Source) : null, row.Withdrawal, row.WithdrawnOn(reading.On), row.On(reading.On) is null);
    }
}

public sealed class ListInitiativesHandler(ReadModels models) : IRequestHandler<ListInitiatives, InitiativeList>
{
    public Task<InitiativeList> Handle(ListInitiatives request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        var found = Find(request).ToArray();
        var after = request.After is null ? -1 : models.Initiatives.At(request.After, reading.Size)?.Position ?? reading.Size;
        var start = found.TakeWhile(i => i.Position <= after).Count();
        var page = found.Skip(start).Take(Math.Clamp(request.Limit, 1, 500)).ToArray();
        return Task.FromResult(new InitiativeList(
            reading.Basis, found.Length, [.. page.Select(i => Item(i, labels, reading))],
            start + page.Length < found.Length ? page[^1].Id : null));
    }

    /// <summary>All that is asked for, on all pages.</summary>
    internal IEnumerable<InitiativeRow> Find(ListInitiatives request) => models.Initiatives.At(request.Reading).Where(i => Wanted(i, request));

    private static bool Wanted(InitiativeRow row, ListInitiatives request)
    {
        var content = row.On(request.Reading.On)!.Content;
        return (request.Participant is null || content.Participant == request.Participant)
            && (request.Kind is null || content.Kind == request.Kind)
            && (request.Area is null || content.Areas.Contains(request.Area))
            && (request.Meeting is null || row.ReportedTo(request.Meeting, request.Reading.On));
    }

    private static InitiativeListItem Item(InitiativeRow row, Labels labels, Reading reading)
    {
        var c = row.On(reading.On)!.Content;
        return new InitiativeListItem(
            row.Id, c.Title.For(reading.Language) ?? row.Id, labels.Participant(c.Participant), labels.Code("initiative-kind", c.Kind), labels.Code("novelty", c.Novelty),
            labels.Codes("rcm-areas", c.Areas), labels.Meeting(c.Meeting), c.EffectiveOn, row.WithdrawnOn(reading.On), row.Position);
    }
}
