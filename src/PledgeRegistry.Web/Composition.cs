using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using PledgeRegistry.Private;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Citation;
using PledgeRegistry.Web.Memento;
using PledgeRegistry.Web.Pages.Feeds;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web;

/// <summary>All of the host's wiring.</summary>
public static class Composition
{
    public static IServiceCollection AddRegistry(this IServiceCollection services, RegistryNode node, IPrivateStore privateStore, CheckpointSigner signer, Cosigning cosigning, TimeProvider clock)
    {
        services.AddSingleton(node);
        services.AddSingleton(node.Registry);
        services.AddSingleton(node.Models);
        services.AddSingleton(node.Mediator);
        services.AddSingleton(clock);
        services.AddSingleton(new BasisResolver(node.Registry, node.Models.Meetings, clock));
        services.AddSingleton(privateStore);
        services.AddSingleton(signer);
        services.AddSingleton(cosigning);
        services.AddSingleton<IIdSource, RandomIds>();
        services.AddSingleton<WriteGuard>();
        services.AddScoped<Acting>();
        services.AddSingleton<RunningKeys>();
        services.AddResponseCompression(o => o.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml", ApiJson.MediaType, Problem.MediaType, AtomFeed.MediaType, CalendarFile.MediaType, CitationFiles.BibtexType, CitationFiles.RisType, MementoLinks.MediaType]);
        services.AddLocalization(o => o.ResourcesPath = "Resources");
        services.AddHttpContextAccessor();
        services.AddSingleton<HeavyReads>();
        services.AddSingleton<PublicResources>();
        services.AddScoped<Pages.Show>();
        services.AddScoped<ClockWords>();
        services.AddScoped<Citations>();
        services.AddHostedService<SearchWarming>();
        // Letters of every script as they are: as character references, a page in Arabic weighs twice as much.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorPages();
        return services;
    }

    public static WebApplication UseRegistry(this WebApplication app)
    {
        app.Use(SecurityHeaders.AddAsync);
        app.UseResponseCompression();
        app.Use(Faults.AnswerAsync);
        app.UseRequestLocalization(Localize);
        app.UseWhen(c => !Faults.IsApi(c), pages => pages.UseExceptionHandler("/error/500").UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseStaticFiles();
        app.UseRouting();
        app.Use(WriteGate.CheckAsync);
        app.Use(ReadAfter.WaitAsync);
        app.Use(HeavyReads.LimitAsync);
        app.MapHealth();
        app.MapReads();
        app.MapLog();
        app.MapProof();
        app.MapFeeds();
        app.MapCitations();
        app.MapMementos();
        app.MapWrites();
        app.MapSeals();
        app.MapPrivate();
        app.MapProblems();
        app.MapRazorPages();
        return app;
    }

    private static void Localize(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture(Languages.Default).AddSupportedCultures([.. Languages.All]).AddSupportedUICultures([.. Languages.All]);
        options.RequestCultureProviders =
        [
            new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
            new LanguageCookie(),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }
}
