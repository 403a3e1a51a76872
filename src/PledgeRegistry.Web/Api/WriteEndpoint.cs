using System.Collections.Concurrent;
using MediatR;
using Microsoft.Net.Http.Headers;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Web.Start;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>An address that takes a command: its members as a JSON object, but for those that the address names.</summary>
public abstract class WriteEndpoint(string pattern, Type command, bool replaces)
{
    public string Pattern { get; } = pattern;
    public Type Command { get; } = command;

    /// <summary>True if it replaces a value: then If-Match names the version that it replaces.</summary>
    public bool Replaces { get; } = replaces;

    public static WriteEndpoint Of<TCommand>(string pattern) where TCommand : class, ICommand => new For<TCommand>(pattern);

    public abstract Task AnswerAsync(HttpContext context);

    private sealed class For<TCommand>(string pattern) : WriteEndpoint(pattern, typeof(TCommand), CommandBody<TCommand>.Replaces)
        where TCommand : class, ICommand
    {
        private readonly CommandBody<TCommand> body = new(pattern);

        public override async Task AnswerAsync(HttpContext context)
        {
            var (request, problem) = WriteRequest.From(context, Replaces);
            if (request is null)
            {
                await problem!.WriteAsync(context);
                return;
            }
            var (document, malformed) = await ReadAsync(context);
            using (document)
            {
                var (command, wrong) = document is null ? (null, malformed) : body.Read(document.RootElement, context.Request.RouteValues, request.ExpectedVersion);
                if (command is null)
                {
                    await wrong!.WriteAsync(context);
                    return;
                }
                await SubmitAsync(context, command, request);
            }
        }

        private static async Task SubmitAsync(HttpContext context, TCommand command, WriteRequest request)
        {
            var running = context.RequestServices.GetRequiredService<RunningKeys>();
            if (!running.TryStart(request.IdempotencyKey))
            {
                context.Response.Headers.RetryAfter = "1";
                await Problem.Of("idempotency-key-running").WriteAsync(context);
                return;
            }
            try
            {
                var outcome = await context.RequestServices.GetRequiredService<IMediator>()
                    .Send(new Submit<TCommand>(command, context.RequestServices.GetRequiredService<Acting>().AuthorFor(command, request.OnBehalfOf, request.ClearedBy), request.IdempotencyKey), context.RequestAborted);
                await Receipts.AnswerAsync(context, outcome);
            }
            finally
            {
                running.End(request.IdempotencyKey);
            }
        }
    }

    internal static async Task<(System.Text.Json.JsonDocument? Document, Problem? Problem)> ReadAsync(HttpContext context)
    {
        var type = context.Request.ContentType;
        if (!MediaTypeHeaderValue.TryParse(type, out var parsed)
            || !parsed.MediaType.Equals(ApiJson.MediaType, StringComparison.OrdinalIgnoreCase)
            || (parsed.Charset.HasValue && !parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return (null, Problem.Of("wrong-media-type"));
        }
        if (context.Request.ContentLength > RegistryHost.MaxBodyBytes)
        {
            return (null, Problem.Of("body-too-large"));
        }
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (bytes.Length + read > RegistryHost.MaxBodyBytes)
            {
                return (null, Problem.Of("body-too-large"));
            }
            bytes.Write(buffer, 0, read);
        }
        return StrictJson.Parse(bytes.ToArray());
    }
}

/// <summary>The idempotency keys of requests that are being worked on.</summary>
public sealed class RunningKeys
{
    private readonly ConcurrentDictionary<string, bool> keys = new(StringComparer.Ordinal);

    public bool TryStart(string key) => keys.TryAdd(key, true);

    public void End(string key) => keys.TryRemove(key, out _);
}
