using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing.Template;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Citation;
using PledgeRegistry.Web.Pages;

namespace PledgeRegistry.Web;

/// <summary>
/// Which addresses are read at a basis: the pages, the reads of the API, the feeds. Found from what is routed, so that
/// nothing new is forgotten.
/// </summary>
public sealed class PublicResources
{
    private readonly Lazy<Resource[]> resources;

    public PublicResources(IActionDescriptorCollectionProvider actions, PageLoader loader) =>
        resources = new(() => [.. PagesOf(actions, loader).Concat(Endpoints()).OrderBy(r => r.Precedence)]);

    /// <summary>The patterns of the pages that are read at a basis.</summary>
    public IEnumerable<string> Pages => resources.Value.Where(r => r is { IsRead: true, IsPage: true }).Select(r => r.Pattern);

    /// <summary>What is read at a basis under a path: its pattern, and the parts of the path that it names; null where nothing is.</summary>
    public (string Pattern, RouteValueDictionary Parts)? Find(PathString path)
    {
        foreach (var resource in resources.Value)
        {
            var parts = new RouteValueDictionary();
            if (resource.Matcher.TryMatch(path, parts))
            {
                return resource.IsRead ? (resource.Pattern, parts) : null;
            }
        }
        return null;
    }

    private static IEnumerable<Resource> Endpoints() => ReadEndpoints.All.Concat(FeedEndpoints.All).Concat(CitationEndpoints.All).Select(e => Resource.Of(e.Pattern, isRead: true, isPage: false));

    private static IEnumerable<Resource> PagesOf(IActionDescriptorCollectionProvider actions, PageLoader loader) =>
        from page in actions.ActionDescriptors.Items.OfType<PageActionDescriptor>()
        where page.AttributeRouteInfo?.Template is not null
        // The pages are compiled into the assembly, so that nothing is waited for.
        let model = loader.LoadAsync(page, EndpointMetadataCollection.Empty).GetAwaiter().GetResult().ModelTypeInfo
        select Resource.Of($"/{page.AttributeRouteInfo!.Template}", model.IsAssignableTo(typeof(RegistryPage)) && !model.IsAssignableTo(typeof(IWithoutBasis)), isPage: true);

    private sealed record Resource(string Pattern, bool IsRead, bool IsPage, decimal Precedence, TemplateMatcher Matcher)
    {
        public static Resource Of(string pattern, bool isRead, bool isPage)
        {
            var template = TemplateParser.Parse(pattern.TrimStart('/'));
            return new Resource(pattern, isRead, isPage, RoutePrecedence.ComputeInbound(template), new TemplateMatcher(template, []));
        }
    }
}
