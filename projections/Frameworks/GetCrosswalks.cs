using System.Text.Json.Serialization;
using MediatR;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Frameworks;

/// <summary>Asks for the crosswalks of a framework version, both ways.</summary>
public sealed record GetCrosswalks(Reading Reading, string Framework) : IRequest<CrosswalkList?>;

/// <summary>Asks what is mapped to a version that is out of force, or has a younger one in force.</summary>
public sealed record GetMappingsToMove(Reading Reading, string Framework) : IRequest<MappingsToMove?>;

public sealed record CrosswalkList(Basis Basis, string Framework, IReadOnlyList<CrosswalkView> Crosswalks)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "crosswalks/1";
}

/// <summary>A crosswalk as seen from one version.</summary>
/// <param name="From">The item of that version.</param>
/// <param name="Relation">What <paramref name="To"/> is to it.</param>
/// <param name="Backwards">True if it was recorded at the other end.</param>
public sealed record CrosswalkView(LabelledItem From, LabelledItem To, CrosswalkRelation Relation, bool Backwards, string Source, long Position);

/// <summary>Why a mapping is to be moved.</summary>
[JsonConverter(typeof(KebabEnum<MoveReason>))]
public enum MoveReason
{
    /// <summary>The version is no longer in force.</summary>
    OutOfForce,

    /// <summary>A younger version is in force.</summary>
    Younger,
}

/// <param name="Reason">Null where nothing is to be moved: it is the version in use.</param>
/// <param name="InUse">The version of the scheme in use.</param>
public sealed record MappingsToMove(Basis Basis, string Framework, MoveReason? Reason, string? InUse, IReadOnlyList<MappingToMove> Mappings)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "mappings-to-move/1";
}

/// <param name="Suggested">The items of the version in use that crosswalks lead to, the nearest first; none where no crosswalk does.</param>
public sealed record MappingToMove(string Pledge, string Title, LabelledItem Item, IReadOnlyList<SuggestedItem> Suggested);

public sealed record SuggestedItem(LabelledItem Item, CrosswalkRelation Relation);

public sealed class CrosswalkHandlers(ReadModels models) : IRequestHandler<GetCrosswalks, CrosswalkList?>, IRequestHandler<GetMappingsToMove, MappingsToMove?>
{
    public Task<CrosswalkList?> Handle(GetCrosswalks request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        if (models.Frameworks.At(request.Framework, reading.Size) is not { Opened.CodeList: false })
        {
            return Task.FromResult<CrosswalkList?>(null);
        }
        var labels = new Labels(models, reading);
        return Task.FromResult<CrosswalkList?>(new CrosswalkList(reading.Basis, request.Framework,
        [
            .. models.Frameworks.Crosswalks(request.Framework, reading.Size).Select(c => new CrosswalkView(
                labels.Item(c.From), labels.Item(c.To), c.Relation, !models.Frameworks.At(c.From.Framework, reading.Size)!.Crosswalks.Exists(x => x.Position == c.Position && x.From == c.From), c.Source, c.Position)),
        ]));
    }

    public Task<MappingsToMove?> Handle(GetMappingsToMove request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        if (models.Frameworks.At(request.Framework, reading.Size) is not { Opened.CodeList: false } framework)
        {
            return Task.FromResult<MappingsToMove?>(null);
        }
        var current = models.Frameworks.Current(framework.Opened.Scheme, reading)!;
        MoveReason? reason = !framework.InForce(reading.On) && framework.Opened.ValidFrom.First() <= reading.On ? MoveReason.OutOfForce
            : current.Id != framework.Id && current.InForce(reading.On) && framework.Opened.ValidFrom.First() <= reading.On ? MoveReason.Younger
            : null;
        return Task.FromResult<MappingsToMove?>(new MappingsToMove(
            reading.Basis, framework.Id, reason, current.InForce(reading.On) ? current.Id : null, reason is null ? [] : Mappings(framework.Id, current, reading, cancellationToken)));
    }

    private List<MappingToMove> Mappings(string framework, FrameworkRow current, Reading reading, CancellationToken cancel)
    {
        var labels = new Labels(models, reading);
        var suggested = models.Frameworks.Crosswalks(framework, reading.Size)
            .Where(c => c.To.Framework == current.Id && current.Id != framework && current.InForce(reading.On))
            .OrderBy(c => c.Relation).ThenBy(c => c.Position)
            .ToLookup(c => c.From.Item, c => new SuggestedItem(labels.Item(c.To), c.Relation), StringComparer.Ordinal);
        var mappings = new List<MappingToMove>();
        foreach (var pledge in models.Pledges.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            if (pledge.EndedOn(reading.On) is null)
            {
                mappings.AddRange(pledge.ActiveMappings.Where(m => m.Item.Framework == framework)
                    .Select(m => new MappingToMove(pledge.Id, pledge.On(reading.On).Title, labels.Item(m.Item), [.. suggested[m.Item.Item]])));
            }
        }
        return mappings;
    }
}
