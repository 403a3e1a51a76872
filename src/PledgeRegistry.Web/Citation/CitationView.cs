using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Web.Citation;

/// <summary>How a view at a basis is cited.</summary>
/// <param name="Title">What the view is called, in the reader's language.</param>
/// <param name="Registry">The registry's own name.</param>
/// <param name="Demonstration">True if some of what is recorded is invented.</param>
/// <param name="CitedView">The view and its version.</param>
/// <param name="Root">The Merkle root of the first <c>size</c> entries, in hexadecimal: whoever has them can check it.</param>
/// <param name="LastRecordedAt">When the last of these entries was recorded; null before the first.</param>
/// <param name="Address">Where the view is found at this basis, for good.</param>
/// <param name="Text">The citation in a sentence or two, in the reader's language.</param>
/// <param name="Bibtex">The same for BibTeX.</param>
/// <param name="Ris">The same in RIS.</param>
public sealed record CitationView(
    Basis Basis, string Title, string Registry, bool Demonstration, string CitedView, string Root, DateTimeOffset? LastRecordedAt, string Address, string Text, string Bibtex, string Ris)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "citation/1";
}
