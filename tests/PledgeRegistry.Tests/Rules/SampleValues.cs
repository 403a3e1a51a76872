using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Tests.Rules;

/// <summary>Values that samples are made of: awkward texts, a date in words, evidence with every member.</summary>
internal static class SampleValues
{
    public const string Hex = "0123456789abcdef";

    public static readonly EffectiveDate Day = EffectiveDate.On(2023, 6, 1);
    public static readonly EffectiveDate Worded = new("2026-05-08", "by the next forum – “sooner, if possible”");
    public static readonly Texts Words = Texts.Of(("ar", "الصحة للجميع"), ("en", "Health \"for all\" \\ 😀"), ("es", "Salud\u2028para todos: año 2022"), ("fr", "Santé\tpour\ntous"));
    public static readonly ItemRef Item = new("gcm/2018", "GCM-15.e");
    public static readonly Evidence Proof = new("Decree", "https://example.org/decree.pdf", "application/pdf", Hash64(Hex), Hash64("fedcba9876543210"));
    public static readonly Period Through2023 = new(new EffectiveDate("2023-01-16", "mid-January"), new EffectiveDate("2023-12-31", "the end of the year"));
    public static readonly SourcePlace Place = new("notes", "page 2");

    public static string Hash64(string digits) => string.Concat(Enumerable.Repeat(digits, 64 / digits.Length));
}
