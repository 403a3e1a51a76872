using MediatR;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Frameworks;

/// <summary>Asks for the framework versions and, if wanted, the code lists.</summary>
public sealed record ListFrameworks(Reading Reading, bool CodeLists = false) : IRequest<FrameworkList>;

/// <summary>Asks for one framework version or code list (<c>gcm/2018</c>), or the one of a scheme in use (<c>gcm</c>).</summary>
public sealed record GetFramework(Reading Reading, string Framework) : IRequest<FrameworkView?>;

public sealed record FrameworkList(Basis Basis, IReadOnlyList<FrameworkListItem> Frameworks)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "frameworks/1";
}

public sealed record FrameworkListItem(string Id, string Scheme, string Version, string Name, EffectiveDate ValidFrom, EffectiveDate? ValidUntil, bool CodeList, int Items, bool InUse);

public sealed record FrameworkView(Basis Basis, string Id, string Name, string Source, EffectiveDate ValidFrom, EffectiveDate? ValidUntil, bool CodeList, IReadOnlyList<FrameworkItemView> Items)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "framework/1";
}

public sealed record FrameworkItemView(string Code, string Label, string? Description, string? Level, string? Parent, string? Note);

public sealed class FrameworkHandlers(ReadModels models) : IRequestHandler<ListFrameworks, FrameworkList>, IRequestHandler<GetFramework, FrameworkView?>
{
    public Task<FrameworkList> Handle(ListFrameworks request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        return Task.FromResult(new FrameworkList(reading.Basis,
        [
            .. models.Frameworks.At(reading.Size).Where(f => f.Opened.CodeList == request.CodeLists)
                .Select(f => new FrameworkListItem(f.Id, f.Opened.Scheme, f.Opened.Version, f.Name(reading.Language), f.Opened.ValidFrom, f.Opened.ValidUntil, f.Opened.CodeList,
                    f.Items.Count, models.Frameworks.Current(f.Opened.Scheme, reading)?.Id == f.Id)),
        ]));
    }

    public Task<FrameworkView?> Handle(GetFramework request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var row = request.Framework.Contains('/', StringComparison.Ordinal)
            ? models.Frameworks.At(request.Framework, reading.Size)
            : models.Frameworks.Current(request.Framework, reading);
        return Task.FromResult(row is null
            ? null
            : new FrameworkView(reading.Basis, row.Id, row.Name(reading.Language), row.Opened.Source, row.Opened.ValidFrom, row.Opened.ValidUntil, row.Opened.CodeList,
                [.. row.Items.Select(i => new FrameworkItemView(i.Code, i.Labels.For(reading.Language) ?? i.Code, i.Descriptions.For(reading.Language), i.Level, i.Parent, i.Note))]));
    }
}
