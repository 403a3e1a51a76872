using System.Globalization;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Web.Api;

namespace PledgeRegistry.Web.Pages;

/// <summary>What proves the registry to somebody who doesn't trust its operator, and how to check it. As it is now, at no basis.</summary>
public sealed class ProofPage(Show show) : RegistryPage(show), IWithoutBasis
{
    internal ProofView View { get; private set; } = null!;

    internal ProofCommands Commands { get; private set; } = null!;

    /// <summary>The entry that the page shows how to check: the one that was asked for, or the last one where none was; null while there is none.</summary>
    public long? Entry { get; private set; }

    /// <summary>What was asked for, as it was written; null where nothing was.</summary>
    public string? Asked { get; private set; }

    /// <summary>Why what was asked for is no entry; null where it is one. No other is shown in its place.</summary>
    public string? WrongEntry { get; private set; }

    /// <summary>True where the checkpoint has that entry.</summary>
    public bool IsSigned => Entry is { } entry && entry < (View.Checkpoint?.Size ?? 0);

    internal IEnumerable<VerifierKey> Signing => View.Keys.Where(k => k.SignsTo is null).Select(k => VerifierKey.TryParse(k.VerifierKey)!);

    public void OnGet(string? entry)
    {
        View = ProofView.Of(HttpContext.RequestServices);
        Commands = new ProofCommands($"{Request.Scheme}://{Request.Host}");
        Asked = string.IsNullOrEmpty(entry) ? null : entry;
        if (Asked is null)
        {
            Entry = View.Recorded == 0 ? null : (View.Checkpoint?.Size ?? View.Recorded) - 1;
        }
        else if (Request.Query["entry"].Count == 1 && long.TryParse(Asked, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked < View.Recorded)
        {
            Entry = asked;
        }
        else
        {
            WrongEntry = NoEntry(Asked);
            // A number may be an entry's one day; anything else never.
            Response.StatusCode = Asked.All(char.IsAsciiDigit) ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
        }
        Response.Headers.CacheControl = "no-cache";
    }
}
