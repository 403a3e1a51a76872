using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Memento;

namespace PledgeRegistry.Web.Pages;

/// <summary>A page that isn't read at a basis: it has a form, or says nothing of what is recorded.</summary>
public interface IWithoutBasis;

/// <summary>A page read at a basis: a basis that makes no sense is answered with what is wrong and the control to mend it.</summary>
public abstract partial class RegistryPage(Show show) : PageModel
{
    private string? tag;

    /// <summary>How the page shows things, and what it is read at.</summary>
    public Show Show { get; } = show;

    public Reading Reading => Show.Reading;

    /// <summary>The address of the same content as JSON; null where there is none.</summary>
    public string? Json { get; private set; }

    /// <summary>True where the page shows the registry at a basis, and so has the control for it.</summary>
    public bool IsReading => this is not IWithoutBasis;

    /// <summary>A sentence for a reader who asked for something that isn't there.</summary>
    public string? MissingSentence { get; private set; }

    /// <summary>What that reader could have written, behind the sentence; null where nothing can be said.</summary>
    public string? MissingExample { get; private set; }

    /// <summary>What was just recorded, where the address says so.</summary>
    public HistoryLine? JustRecorded { get; private set; }

    /// <summary>A header of the request with which a part of the page is asked for; null where there are no parts.</summary>
    protected virtual string? PartHeader => null;

    /// <summary>True where a part of the page is asked for.</summary>
    protected bool IsPart => PartHeader is { } header && Request.Headers.ContainsKey(header);

    protected IStringLocalizer<PageText> T => Show.T;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (IsReading && Show.Problem is not null)
        {
            context.Result = Plain("/Pages/Shared/BadBasis.cshtml", StatusCodes.Status400BadRequest);
            return;
        }
        if (IsReading && UnlessOnce() is { } twice)
        {
            context.Result = twice;
            return;
        }
        if (IsReading)
        {
            tag = PageCaching.Tag(HttpContext, Show);
            // The tag is of the whole page: who has that hasn't got the part.
            if (!IsPart && Caching.Has(Request, tag))
            {
                PageCaching.Name(HttpContext, tag, PartHeader);
                HttpContext.NameMemento(Reading.Basis);
                context.Result = StatusCode(StatusCodes.Status304NotModified);
                return;
            }
        }
        await next();
    }

    protected Task<TAnswer> Ask<TAnswer>(IRequest<TAnswer> query) => Show.Mediator.Send(query, HttpContext.RequestAborted);

    /// <summary>Names on the answer what it was made from, and shows the page.</summary>
    /// <param name="json">The address of the same content in the API, without the basis.</param>
    /// <param name="filters">The parameters of this page that the API takes too.</param>
    protected PageResult Shown(string view, string json, params string[] filters)
    {
        HttpContext.NameBasis(Reading.Basis, view);
        HttpContext.NameMemento(Reading.Basis);
        if (IsPart)
        {
            PageCaching.NamePart(HttpContext, PartHeader);
        }
        else
        {
            PageCaching.Name(HttpContext, tag!, PartHeader);
        }
        Json = Show.To(json, [.. filters.Select(f => (f, Show.Asked(f)))]);
        return Page();
    }

    /// <summary>Answers 404 with a sentence that helps, and the basis control: it may have been recorded later.</summary>
    protected ViewResult Missing(string id) => MissingAs(T["Missing.Id", id]);

    /// <summary>Answers 404 with a sentence of the page's own, and with what could be written instead.</summary>
    protected ViewResult MissingAs(string sentence, string? example = null)
    {
        (MissingSentence, MissingExample) = (sentence, example);
        return Plain("/Pages/Shared/Missing.cshtml", StatusCodes.Status404NotFound);
    }

    /// <summary>Reads the receipt that the address names, if it belongs to this stream.</summary>
    protected async Task ReadReceiptAsync(string stream)
    {
        if (long.TryParse(Show.Asked("recorded"), out var position))
        {
            var history = await Ask(new GetHistory(Reading, Stream: stream, From: position, Limit: 1));
            JustRecorded = history.Lines.FirstOrDefault(l => l.Position == position);
        }
    }

    private ViewResult Plain(string view, int status)
    {
        Response.Headers.CacheControl = "no-store";
        return new ViewResult { ViewName = view, ViewData = new ViewDataDictionary<RegistryPage>(ViewData, this), StatusCode = status };
    }
}
