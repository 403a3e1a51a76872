using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PledgeRegistry.Web.Security;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

public sealed class WriteGuardTests
{
    [Theory]
    [InlineData("http://localhost:5080", "localhost:5080", "127.0.0.1")]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:5080", "127.0.0.1")]
    [InlineData("http://[::1]:5080", "[::1]:5080", "::1")]
    [InlineData("http://localhost:5080", "LOCALHOST:5080", "::ffff:127.0.0.1")]
    public void A_person_at_this_machine_may_write(string bound, string host, string remote) => Assert.Null(WhyNot(Request(host, remote), bound));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://registry.example.org:5080")]
    [InlineData("http://192.168.1.4:5080")]
    [InlineData("http://unix:/tmp/registry.sock")]
    public void One_address_that_others_can_reach_closes_writing(string open) =>
        Assert.Contains("other machines can reach", WhyNot(Request(), "http://localhost:5080", open), StringComparison.Ordinal);

    [Fact]
    public void Where_no_address_is_known_nobody_writes() => Assert.NotNull(WhyNot(Request()));

    [Theory]
    [InlineData("evil.example.org")]
    [InlineData("localhost.example.org")]
    [InlineData("192.168.1.4:5080")]
    [InlineData("")]
    public void A_name_that_leads_here_from_elsewhere_is_refused(string host) => Assert.NotNull(WhyNot(Request(host), "http://localhost:5080"));

    [Theory]
    [InlineData("192.168.1.4")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData(null)]
    public void Another_machine_is_refused(string? remote) => Assert.Contains("another machine", WhyNot(Request(remote: remote), "http://localhost:5080"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-host")]
    [InlineData("X-Forwarded-Anything")]
    [InlineData("X-Original-For")]
    [InlineData("X-Real-IP")]
    [InlineData("Via")]
    public void What_a_proxy_passed_on_is_refused(string header)
    {
        var request = Request();
        request.Request.Headers[header] = "127.0.0.1";
        Assert.Contains(header, WhyNot(request, "http://localhost:5080"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "http://localhost:5080", true)]
    [InlineData("Origin", "http://localhost:3000", false)]
    [InlineData("Origin", "https://localhost:5080", false)]
    [InlineData("Origin", "https://evil.example.org", false)]
    [InlineData("Origin", "null", false)]
    public void A_page_of_another_site_may_not_write_but_may_lead_here(string header, string value, bool may)
    {
        var request = Request();
        request.Request.Headers[header] = value;
        Assert.Equal(may, WhyNot(request, "http://localhost:5080") is null);
        request.Request.Method = "GET";
        Assert.Null(WhyNot(request, "http://localhost:5080"));
    }

    private static string? WhyNot(HttpContext context, params string[] bound) => new WriteGuard(new Server(bound)).WhyNot(context);

    private static DefaultHttpContext Request(string host = "localhost:5080", string? remote = "127.0.0.1") => new()
    {
        Request = { Method = "POST", Scheme = "http", Host = new HostString(host) },
        Connection = { RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote) },
    };

    private sealed class Server : IServer, IServerAddressesFeature
    {
        public Server(string[] bound)
        {
            Addresses = bound;
            Features.Set<IServerAddressesFeature>(this);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public ICollection<string> Addresses { get; }

        public bool PreferHostingUrls { get; set; }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
