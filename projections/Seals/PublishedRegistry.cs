using PledgeRegistry.Log;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Published;
using PledgeRegistry.Transparency.Witness;

namespace PledgeRegistry.Projections.Seals;

/// <summary>What a verification of published files came to.</summary>
public enum PublishedResult
{
    /// <summary>All of it is as it should be.</summary>
    Verified,

    /// <summary>Something is wrong.</summary>
    Wrong,

    /// <summary>Nothing is wrong as far as could be looked, and something could not be looked at here.</summary>
    NotAll,

    /// <summary>
    /// Nothing is wrong with the log, and not all can be compared: some views were sealed by another version of the program; or
    /// something of an entry is withheld, and what is left of that isn't what was hashed, but the operator's word.
    /// </summary>
    NotCompared,
}

/// <summary>A seal of a published log, made again from the published entries.</summary>
/// <param name="Position">Of its entry.</param>
public sealed record CheckedSeal(long Position, long Size, string On, string? Meeting, IReadOnlyList<CheckedView> Views);

/// <summary>A published log, its entries and the views that were sealed in it.</summary>
public sealed record PublishedReport(PublishedVerdict Log, IReadOnlyList<CheckedSeal> Seals)
{
    public PublishedResult Result =>
        !Log.Sound || Any(Reproduction.Mismatch) ? PublishedResult.Wrong
        : Log.NotChecked.Count > 0 ? PublishedResult.NotAll
        : Any(Reproduction.OtherVersion) || Log.Withheld.Count > 0 ? PublishedResult.NotCompared
        : PublishedResult.Verified;

    public int Count(Reproduction result) => Seals.Sum(s => s.Views.Count(v => v.Result == result));

    private bool Any(Reproduction result) => Count(result) > 0;
}

/// <summary>Verifies a registry from what is published of it: the log, and the views that are folded from it.</summary>
public static class PublishedRegistry
{
    /// <param name="progress">Told how many entries are sound so far, now and then.</param>
    public static async Task<PublishedReport> VerifyAsync(
        IPublishedFiles files, IReadOnlyCollection<VerifierKey> keys, WitnessPolicy? policy = null, Action<long>? progress = null, CancellationToken cancel = default)
    {
        var models = new ReadModels();
        var verdict = await new PublishedVerifier(files, keys, policy, EntryCodec.Current, models.All).VerifyAsync(progress, cancel);
        var seals = new List<CheckedSeal>();
        if (verdict.Sound && verdict.Unreachable is null)
        {
            foreach (var row in models.Seals.At(verdict.Entries).ToArray())
            {
                seals.Add(new CheckedSeal(row.Position, row.Seal.Size, row.Seal.On, row.Seal.Meeting, await SealCheck.CheckAsync(models, row.Position, row.Seal, cancel)));
            }
        }
        return new PublishedReport(verdict, seals);
    }
}
