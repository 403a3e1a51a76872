using PledgeRegistry.Private;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>How one witness stands.</summary>
/// <param name="Size">The last size that it cosigned, as far as is known here; null for none.</param>
/// <param name="At">When, by its own clock.</param>
/// <param name="Failing">Why the last try failed; null where it didn't.</param>
public sealed record WitnessStanding(PolicyWitness Witness, long? Size, DateTimeOffset? At, string? Failing);

/// <summary>
/// Submits every checkpoint that was signed to the witnesses of a policy, each by itself, and says which checkpoint is given out: one that
/// enough witnesses cosigned, or the last that was signed where they take too long. Neither recording nor signing waits for it.
/// </summary>
public sealed class Cosigning : IAsyncDisposable
{
    /// <summary>How long a new checkpoint waits for enough cosignatures before it is given out without them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long one try may take; how long after the last cosignature a log that doesn't grow is submitted again.</summary>
    private static readonly TimeSpan TryTime = TimeSpan.FromSeconds(10), Again = TimeSpan.FromHours(1);

    // How often it is looked whether something new was signed, and the longest pause after a try that failed.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200), LongestPause = TimeSpan.FromSeconds(30);

    private readonly CheckpointSigner signer;
    private readonly Registry registry;
    private readonly WitnessPolicy? policy;
    private readonly CosignedCopies copies;
    private readonly TimeProvider clock;
    private readonly Action<string> say;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TryTime, MaxResponseContentBufferSize = 64 * 1024 };
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] loops;
    private readonly Lock turn = new();
    private readonly Dictionary<VerifierKey, WitnessStanding> standings = [];
    private readonly Dictionary<string, List<(VerifierKey By, NoteSignature Signature)>> cosigned = new(StringComparer.Ordinal);
    private SignedHead? given;
    private long? waitingSince;

    /// <param name="policy">Null: no witness is asked.</param>
    /// <param name="say">Told what a person who runs the registry must know.</param>
    public Cosigning(CheckpointSigner signer, Registry registry, WitnessPolicy? policy, CosignedCopies copies, TimeProvider clock, Action<string> say)
    {
        (this.signer, this.registry, this.policy, this.copies, this.clock, this.say) = (signer, registry, policy, copies, clock, say);
        if (copies.Contradicted is { } why)
        {
            signer.Halt(Halted(why));
        }
        foreach (var witness in policy?.Witnesses ?? [])
        {
            var last = copies.Last(witness.Key);
            standings[witness.Key] = last is null ? new(witness, null, null, null) : Standing(witness, last, Own(last, witness.Key));
            if (last is not null)
            {
                Take(last.Text, witness.Key, Own(last, witness.Key));
            }
        }
        loops = [.. (policy?.Witnesses ?? []).Where(w => w.Url is not null).Select(w => Task.Run(() => FollowAsync(new WitnessClient(w, http))))];
    }

    public WitnessPolicy? Policy => policy;

    /// <summary>The checkpoint that is given out, with the cosignatures that are known; null while none was signed. Its size never falls.</summary>
    public SignedHead? Published
    {
        get
        {
            lock (turn)
            {
                Choose(signer.Last);
                return given is null ? null : given with { Note = WithCosignatures(given).ToString() };
            }
        }
    }

    /// <summary>Whether the checkpoint that is given out has the cosignatures that the policy asks for; null without a policy.</summary>
    public bool? IsMet
    {
        get
        {
            lock (turn)
            {
                Choose(signer.Last);
                return policy is null ? null : given is not null && Enough(given);
            }
        }
    }

    public IReadOnlyList<WitnessStanding> Standings
    {
        get
        {
            lock (turn)
            {
                return [.. (policy?.Witnesses ?? []).Select(w => standings[w.Key])];
            }
        }
    }

    /// <summary>Ends it; again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
        stopping.Dispose();
        http.Dispose();
    }

    private async Task FollowAsync(WitnessClient client)
    {
        try
        {
            SignedHead? done = null;
            long at = 0;
            var pause = Look;
            while (true)
            {
                if (signer.Last is { } last && (done?.Note != last.Note || clock.GetElapsedTime(at) > Again))
                {
                    var failing = await TryAsync(client, last);
                    (done, at) = failing is null ? (last, clock.GetTimestamp()) : (done, at);
                    pause = failing is null ? Look : pause >= LongestPause / 2 ? LongestPause : pause * 2;
                }
                await Task.Delay(pause, clock, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (Exception e)
        {
            // Nothing that was foreseen: this witness is asked no more, everything else goes on, and ends well.
            Told(client.Witness, $"Nothing is submitted any more: {e.Message}");
        }
    }

    /// <returns>Why it failed, or null.</returns>
    private async Task<string?> TryAsync(WitnessClient client, SignedHead last)
    {
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(last.Note));
        try
        {
            var cosignature = await client.SubmitAsync(registry.Tree, note, stopping.Token);
            var whole = note with { Signatures = [.. note.Signatures.Take(SignedNote.MaxSignatures - 1), cosignature] };
            copies.Keep(client.Witness.Key, whole);
            lock (turn)
            {
                Take(note.Text, client.Witness.Key, cosignature);
                if (policy!.IsMet(By(note.Text)) && last.Size > (given?.Size ?? 0))
                {
                    (given, waitingSince) = (last, null);
                }
                Forget();
            }
            Told(client.Witness, null, Standing(client.Witness, note, cosignature));
            return null;
        }
        catch (WitnessException e)
        {
            if (e.Contradiction && IsNewest(last))
            {
                // First of all, so that nothing that fails after it lets the signing go on.
                signer.Halt(Halted(e.Message));
                KeepContradiction(e.Message, note);
            }
            Told(client.Witness, e.Message);
            return e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Told(client.Witness, $"What it cosigned can't be kept: {e.Message}");
            return e.Message;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // Nothing that was foreseen: it is tried again.
            Told(client.Witness, $"It can't be asked now: {e.Message}");
            return e.Message;
        }
    }

    // Where that fails it is tried again with the next answer: the first note that is kept stays.
    private void KeepContradiction(string why, SignedNote note)
    {
        try
        {
            copies.KeepContradiction(why, note, clock.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Say($"Nothing is signed any more, and why can't be kept, so the next start doesn't know of it: {e.Message}");
        }
    }

    // A console that is gone must end nothing.
    private void Say(string what)
    {
        try
        {
            say(what);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Health says it, too.
        }
    }

    // If not, the witness may have been asked meanwhile by another node, which has signed more: no contradiction.
    private bool IsNewest(SignedHead head)
    {
        try
        {
            return signer.SignedAnywhere() <= head.Size;
        }
        catch (PrivateUnavailableException)
        {
            return false;
        }
    }

    private string Halted(string why) =>
        $"{why} Nothing is signed until somebody decides. What was said, and the checkpoint, are in {copies.ContradictionName}, beside the copy of what was signed last: find out which history is the true one, then remove that file and start again.";

    // Enough cosignatures, or time enough for them.
    private void Choose(SignedHead? last)
    {
        if (last is null || last.Size <= (given?.Size ?? 0))
        {
            return;
        }
        waitingSince ??= clock.GetTimestamp();
        if (policy is null || given is null || Enough(last) || clock.GetElapsedTime(waitingSince.Value) >= Patience)
        {
            (given, waitingSince) = (last, null);
        }
    }

    private bool Enough(SignedHead head) => policy!.IsMet(By(TextOf(head)));

    private IReadOnlyCollection<VerifierKey> By(string text) => cosigned.TryGetValue(text, out var under) ? [.. under.Select(c => c.By)] : [];

    private void Take(string text, VerifierKey by, NoteSignature signature)
    {
        var under = cosigned.TryGetValue(text, out var there) ? there : cosigned[text] = [];
        under.RemoveAll(c => c.By == by);
        under.Add((by, signature));
    }

    // Only what is given out, and what comes after it, is asked for again.
    private void Forget()
    {
        foreach (var text in cosigned.Keys.Where(t => given is not null && Checkpoint.Parse(t).Size < given.Size).ToList())
        {
            cosigned.Remove(text);
        }
    }

    private SignedNote WithCosignatures(SignedHead head)
    {
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(head.Note));
        return cosigned.TryGetValue(note.Text, out var under) ? Joined(note, under.Select(c => c.Signature)) : note;
    }

    /// <summary>A checkpoint with cosignatures under the log's own signatures, as many as a note may have.</summary>
    public static SignedNote Joined(SignedNote note, IEnumerable<NoteSignature> cosignatures) =>
        note with { Signatures = [.. note.Signatures.Concat(cosignatures).Take(SignedNote.MaxSignatures)] };

    private void Told(PolicyWitness witness, string? failing, WitnessStanding? now = null)
    {
        string? before;
        lock (turn)
        {
            before = standings[witness.Key].Failing;
            standings[witness.Key] = now ?? standings[witness.Key] with { Failing = failing };
        }
        if (before != failing)
        {
            Say(failing is null ? $"Witness {witness.Name}: it cosigns again." : $"Witness {witness.Name}: {failing}");
        }
    }

    private static string TextOf(SignedHead head) => new string(head.Note.AsSpan(0, head.Note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1));

    private static NoteSignature Own(SignedNote note, VerifierKey key) => note.Signatures.First(s => s.Name == key.Name && s.KeyId == key.Id);

    private static WitnessStanding Standing(PolicyWitness witness, SignedNote note, NoteSignature cosignature) =>
        new(witness, Checkpoint.Parse(note.Text).Size, Cosignature.TimeOf(cosignature.Signature.Span), null);
}
