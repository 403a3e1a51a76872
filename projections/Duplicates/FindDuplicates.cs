using MediatR;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Duplicates;

/// <summary>What is held against the pledges that there are: a pledge that somebody is about to record, or one of them.</summary>
/// <param name="Wordings">Its title and text, and those of its translations.</param>
public sealed record Sought(string? Id, IReadOnlyList<SoughtWording> Wordings, IReadOnlyCollection<string> Parties, IReadOnlyCollection<ItemRef> Items);

/// <summary>A title and a text, in any language.</summary>
public sealed record SoughtWording(string Title, string Text);

/// <summary>Asks which pledges look like one that is about to be recorded.</summary>
/// <param name="Least">How alike they are at least, in hundredths.</param>
public sealed record FindDuplicates(Reading Reading, Sought Sought, int Limit = 5, int Least = DuplicateFinder.Least) : IRequest<DuplicateList>;

/// <summary>Asks which pledges look like this one.</summary>
public sealed record FindDuplicatesOf(Reading Reading, string Id, int Limit = 10) : IRequest<DuplicateList?>;

/// <summary>Asks which pledges look like each other: each pair once, the likeliest first.</summary>
/// <param name="Limit">At most so many pairs, 1 to 200.</param>
/// <param name="Least">How alike they are at least, in hundredths.</param>
public sealed record ListDuplicates(Reading Reading, int Limit = 50, int Least = DuplicateFinder.Least) : IRequest<DuplicatePairs>;

/// <param name="Candidates">The likeliest first. To look at: nothing is marked by itself.</param>
public sealed record DuplicateList(Basis Basis, IReadOnlyList<DuplicateCandidate> Candidates)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "duplicates/1";
}

public sealed record DuplicatePairs(Basis Basis, IReadOnlyList<DuplicatePair> Pairs)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "duplicate-pairs/1";
}

/// <summary>A pledge that looks like what was sought, and why. Shares run from 0 to 100.</summary>
/// <param name="Likeness">How much they are alike in all.</param>
/// <param name="Title">How many of the titles' words are the same, weighed by how rare they are.</param>
/// <param name="Text">How many of the texts' words are.</param>
/// <param name="Parties">How many of the parties are.</param>
/// <param name="Items">How many of the framework items are.</param>
public sealed record DuplicateCandidate(string Pledge, string PledgeTitle, int Likeness, int Title, int Text, int Parties, int Items);

public sealed record DuplicatePair(string First, string FirstTitle, DuplicateCandidate Second);

public sealed class DuplicateHandlers(ReadModels models) :
    IRequestHandler<FindDuplicates, DuplicateList>, IRequestHandler<FindDuplicatesOf, DuplicateList?>, IRequestHandler<ListDuplicates, DuplicatePairs>
{
    public Task<DuplicateList> Handle(FindDuplicates request, CancellationToken cancellationToken) =>
        Task.FromResult(new DuplicateList(request.Reading.Basis, new DuplicateFinder(models, request.Reading, cancellationToken).Like(request.Sought, request.Limit, request.Least)));

    public Task<DuplicateList?> Handle(FindDuplicatesOf request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        return Task.FromResult(models.Pledges.At(request.Id, reading.Size) is not { } row
            ? null
            : new DuplicateList(reading.Basis, new DuplicateFinder(models, reading, cancellationToken).Like(Sought(row, reading), request.Limit)));
    }

    public Task<DuplicatePairs> Handle(ListDuplicates request, CancellationToken cancellationToken) =>
        Task.FromResult(new DuplicatePairs(request.Reading.Basis, new DuplicateFinder(models, request.Reading, cancellationToken).Pairs(Math.Clamp(request.Limit, 1, 200), request.Least)));

    internal static Sought Sought(PledgeRow row, Reading reading)
    {
        var content = row.On(reading.On);
        return new Sought(
            row.Id,
            [new SoughtWording(content.Title, content.Text), .. row.Translations.Select(t => new SoughtWording(t.Translation.Title, t.Translation.Text))],
            row.OwingOn(reading.On).ToArray() is { Length: > 0 } owing ? owing : [.. content.By.Concat(content.Addressees)],
            [.. row.ActiveMappings.Select(m => m.Item)]);
    }
}
