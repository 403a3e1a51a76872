using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Web.Api;

namespace PledgeRegistry.Web.Pages;

/// <summary>What went wrong, in a sentence that helps. Shown in place of an empty answer.</summary>
[ResponseCache(NoStore = true)]
[IgnoreAntiforgeryToken]
public sealed class ErrorPage(Show show) : RegistryPage(show), IWithoutBasis
{
    public int Code { get; private set; } = StatusCodes.Status500InternalServerError;

    /// <summary>True where what failed is that the private store can't be reached.</summary>
    public bool IsPrivateAway { get; private set; }

    // A form that failed may have a field of this name.
    public void OnGet([FromRoute] int code)
    {
        IsPrivateAway = Faults.IsPrivateAway(HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error);
        Code = Response.StatusCode = IsPrivateAway ? StatusCodes.Status503ServiceUnavailable : code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
    }

    public void OnPost([FromRoute] int code) => OnGet(code);
}
