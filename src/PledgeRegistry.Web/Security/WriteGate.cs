using PledgeRegistry.Web.Api;

namespace PledgeRegistry.Web.Security;

/// <summary>Lets no request write that the guard doesn't let. Stands before every endpoint, so that none can forget it.</summary>
internal static class WriteGate
{
    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || context.RequestServices.GetRequiredService<WriteGuard>().WhyNot(context) is not { } reason)
        {
            return next(context);
        }
        var problem = Problem.Of("not-allowed-here", $"This request may not write. {reason}");
        if (Faults.IsApi(context))
        {
            return problem.WriteAsync(context);
        }
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsync(problem.Detail);
    }
}
