using PledgeRegistry.Private;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>What proves the registry to somebody who doesn't trust its operator: as it is now, at no basis.</summary>
/// <param name="Origin">The log's name; null while no key was published.</param>
/// <param name="Recorded">How many entries there are.</param>
/// <param name="Checkpoint">What is given out as the log's checkpoint; null while none was signed.</param>
/// <param name="Keys">Every key that signs the log or did, the first one first.</param>
/// <param name="Witnesses">Those of this node's policy; empty without one.</param>
/// <param name="NotSigning">Why nothing is signed now; null where all is well.</param>
internal sealed record ProofView(
    string? Origin, long Recorded, ProofCheckpoint? Checkpoint, IReadOnlyList<ProofKey> Keys, IReadOnlyList<ProofWitness> Witnesses, string? Quorum, string? NotSigning)
{
    public static ProofView Of(IServiceProvider services)
    {
        var registry = services.GetRequiredService<Registry>();
        var cosigning = services.GetRequiredService<Cosigning>();
        var state = registry.State;
        return new ProofView(
            state.Origin, registry.Head.Size,
            cosigning.Published is { } published ? CheckpointOf(registry, cosigning, published) : null,
            [.. state.SigningKeys.Select(k => new ProofKey(k.Key.ToString(), k.Key.IdText, k.Key.Algorithm, k.Key.SpkiPem!, k.SignsFrom, k.SignsTo))],
            [.. cosigning.Standings.Select(w => new ProofWitness(w.Witness.Name, w.Witness.Key.ToString(), w.Witness.Key.SpkiPem!, w.Size, w.At, w.Failing is not null))],
            cosigning.Policy?.Quorum, services.GetRequiredService<CheckpointSigner>().Refused);
    }

    private static ProofCheckpoint CheckpointOf(Registry registry, Cosigning cosigning, SignedHead published)
    {
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(published.Note));
        return new ProofCheckpoint(
            published.Size, published.Root.ToString(), published.Size > 0 && published.Size <= registry.Head.Size ? registry.RecordedAt(published.Size - 1) : null, cosigning.IsMet,
            [.. note.Signatures.Select(s => new ProofSignature(s.Name, s.KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), s.Name == OriginOf(note) ? null : Cosignature.TimeOf(s.Signature.Span)))],
            published.Note);
    }

    private static string OriginOf(SignedNote note) => Transparency.Notes.Checkpoint.Parse(note.Text).Origin;
}

/// <summary>The checkpoint that is given out.</summary>
/// <param name="Root">Merkle root, 64 hexadecimal digits.</param>
/// <param name="LastRecordedAt">When its last entry was recorded, as the operator says; null where this node has not read so far.</param>
/// <param name="QuorumMet">Whether it has the cosignatures that the policy asks for; null without a policy.</param>
/// <param name="Note">The checkpoint itself, a signed note.</param>
internal sealed record ProofCheckpoint(long Size, string Root, DateTimeOffset? LastRecordedAt, bool? QuorumMet, IReadOnlyList<ProofSignature> Signatures, string Note);

/// <summary>A signature under the checkpoint.</summary>
/// <param name="KeyId">Eight hexadecimal digits.</param>
/// <param name="At">A witness's time; null for the log's own, which have none.</param>
internal sealed record ProofSignature(string Name, string KeyId, DateTimeOffset? At);

/// <summary>A key of the log.</summary>
/// <param name="SignsFrom">The least size that it signs.</param>
/// <param name="SignsTo">The largest; null while it signs.</param>
internal sealed record ProofKey(string VerifierKey, string Id, string Algorithm, string SpkiPem, long SignsFrom, long? SignsTo);

/// <summary>A witness.</summary>
/// <param name="CosignedSize">The last size that it cosigned; null for none yet.</param>
/// <param name="CosignedAt">When, by the witness's clock.</param>
/// <param name="Failing">True while it can't be reached or refuses.</param>
internal sealed record ProofWitness(string Name, string VerifierKey, string SpkiPem, long? CosignedSize, DateTimeOffset? CosignedAt, bool Failing);

/// <summary>The API's answer about the proof.</summary>
internal static class ProofEndpoint
{
    public const string Address = "/api/proof";

    public static void MapProof(this IEndpointRouteBuilder routes) => routes.MapMethods(Address, [HttpMethods.Get, HttpMethods.Head], static async context =>
    {
        context.Response.Headers.CacheControl = "public, max-age=5";
        await context.WriteJsonAsync(ProofView.Of(context.RequestServices));
    });
}
