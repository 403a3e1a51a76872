using System.Text.Json;
using System.Text.Json.Serialization;

namespace PledgeRegistry.Faults.Client;

/// <summary>
/// What a client did and was told, a line of JSON each, in the order in which it happened: a request before it is sent, an
/// answer after it was read whole. So a line stands after another only if it may have been caused by it.
/// </summary>
internal sealed class Record(string path) : IDisposable
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Lock gate = new();

    // Unbuffered: a line is with the operating system when the call returns.
    private readonly FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void Write(Line line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Options);
        lock (gate)
        {
            file.Write([.. bytes, (byte)'\n']);
        }
    }

    public void Dispose() => file.Dispose();
}

/// <summary>One line of a record.</summary>
/// <param name="What">sent, answered, unanswered; of a reader: entry, size.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Mark">A text that is in this payload and in no other.</param>
/// <param name="Body">SHA-256 of address and body, in hexadecimal.</param>
/// <param name="Expect">What must come of it: "recorded" or "refused".</param>
/// <param name="Outcome">The answer's own word: recorded, repeated, nothing-new; or a problem's code.</param>
/// <param name="Of">The last part of the address of the node that was asked.</param>
internal sealed record Line(
    string What, string? Key = null, string? Mark = null, string? Body = null, string? Expect = null,
    int? Status = null, string? Outcome = null, long? Position = null, string? EntryId = null, string? Leaf = null, int? Count = null,
    long? Size = null, string? Root = null, string? Of = null, string? Why = null);
