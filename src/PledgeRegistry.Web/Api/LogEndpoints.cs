using System.Globalization;
using System.Security.Cryptography;
using PledgeRegistry.Private;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Tiles;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// The signed log as C2SP's tlog-tiles publishes it, under <c>/log/</c>: the checkpoint, tiles and entries up to the size that
/// was signed, and the proof that an entry is in it. Nothing beyond the signed size is given out here.
/// </summary>
internal static class LogEndpoints
{
    private const string Text = "text/plain; charset=utf-8", Bytes = "application/octet-stream";

    // A checkpoint is replaced by the next one; what a tile of hashes holds never changes. A bundle of entries changes once
    // something in it is withheld, so it is asked for each time.
    private const string ForSeconds = "public, max-age=5", ForEver = "public, max-age=31536000, immutable", EachTime = "public, no-cache";

    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/log/checkpoint", methods, static context => Signed(context) is { } signed
            ? AnswerAsync(context, System.Text.Encoding.UTF8.GetBytes(signed.Note), Text, ForSeconds)
            : NotSignedAsync(context, "No checkpoint was signed yet."));
        routes.MapMethods("/log/tile/{**rest}", methods, TileAsync);
        routes.MapMethods("/log/proof/{position}", methods, ProofAsync);
    }

    private static async Task TileAsync(HttpContext context)
    {
        var registry = context.RequestServices.GetRequiredService<Registry>();
        var tile = Tile.TryParse(context.Request.Path.Value!["/log/".Length..]);
        var bytes = tile is { } known && Signed(context) is { } signed
            ? await new TileSource(registry.Tree, registry.Log, registry.IsProven).ReadAsync(known, signed.Size, context.RequestAborted)
            : null;
        await (bytes is not null ? tile!.Value.Level == Tile.Entries ? BundleAsync(context, bytes) : AnswerAsync(context, bytes, Bytes, ForEver)
            : tile is null ? Problem.Of("no-such-address").WriteAsync(context)
            : NotSignedAsync(context, "The signed log has no such tile, or not yet."));
    }

    private static Task ProofAsync(HttpContext context)
    {
        var given = (string)context.Request.RouteValues["position"]!;
        if (!long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position.ToString(CultureInfo.InvariantCulture) != given)
        {
            return Problem.Of("unknown-entry").WriteAsync(context);
        }
        var registry = context.RequestServices.GetRequiredService<Registry>();
        if (Signed(context) is not { } signed || position >= signed.Size)
        {
            return position < registry.Head.Size
                ? NotSignedAsync(context, $"Entry {given} is recorded, and no checkpoint with it was signed yet.")
                : Problem.Of("unknown-entry").WriteAsync(context);
        }
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{given}{TlogProof.Extension}\"";
        var proof = TlogProof.Of(registry.Tree, position, SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(signed.Note)));
        return AnswerAsync(context, proof.ToBytes(), Text, ForSeconds);
    }

    private static Task BundleAsync(HttpContext context, byte[] bytes)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
        context.Response.Headers.ETag = tag;
        if (!Caching.Has(context.Request, tag))
        {
            return AnswerAsync(context, bytes, Bytes, EachTime);
        }
        context.Response.Headers.CacheControl = EachTime;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private static SignedHead? Signed(HttpContext context) => context.RequestServices.GetRequiredService<Cosigning>().Published;

    private static Task NotSignedAsync(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "10";
        return Problem.Of("not-signed", detail).WriteAsync(context);
    }

    private static async Task AnswerAsync(HttpContext context, byte[] bytes, string mediaType, string caching)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = caching;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
