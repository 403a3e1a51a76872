using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;

namespace PledgeRegistry.Cli;

/// <summary>A witness over HTTP: <c>POST /add-checkpoint</c> of C2SP's tlog-witness, and <c>GET /</c>, which says what it did.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WitnessServer(WebApplication app) => this.app = app;

    /// <summary>What a policy names: the part of the address before <c>add-checkpoint</c>.</summary>
    public string Address => $"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/";

    /// <exception cref="CommandFailedException">It can't listen there.</exception>
    public static async Task<WitnessServer> StartAsync(LogWitness witness, WitnessMemory memory, IPEndPoint listen, Action<string> say, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MaxBytes;
            kestrel.Listen(listen);
        });
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, witness, memory, say));
        try
        {
            await app.StartAsync(cancel);
            return new WitnessServer(app);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await app.DisposeAsync();
            throw new CommandFailedException($"It can't listen at {listen}: {e.Message} Choose another address with --listen.");
        }
    }

    /// <summary>Until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancel) => app.WaitForShutdownAsync(cancel);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, LogWitness witness, WitnessMemory memory, Action<string> say)
    {
        var request = context.Request;
        try
        {
            await (request.Path.Value switch
            {
                "/add-checkpoint" when HttpMethods.IsPost(request.Method) => AddAsync(context, witness, say),
                "/" when HttpMethods.IsGet(request.Method) => WriteAsync(context, StatusCodes.Status200OK, WitnessAnswer.Plain, Told(witness, memory)),
                "/add-checkpoint" or "/" => WriteAsync(context, StatusCodes.Status405MethodNotAllowed, WitnessAnswer.Plain, "POST /add-checkpoint, or GET /.\n"),
                _ => WriteAsync(context, StatusCodes.Status404NotFound, WitnessAnswer.Plain, "There is POST /add-checkpoint and GET /.\n"),
            });
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException && e is not BadHttpRequestException)
        {
            // What was cosigned can't be read or kept, so nothing is cosigned.
            say($"Nothing can be cosigned: {e.Message}");
            await WriteAsync(context, StatusCodes.Status500InternalServerError, WitnessAnswer.Plain, "This witness can't keep what it cosigns, so it doesn't cosign.\n");
        }
    }

    private static async Task AddAsync(HttpContext context, LogWitness witness, Action<string> say)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = witness.Answer(body.GetBuffer().AsSpan(0, (int)body.Length));
        // Another last size than expected is how a log learns it; a proof that doesn't hold is not.
        if (answer.Status is not (200 or 409))
        {
            say(string.Create(CultureInfo.InvariantCulture, $"Refused ({answer.Status}): {answer.Body.TrimEnd('\n')}"));
        }
        await WriteAsync(context, answer.Status, answer.ContentType, answer.Body);
    }

    private static string Told(LogWitness witness, WitnessMemory memory)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"This is a witness of logs. Its verifier key:\n{witness.Key}\n");
        foreach (var note in memory.LastNotes())
        {
            var time = note.Signatures.Where(s => s.Name == witness.Key.Name && s.KeyId == witness.Key.Id).Select(s => Cosignature.TimeOf(s.Signature.Span)).FirstOrDefault();
            text.Append(CultureInfo.InvariantCulture, $"\nCosigned last, at {time:yyyy-MM-ddTHH:mm:ssZ}:\n\n{note}");
        }
        foreach (var note in memory.Evidence())
        {
            text.Append(CultureInfo.InvariantCulture, $"\nRefused, because it contradicts:\n\n{note}");
        }
        foreach (var note in memory.Unproven())
        {
            text.Append(CultureInfo.InvariantCulture, $"\nRefused, because no proof came with it that the log only grew. By itself that is no contradiction: whoever has a checkpoint can send it with a wrong proof.\n\n{note}");
        }
        return text.ToString();
    }

    private static Task WriteAsync(HttpContext context, int status, string contentType, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
