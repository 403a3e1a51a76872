using System.Globalization;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Projections.Seals;

/// <summary>What making a sealed view again shows.</summary>
public enum Reproduction
{
    /// <summary>This release makes the same bytes from the same entries.</summary>
    Match,

    /// <summary>It makes other bytes, or none: the entries, the seal or the program isn't what it was.</summary>
    Mismatch,

    /// <summary>It was made by another version of the view, or by a view that this release doesn't have: neither right nor wrong here.</summary>
    OtherVersion,

    /// <summary>It makes other bytes, and something of the entries that were sealed was withheld since: what was sealed can't be made any more.</summary>
    Withheld,
}

/// <summary>A sealed view, made again.</summary>
/// <param name="Now">SHA-256 of what is made now, in hexadecimal; null where nothing is.</param>
public sealed record CheckedView(string View, IReadOnlyList<ViewParameter> Parameters, string Sha256, Reproduction Result, string? Now);

/// <summary>Makes the views of a seal again, from the entries that it names.</summary>
public static class SealCheck
{
    /// <param name="models">Folded from at least as many entries as were sealed.</param>
    /// <param name="position">Of the entry that has the seal.</param>
    public static async Task<IReadOnlyList<CheckedView>> CheckAsync(ReadModels models, long position, RegistryEvent.ViewsSealed seal, CancellationToken cancel = default)
    {
        var isDay = DateOnly.TryParseExact(seal.On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on);
        var views = new List<CheckedView>();
        foreach (var view in seal.Views)
        {
            cancel.ThrowIfCancellationRequested();
            if (!SealableViews.Versions.Contains(view.View))
            {
                views.Add(new CheckedView(view.View, view.Parameters, view.Sha256, Reproduction.OtherVersion, null));
                continue;
            }
            var now = isDay && await SealableViews.BytesAsync(models, seal.Size, on, view, cancel) is { } bytes ? Hash.Of(bytes).ToString() : null;
            var result = now == view.Sha256 ? Reproduction.Match : models.Seals.IsWithheldFrom(seal.Size, position) ? Reproduction.Withheld : Reproduction.Mismatch;
            views.Add(new CheckedView(view.View, view.Parameters, view.Sha256, result, now));
        }
        return views;
    }
}
