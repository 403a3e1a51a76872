using System.Globalization;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>
/// A witness of C2SP's tlog-witness: it cosigns what it has seen grow, and nothing else. It keeps, for each log, the last checkpoint it
/// cosigned, durably, before it answers.
/// </summary>
/// <param name="logs">The logs it watches, by their verifier keys; several keys may be of one origin.</param>
public sealed class LogWitness(Cosigner cosigner, IReadOnlyCollection<VerifierKey> logs, WitnessMemory memory, TimeProvider clock)
{
    // Comparing with what was cosigned last and keeping the new one must be one step.
    private readonly Lock turn = new();

    public VerifierKey Key => cosigner.Key;

    /// <summary>Answers one request.</summary>
    public WitnessAnswer Answer(ReadOnlySpan<byte> body)
    {
        AddCheckpoint request;
        Checkpoint checkpoint;
        try
        {
            request = AddCheckpoint.Parse(body);
            checkpoint = Checkpoint.Parse(request.Note.Text);
        }
        catch (FormatException e)
        {
            return WitnessAnswer.No(400, e.Message);
        }
        var keys = logs.Where(l => l.Name == checkpoint.Origin).ToArray();
        if (keys.Length == 0)
        {
            return WitnessAnswer.No(404, $"The log '{checkpoint.Origin}' isn't watched here.");
        }
        if (!request.Note.Verify(keys).Accepted)
        {
            return WitnessAnswer.No(403, "No key of the log that is known here signed this checkpoint, or one of them did not.");
        }
        if (request.Old > checkpoint.Size)
        {
            return WitnessAnswer.No(400, "The old size is larger than the checkpoint's.");
        }
        lock (turn)
        {
            return Decide(request, checkpoint);
        }
    }

    private WitnessAnswer Decide(AddCheckpoint request, Checkpoint checkpoint)
    {
        var last = memory.Last(checkpoint.Origin);
        if (request.Old != (last?.Size ?? 0))
        {
            return new WitnessAnswer(409, WitnessAnswer.Size, string.Create(CultureInfo.InvariantCulture, $"{last?.Size ?? 0}\n"));
        }
        if (last is not null && last.Size == checkpoint.Size && last.Root != checkpoint.Root)
        {
            // Two trees of one size under one key: the two checkpoints are the proof.
            memory.KeepEvidence(checkpoint, request.Note);
            return new WitnessAnswer(409, WitnessAnswer.Size, string.Create(CultureInfo.InvariantCulture, $"{last.Size}\n"));
        }
        var grew = request.Old == 0 ? request.Proof.Count == 0 && (checkpoint.Size > 0 || checkpoint.Root == new MerkleTree().Root(0))
            : MerkleProof.VerifyConsistency(request.Old, checkpoint.Size, last!.Root, checkpoint.Root, request.Proof);
        if (!grew)
        {
            // No evidence: whoever has a public checkpoint can send a wrong proof with it.
            memory.KeepUnproven(checkpoint, request.Note);
            return WitnessAnswer.No(422, $"This isn't a proof that the tree of size {request.Old} only grew to that of size {checkpoint.Size}.");
        }
        var cosignature = cosigner.Sign(request.Note.Text, clock.GetUtcNow());
        memory.Keep(checkpoint, request.Note with { Signatures = [.. request.Note.Signatures.Take(SignedNote.MaxSignatures - 1), cosignature] });
        return new WitnessAnswer(200, WitnessAnswer.Plain, cosignature.ToString());
    }
}
