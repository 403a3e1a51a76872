using Microsoft.AspNetCore.Localization;

namespace PledgeRegistry.Web;

/// <summary>The language that a reader chose on a page, kept in the cookie <c>lang</c>.</summary>
public sealed class LanguageCookie : RequestCultureProvider
{
    public const string Name = "lang";

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        Task.FromResult(httpContext.Request.Cookies[Name] is { } language && Languages.All.Contains(language) ? new ProviderCultureResult(language) : null);
}
