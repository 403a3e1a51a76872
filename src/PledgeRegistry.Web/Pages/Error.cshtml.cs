using Microsoft.AspNetCore.Mvc;

namespace PledgeRegistry.Web.Pages;

/// <summary>What went wrong, in a sentence that helps. Shown in place of an empty answer.</summary>
[ResponseCache(NoStore = true)]
[IgnoreAntiforgeryToken]
public sealed class ErrorPage(Show show) : RegistryPage(show)
{
    public override bool IsReading => false;

    public int Code { get; private set; } = StatusCodes.Status500InternalServerError;

    public void OnGet(int code) => Code = Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;

    public void OnPost(int code) => OnGet(code);
}
