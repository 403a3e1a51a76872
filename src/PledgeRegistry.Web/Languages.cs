namespace PledgeRegistry.Web;

/// <summary>The languages of the pages (BCP 47).</summary>
public static class Languages
{
    public const string Default = "en";

    public static readonly IReadOnlyList<string> All = ["en", "es", "fr", "ar"];

    public static bool IsRightToLeft(string language) => language == "ar";
}
