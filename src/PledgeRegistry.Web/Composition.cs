using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Web;

/// <summary>All of the host's wiring.</summary>
public static class Composition
{
    public static IServiceCollection AddRegistry(this IServiceCollection services, RegistryNode node, TimeProvider clock)
    {
        services.AddSingleton(node);
        services.AddSingleton(node.Registry);
        services.AddSingleton(node.Models);
        services.AddSingleton(node.Mediator);
        services.AddSingleton(clock);
        services.AddSingleton(new BasisResolver(node.Registry, clock));
        services.AddLocalization(o => o.ResourcesPath = "Resources");
        services.AddRazorPages().AddViewLocalization();
        return services;
    }

    public static WebApplication UseRegistry(this WebApplication app)
    {
        app.UseRequestLocalization(o => o.SetDefaultCulture(Languages.Default).AddSupportedCultures([.. Languages.All]).AddSupportedUICultures([.. Languages.All]));
        app.UseStaticFiles();
        app.MapRazorPages();
        return app;
    }
}
