namespace PledgeRegistry.Web;

/// <summary>Names the resources that hold every visible string of the pages: <c>Resources/PageText.*.resx</c>.</summary>
public sealed class PageText;
