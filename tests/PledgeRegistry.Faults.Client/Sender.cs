using System.Globalization;
using System.Text.Json;

namespace PledgeRegistry.Faults.Client;

/// <summary>What is known of a request after it: settled for good, or to be sent again with the same key.</summary>
internal enum Result { Recorded, Refused, NotNow, Unknown }

/// <summary>Sends requests, and notes each before it goes out and what came back.</summary>
internal sealed class Sender(Record record, Uri[] nodes) : IDisposable
{
    // A connection is given up when the node dies; a new one is made in no time.
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = TimeSpan.FromSeconds(40) };

    public Uri Any(Random random) => nodes[random.Next(nodes.Length)];

    /// <param name="hangUp">Cuts the request off; then what came of it isn't known.</param>
    public async Task<Result> SendAsync(Payload payload, Uri node, CancellationToken hangUp = default)
    {
        record.Write(new Line("sent", payload.Key, payload.Mark, payload.Hash, payload.Valid ? "recorded" : "refused"));
        try
        {
            using var request = payload.ToRequest(node);
            using var response = await http.SendAsync(request, hangUp);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(hangUp));
            return Note(payload, node, (int)response.StatusCode, answer.RootElement);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            // Nobody listened: then nothing was sent. Anything else may have been taken up.
            var away = e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
            record.Write(new Line("unanswered", payload.Key, payload.Mark, Why: away ? "nobody-listened" : hangUp.IsCancellationRequested ? "hung-up" : "cut-off"));
            if (!away && !hangUp.IsCancellationRequested)
            {
                Console.WriteLine("cut-off");
            }
            return away ? Result.NotNow : Result.Unknown;
        }
    }

    public void Dispose() => http.Dispose();

    private Result Note(Payload payload, Uri node, int status, JsonElement answer)
    {
        var good = status is 200 or 201;
        var outcome = Text(answer, good ? "outcome" : "code") ?? Text(answer, "type") ?? "";
        record.Write(new Line("answered", payload.Key, payload.Mark, Status: status, Outcome: outcome[(outcome.LastIndexOf('/') + 1)..],
            Position: Number(answer, "position"), EntryId: Text(answer, "entryId"), Leaf: Text(answer, "leafHash"),
            Count: (int?)Number(answer, "count"), Size: Number(answer, "size"), Of: node.Port.ToString(CultureInfo.InvariantCulture)));
        if (good)
        {
            Console.WriteLine("recorded");
        }
        return good ? Result.Recorded
            // Its twin is under way: what becomes of that is asked again.
            : outcome.EndsWith("idempotency-key-running", StringComparison.Ordinal) ? Result.Unknown
            : status < 500 ? Result.Refused
            : outcome.EndsWith("unavailable", StringComparison.Ordinal) ? Result.NotNow
            : Result.Unknown;
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}
