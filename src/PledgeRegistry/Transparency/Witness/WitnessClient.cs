using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>A witness didn't cosign; the message says why, for a person who runs the log.</summary>
/// <param name="contradiction">True where the witness holds another history of this log: a fork, or a log that was rolled back.</param>
public sealed class WitnessException(string message, bool contradiction = false, Exception? inner = null) : Exception(message, inner)
{
    public bool Contradiction { get; } = contradiction;
}

/// <summary>Submits a log's checkpoints to one witness, and remembers what it has seen.</summary>
public sealed class WitnessClient(PolicyWitness witness, HttpClient http)
{
    private const int Tries = 3;

    private long seen;

    public PolicyWitness Witness => witness;

    /// <summary>The witness's cosignature under a checkpoint.</summary>
    /// <param name="tree">The log's tree, at least as large as the checkpoint.</param>
    /// <exception cref="WitnessException">It can't be reached, or refuses.</exception>
    public async Task<NoteSignature> SubmitAsync(MerkleTree tree, SignedNote note, CancellationToken cancel = default)
    {
        var size = Checkpoint.Parse(note.Text).Size;
        for (var i = 0; i < Tries; i++)
        {
            if (seen > size)
            {
                throw new WitnessException(string.Create(CultureInfo.InvariantCulture, $"{witness.Name} has cosigned a tree of {seen} entries, and this one has {size}: the log was rolled back, or somebody else signs with its key."), contradiction: true);
            }
            var (status, body) = await PostAsync(new AddCheckpoint(seen, seen == 0 || seen == size ? [] : tree.ConsistencyProof(seen, size), note), cancel);
            switch (status)
            {
                case HttpStatusCode.OK:
                    var cosignature = CosignatureIn(note, body);
                    seen = size;
                    return cosignature;
                case HttpStatusCode.Conflict when long.TryParse(body.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last != seen:
                    seen = last;
                    break;
                case HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity:
                    throw new WitnessException(string.Create(CultureInfo.InvariantCulture,
                        $"{witness.Name} refuses the tree of {size} entries: it has seen another one of this log. Its answer: {Short(body)}"), contradiction: true);
                default:
                    throw new WitnessException(string.Create(CultureInfo.InvariantCulture, $"{witness.Name} answers {(int)status}: {Short(body)}"));
            }
        }
        throw new WitnessException($"{witness.Name} names another last size each time: somebody else submits too.");
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(AddCheckpoint request, CancellationToken cancel)
    {
        try
        {
            using var content = new ByteArrayContent(request.ToBytes());
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            using var response = await http.PostAsync(new Uri(witness.Url ?? throw new WitnessException($"The policy has no URL for {witness.Name}."), "add-checkpoint"), content, cancel);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancel));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new WitnessException($"{witness.Name} can't be reached: {e.Message}", inner: e);
        }
    }

    // Lines of keys that aren't this witness's are ignored.
    private NoteSignature CosignatureIn(SignedNote note, string lines)
    {
        try
        {
            var answered = SignedNote.Parse(Encoding.UTF8.GetBytes($"{note.Text}\n{lines}"));
            var own = answered.Signatures.FirstOrDefault(s => s.Name == witness.Key.Name && s.KeyId == witness.Key.Id);
            if (own is not null && answered.Verify([witness.Key]).Accepted)
            {
                return own;
            }
        }
        catch (FormatException)
        {
            // Told below.
        }
        throw new WitnessException($"{witness.Name} answered with something that isn't its cosignature of this checkpoint.");
    }

    private static string Short(string body) => body.Trim() is { Length: <= 200 } text ? text : body.Trim()[..200];
}
