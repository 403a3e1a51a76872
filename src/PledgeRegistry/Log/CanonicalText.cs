using System.Buffers;
using System.Globalization;
using System.Text;

namespace PledgeRegistry.Log;

/// <summary>
/// Strings and numbers as RFC 8785 (JSON Canonicalization Scheme) writes them. Own code, because Newtonsoft.Json
/// escapes U+0085, U+2028 and U+2029, and RFC 8785 §3.2.2.2 doesn't.
/// </summary>
public static class CanonicalText
{
    /// <summary>The largest integer that every JSON reader keeps exactly (2^53 − 1).</summary>
    public const long MaxInteger = 9_007_199_254_740_991;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (char)i), '"', '\\']);

    /// <exception cref="FormatException">A surrogate without its partner: not text, so there is no canonical form.</exception>
    public static void WriteString(IBufferWriter<byte> target, ReadOnlySpan<char> text)
    {
        Write(target, "\""u8);
        while (true)
        {
            var next = text.IndexOfAny(Escaped);
            WriteUtf8(target, next < 0 ? text : text[..next]);
            if (next < 0)
            {
                break;
            }
            WriteEscape(target, text[next]);
            text = text[(next + 1)..];
        }
        Write(target, "\""u8);
    }

    public static void WriteInteger(IBufferWriter<byte> target, long value)
    {
        if (value is > MaxInteger or < -MaxInteger)
        {
            throw new FormatException($"{value} is beyond ±(2^53 − 1): amounts and long numbers are strings.");
        }
        var span = target.GetSpan(20);
        value.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        target.Advance(written);
    }

    /// <summary>A double as ECMAScript's Number::toString writes it (RFC 8785 §3.2.2.3).</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new FormatException("JSON has no NaN and no infinity.");
        }
        if (value == 0)
        {
            return "0";
        }
        // "R" has the shortest digits that round-trip; only where it puts the point differs from ECMAScript.
        var sign = value < 0 ? "-" : "";
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E');
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.');
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        var n = (point < 0 ? mantissa.Length : point) - (all.Length - significant.Length) + exponent;
        var digits = significant.TrimEnd('0');
        var k = digits.Length;
        return sign + (n switch
        {
            _ when k <= n && n <= 21 => digits + new string('0', n - k),
            > 0 and <= 21 => digits[..n] + "." + digits[n..],
            > -6 and <= 0 => "0." + new string('0', -n) + digits,
            _ => (k == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + (n > 0 ? "+" : "-") +
                 Math.Abs(n - 1).ToString(CultureInfo.InvariantCulture),
        });
    }

    internal static void Write(IBufferWriter<byte> target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target.GetSpan(bytes.Length));
        target.Advance(bytes.Length);
    }

    private static void WriteUtf8(IBufferWriter<byte> target, ReadOnlySpan<char> text)
    {
        var span = target.GetSpan(text.Length * 3);
        if (System.Text.Unicode.Utf8.FromUtf16(text, span, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new FormatException("The text has half of a character (a surrogate without its partner).");
        }
        target.Advance(written);
    }

    private static void WriteEscape(IBufferWriter<byte> target, char c)
    {
        switch (c)
        {
            case '"': Write(target, "\\\""u8); break;
            case '\\': Write(target, "\\\\"u8); break;
            case '\b': Write(target, "\\b"u8); break;
            case '\f': Write(target, "\\f"u8); break;
            case '\n': Write(target, "\\n"u8); break;
            case '\r': Write(target, "\\r"u8); break;
            case '\t': Write(target, "\\t"u8); break;
            default: Write(target, Encoding.ASCII.GetBytes($"\\u{(int)c:x4}")); break;
        }
    }
}
