using System.Globalization;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>What a log says of itself: the body of a checkpoint of C2SP's tlog-checkpoint.</summary>
/// <param name="Origin">The log's name for ever: a URL without scheme, without space and plus sign.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">Their Merkle root.</param>
public sealed record Checkpoint(string Origin, long Size, Hash Root)
{
    /// <summary>The most bytes of UTF-8 that a log is named with.</summary>
    public const int MaxOrigin = 200;

    /// <summary>True for an origin as this registry gives itself: a host name, and perhaps a path.</summary>
    public static bool IsOrigin(string origin) =>
        VerifierKey.IsName(origin) && origin.Length <= MaxOrigin && Ascii(origin) && !origin.Contains("//", StringComparison.Ordinal) && !origin.EndsWith('/')
        && origin.Split('/')[0] is var host && host.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns;

    /// <summary>The three lines.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>Reads the text of a note.</summary>
    /// <exception cref="FormatException">It isn't a checkpoint's.</exception>
    public static Checkpoint Parse(string text)
    {
        if (text.Split('\n') is [var origin, var size, var root, ""] && VerifierKey.IsName(origin)
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && size == number.ToString(CultureInfo.InvariantCulture)
            && StrictBase64.TryDecode(root) is { Length: Hash.Length } hash)
        {
            return new Checkpoint(origin, number, new Hash(hash));
        }
        throw new FormatException("A checkpoint's body is three lines: origin, size in decimal, root in base64.");
    }

    private static bool Ascii(string text) => System.Text.Ascii.IsValid(text);
}
