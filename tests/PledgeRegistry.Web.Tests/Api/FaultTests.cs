using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PledgeRegistry.Web.Api;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api
{
    /// <summary>What becomes of an exception that nothing else answered.</summary>
    public sealed class FaultTests
    {
        public static TheoryData<Exception, int, string> Known => new()
        {
            { new Grpc.Core.RpcException(), StatusCodes.Status503ServiceUnavailable, "log-unreachable" },
            { new TimeoutException(), StatusCodes.Status503ServiceUnavailable, "log-unreachable" },
            { new InvalidOperationException("A fault of the test."), StatusCodes.Status500InternalServerError, "program-error" },
        };

        [Theory]
        [MemberData(nameof(Known), DisableDiscoveryEnumeration = true)]
        public async Task A_log_that_can_not_be_reached_is_told_from_a_fault_of_the_program_whatever_keeps_it(Exception fault, int status, string problem)
        {
            await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
            using var body = new MemoryStream();
            var context = new DefaultHttpContext { RequestServices = services, Request = { Method = "GET", Path = "/api/pledges" }, Response = { Body = body } };
            await Faults.AnswerAsync(context, _ => Task.FromException(fault));
            Assert.Equal(status, context.Response.StatusCode);
            Assert.Contains($"/problems/{problem}", System.Text.Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
        }
    }
}

namespace Grpc.Core
{
    /// <summary>Named as the exception of the cluster's client, which the default build doesn't have.</summary>
    public sealed class RpcException : Exception;
}
