using System.Collections.Concurrent;
using MediatR;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Seals;

/// <summary>Asks for the seals, the latest first.</summary>
/// <param name="Before">Only those whose entry is before this position.</param>
/// <param name="Limit">At most so many, 1 to 100.</param>
public sealed record ListSeals(Reading Reading, long? Before = null, int Limit = 20) : IRequest<SealList>;

/// <summary>The seals at a basis, and whether what they hash is still made.</summary>
/// <param name="Count">How many there are in all.</param>
/// <param name="Next">The position before which the next page is, or null.</param>
public sealed record SealList(Basis Basis, int Count, IReadOnlyList<SealItem> Seals, long? Next)
{
    /// <summary>Raised when the same entries would make another view: so also with the version of any view that is sealed.</summary>
    public const string View = "seals/1";
}

/// <summary>A seal.</summary>
/// <param name="Position">Of its entry.</param>
/// <param name="Size">How many entries were sealed.</param>
/// <param name="Root">Their root, in hexadecimal.</param>
/// <param name="On">The day on which the views were judged.</param>
/// <param name="Meeting">The meeting whose end it is the state at.</param>
public sealed record SealItem(
    long Position, DateTimeOffset RecordedAt, long Size, string Root, string On, Named? Meeting, int Matches, int Mismatches, int OtherVersions, int Withheld, IReadOnlyList<SealedViewItem> Views);

/// <summary>A sealed view.</summary>
/// <param name="Result"><c>match</c>, <c>mismatch</c>, <c>other-version</c> or <c>withheld</c>.</param>
/// <param name="Now">What is made now, where it doesn't match.</param>
public sealed record SealedViewItem(string View, IReadOnlyList<ViewParameter> Parameters, string Sha256, string Result, string? Now);

public sealed class SealHandlers(ReadModels models) : IRequestHandler<ListSeals, SealList>
{
    // What a release makes at a basis doesn't change, so it is made once.
    private readonly ConcurrentDictionary<long, IReadOnlyList<CheckedView>> made = new();

    public async Task<SealList> Handle(ListSeals request, CancellationToken cancellationToken)
    {
        var labels = new Labels(models, request.Reading);
        var all = models.Seals.At(request.Reading.Size).ToArray();
        var limit = Math.Clamp(request.Limit, 1, 100);
        var page = all.Reverse().Where(r => request.Before is not { } before || r.Position < before).Take(limit + 1).ToArray();
        var seals = new List<SealItem>();
        foreach (var row in page.Take(limit))
        {
            if (!made.TryGetValue(row.Position, out var views))
            {
                views = await SealCheck.CheckAsync(models, row.Position, row.Seal, cancellationToken);
                made.TryAdd(row.Position, views);
            }
            seals.Add(new SealItem(
                row.Position, row.RecordedAt, row.Seal.Size, row.Seal.Root, row.Seal.On, row.Seal.Meeting is { } meeting ? labels.Meeting(meeting) : null,
                Count(views, Reproduction.Match), Count(views, Reproduction.Mismatch), Count(views, Reproduction.OtherVersion), Count(views, Reproduction.Withheld),
                [.. views.Select(v => new SealedViewItem(v.View, v.Parameters, v.Sha256, v.Result.Code(), v.Result is Reproduction.Mismatch or Reproduction.Withheld ? v.Now : null))]));
        }
        return new SealList(request.Reading.Basis, all.Length, seals, page.Length > limit ? page[limit - 1].Position : null);
    }

    private static int Count(IEnumerable<CheckedView> views, Reproduction result) => views.Count(v => v.Result == result);
}
