using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PledgeRegistry.Web.Security;

/// <summary>
/// Who may write while there is no sign-in: a person at this machine, and nobody else. Holds for the API and the pages.
/// </summary>
public sealed class WriteGuard(IServer server)
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Real-IP", "Via"];

    // X-Original-…: what the framework's own forwarding middleware leaves of them.
    private static readonly string[] ForwardingPrefixes = ["X-Forwarded-", "X-Original-"];

    /// <summary>Why this request may not write, in one sentence, or null if it may.</summary>
    public string? WhyNot(HttpContext context)
    {
        var request = context.Request;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses;
        if (addresses is not { Count: > 0 })
        {
            return "It isn't known at what address this registry is served, so it can't be told whether it is this machine's own.";
        }
        if (OpenAddress(addresses) is { } open)
        {
            return $"This registry is served at {open}, which other machines can reach, and there is no sign-in yet. Serve it at localhost alone to write.";
        }
        if (!IsLoopback(request.Host.Host))
        {
            return $"The address it was sent to is '{request.Host.Host}'; only localhost and this machine's loopback addresses may write.";
        }
        if (context.Connection.RemoteIpAddress is not { } remote || !IsLoopback(remote))
        {
            return "It came from another machine, and there is no sign-in yet.";
        }
        if (request.Headers.Keys.FirstOrDefault(IsForwarding) is { } header)
        {
            return $"It was passed on by a proxy (header {header}), so it may come from another machine, and there is no sign-in yet.";
        }
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? null : WhyNotFromThere(request);
    }

    /// <summary>The first of these addresses that other machines can reach, or null.</summary>
    public static string? OpenAddress(IEnumerable<string> addresses) =>
        addresses.FirstOrDefault(a => !Uri.TryCreate(a, UriKind.Absolute, out var uri) || !IsLoopback(uri.Host));

    /// <summary>A browser says from what page a request was sent: only this registry's own pages may write.</summary>
    private static string? WhyNotFromThere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
        {
            return "It was sent by a page of another site.";
        }
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"It was sent by a page of another site ({origin}).";
    }

    private static bool IsForwarding(string header) =>
        ForwardingHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(ForwardingPrefixes, p => header.StartsWith(p, StringComparison.OrdinalIgnoreCase));

    // A name other than localhost is served on every address there is, whatever it resolves to.
    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IsLoopback(address));

    private static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}

/// <summary>Who writes while there is no sign-in.</summary>
public static class LocalOperator
{
    public const string Actor = "local-operator";

    /// <param name="onBehalfOf">The code of the participant acted for, or null.</param>
    /// <param name="clearedBy">The actor id of who cleared it, or null.</param>
    public static Writing.Author For(string? onBehalfOf, string? clearedBy = null) => new(Actor, Writing.Author.Operator, onBehalfOf, clearedBy);
}
