using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace PledgeRegistry.Web.Pages;

/// <summary>Remembers a reader's language in a cookie, and goes back to where the reader was.</summary>
public sealed class LanguagePage : PageModel
{
    public IActionResult OnGet(string code, string? returnUrl)
    {
        if (!Languages.All.Contains(code))
        {
            return NotFound();
        }
        Response.Cookies.Append(LanguageCookie.Name, code, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
        });
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? WithoutLanguage(returnUrl) : "/");
    }

    // A language in the address would win over the cookie.
    private static string WithoutLanguage(string address)
    {
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        return mark < 0
            ? address
            : address[..mark] + QueryString.Create(QueryHelpers.ParseQuery(address[mark..]).Where(p => p.Key != LanguageCookie.Name));
    }
}
