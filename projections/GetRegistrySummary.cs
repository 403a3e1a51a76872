using MediatR;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections;

/// <summary>Asks what there is in the registry, in numbers.</summary>
public sealed record GetRegistrySummary(Reading Reading) : IRequest<RegistrySummary>;

/// <summary>The registry at a basis, in numbers.</summary>
/// <param name="Root">The Merkle root of the first <c>size</c> entries, in hexadecimal.</param>
/// <param name="Commitments">By kind.</param>
public sealed record RegistrySummary(
    Basis Basis, string Name, bool Demonstration, string Root, DateTimeOffset? FirstRecordedAt, DateTimeOffset? LastRecordedAt,
    IReadOnlyDictionary<string, int> Commitments, int Initiatives, int Reports, int Participants, int Meetings, int Sources)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "registry/1";
}

public sealed class GetRegistrySummaryHandler(ReadModels models, Registry registry) : IRequestHandler<GetRegistrySummary, RegistrySummary>
{
    public Task<RegistrySummary> Handle(GetRegistrySummary request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var size = reading.Size;
        var pledges = models.Pledges.At(reading).ToArray();
        var opened = size > 0 ? models.History.At(0).Event as RegistryEvent.Opened : null;
        return Task.FromResult(new RegistrySummary(
            reading.Basis, opened?.Names.For(reading.Language) ?? "PledgeRegistry", opened?.Demonstration ?? false, registry.Tree.Root(size).ToString(),
            size > 0 ? registry.RecordedAt(0) : null, size > 0 ? registry.RecordedAt(size - 1) : null,
            Kebab.Codes<PledgeKind>().ToDictionary(k => k, k => pledges.Count(p => p.On(reading.On).Kind.Code() == k), StringComparer.Ordinal),
            models.Initiatives.At(reading).Count(), pledges.Sum(p => p.Reports.Count(r => r.HoldsFrom <= reading.On)),
            models.Participants.At(size).Count(), models.Meetings.Meetings(size).Count(), models.Meetings.Sources(size).Count()));
    }
}
