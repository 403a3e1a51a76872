using MediatR;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Versions;

/// <summary>Asks for the versions of the registry to cite, the newest first.</summary>
public sealed record GetVersions(Reading Reading, long Skip = 0, int Limit = 100) : IRequest<VersionList>;

/// <summary>What makes a version one to cite.</summary>
public enum VersionKind
{
    /// <summary>Something was recorded on the day, and this is its end (UTC).</summary>
    Day,

    /// <summary>A meeting was over with the day.</summary>
    Meeting,
}

/// <summary>The versions to cite: those known at the basis, dated no later than its day.</summary>
/// <param name="Count">How many there are in all.</param>
/// <param name="Next">What to skip for the next page, or null on the last.</param>
public sealed record VersionList(Basis Basis, int Count, IReadOnlyList<CitableVersion> Versions, long? Next)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "versions/1";
}

/// <summary>A prefix of the log with the day on which it is judged.</summary>
/// <param name="Size">How many entries were known.</param>
/// <param name="Root">The Merkle root of that many entries, in hexadecimal.</param>
/// <param name="Meeting">The meeting that was over, where it is one's version.</param>
/// <param name="Settled">True once something was recorded after the day: then it stays what it is.</param>
public sealed record CitableVersion(VersionKind Kind, long Size, DateOnly On, DateTimeOffset LastRecordedAt, string Root, Named? Meeting, bool Settled);

public sealed class GetVersionsHandler(ReadModels models, Registry registry) : IRequestHandler<GetVersions, VersionList>
{
    public Task<VersionList> Handle(GetVersions request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var all = Days(reading).Concat(OfMeetings(reading)).Where(v => v.On <= reading.On)
            .OrderByDescending(v => v.Size).ThenByDescending(v => v.On).ThenByDescending(v => v.Meeting?.Id, StringComparer.Ordinal).ToArray();
        var page = all.Skip((int)Math.Min(request.Skip, all.Length)).Take(request.Limit).Select(Cite).ToArray();
        var end = request.Skip + page.Length;
        return Task.FromResult(new VersionList(reading.Basis, all.Length, page, end < all.Length ? end : null));

        CitableVersion Cite((long Size, DateOnly On, MeetingRow? Meeting) v) => new(
            v.Meeting is null ? VersionKind.Day : VersionKind.Meeting, v.Size, v.On, registry.RecordedAt(v.Size - 1), registry.Tree.Root(v.Size).ToString(),
            v.Meeting is { } m ? new Named(m.Id, m.Name(reading.Language)) : null, v.Size < reading.Size);
    }

    private IEnumerable<(long Size, DateOnly On, MeetingRow? Meeting)> Days(Reading reading)
    {
        for (long at = 0; at < reading.Size;)
        {
            var day = DateOnly.FromDateTime(registry.RecordedAt(at).UtcDateTime);
            at = SizeAtEndOf(day, reading);
            yield return (at, day, null);
        }
    }

    // One of which the prefix doesn't know the end yet is none.
    private IEnumerable<(long Size, DateOnly On, MeetingRow? Meeting)> OfMeetings(Reading reading)
    {
        if (reading.Size == 0)
        {
            return [];
        }
        var last = DateOnly.FromDateTime(registry.RecordedAt(reading.Size - 1).UtcDateTime);
        return models.Meetings.Meetings(reading.Size).Where(m => m.OverBy <= last)
            .Select(m => (Size: SizeAtEndOf(m.OverBy, reading), m.OverBy, (MeetingRow?)m)).Where(v => v.Size > 0);
    }

    private long SizeAtEndOf(DateOnly day, Reading reading) =>
        Math.Min(reading.Size, registry.SizeAt(new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero)));
}
