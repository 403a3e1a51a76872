using PledgeRegistry.Projections.Search;

namespace PledgeRegistry.Projections.ClearingHouse;

/// <summary>Whether words stand in a text, as the clearing house's filter asks: also within other words.</summary>
public static class SearchText
{
    /// <summary>True if all the words stand in the text, wherever and in whatever order.</summary>
    public static bool Has(string text, string words)
    {
        var folded = FoldedText.Of(text);
        return FoldedText.Of(words).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w => folded.Contains(w, StringComparison.Ordinal));
    }
}
