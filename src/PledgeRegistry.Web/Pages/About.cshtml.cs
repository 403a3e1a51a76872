namespace PledgeRegistry.Web.Pages;

/// <summary>What is recorded here, and what the words mean.</summary>
public sealed class AboutPage(Show show) : RegistryPage(show), IWithoutBasis;
