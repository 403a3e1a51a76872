using MediatR;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.FrameworkCoverage;

/// <summary>Asks where there is something for a framework's items, and where there is nothing.</summary>
/// <param name="Framework">A scheme (<c>gcm</c>: the version in use) or a version (<c>gcm/2018</c>).</param>
/// <param name="Role">Only participants with this role …</param>
/// <param name="Scope">… in this scope, or in any.</param>
/// <param name="Through">Whether to follow crosswalks: what comes through one stands apart and is never counted as a mapping.</param>
public sealed record GetFrameworkCoverage(Reading Reading, string Framework, string? Role = null, string? Scope = null, bool Through = false) : IRequest<CoverageView?>;

/// <summary>A framework's items × participants at a basis.</summary>
/// <param name="Participants">Those who have something anywhere in the framework, and all who were asked for by role.</param>
public sealed record CoverageView(
    Basis Basis, string Framework, string Name, IReadOnlyList<CoverageParticipant> Participants, IReadOnlyList<CoverageItem> Items, int Empty)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "coverage/3";
}

public sealed record CoverageParticipant(string Code, string Name);

/// <summary>An item, with what there is in all and for each participant. An item with nothing is in the list like any other.</summary>
/// <param name="ByKind">Commitments mapped to it or to an item under it, by kind; without those that were withdrawn or go on under another id.</param>
/// <param name="Initiatives">Initiatives that name it.</param>
/// <param name="Ended">How many were withdrawn or go on under another id.</param>
/// <param name="Cells">By participant: only those with something.</param>
/// <param name="Through">What comes through crosswalks, one by one; null where they weren't followed. In none of the counts.</param>
public sealed record CoverageItem(
    string Code, string Label, string? Level, string? Parent,
    IReadOnlyDictionary<string, int> ByKind, int Initiatives, int Ended,
    IReadOnlyDictionary<string, CoverageCell> Cells, IReadOnlyList<CoverageThrough>? Through)
{
    public bool IsEmpty => ByKind.Values.Sum() + Initiatives == 0;
}

/// <summary>What is mapped to an item of another framework, or under it, and not to this one.</summary>
/// <param name="From">That item.</param>
/// <param name="Relation">What it is to this one.</param>
/// <param name="Commitments">Without those that were withdrawn or go on under another id.</param>
public sealed record CoverageThrough(LabelledItem From, CrosswalkRelation Relation, int Commitments, int Initiatives);

/// <summary>
/// A participant's: what it owes, what it was asked for, what it said of others, and its initiatives; apart from its own,
/// what a collective owes or was asked for that it is a member of. Never added up.
/// </summary>
public sealed record CoverageCell(int Owes, int OwesAsMember, int Asked, int Said, int Initiatives, int AskedAsMember);

public sealed class GetFrameworkCoverageHandler(ReadModels models) : IRequestHandler<GetFrameworkCoverage, CoverageView?>
{
    public Task<CoverageView?> Handle(GetFrameworkCoverage request, CancellationToken cancellationToken) =>
        Task.FromResult(Framework(models, request) is { } framework ? new CoverageBuilder(models, request, framework).Build(cancellationToken) : null);

    /// <summary>The framework that is asked for, or null; a list of codes is none.</summary>
    internal static FrameworkRow? Framework(ReadModels models, GetFrameworkCoverage request) =>
        (request.Framework.Contains('/', StringComparison.Ordinal)
            ? models.Frameworks.At(request.Framework, request.Reading.Size)
            : models.Frameworks.Current(request.Framework, request.Reading)) is { Opened.CodeList: false } framework ? framework : null;
}
