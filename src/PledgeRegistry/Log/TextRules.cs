using System.Buffers;

namespace PledgeRegistry.Log;

/// <summary>A text that can't be recorded; the message says which character, where, and why.</summary>
public sealed class TextRefusedException(string reason, string? field = null)
    : FormatException(string.IsNullOrEmpty(field) ? reason : $"{field}: {reason}")
{
    /// <summary>Which character and why, without where.</summary>
    public string Reason { get; } = reason;

    /// <summary>The path of the text in the value that was to be recorded (<c>content.names.en</c>); null where there is none.</summary>
    public string? Field { get; } = string.IsNullOrEmpty(field) ? null : field;
}

/// <summary>
/// What may stand in recorded text: any Unicode text without control characters other than tab and line ends, without
/// half characters, and without the bidirectional embeddings and overrides (U+202A–202E) that make a text look like
/// another. Left-to-right and right-to-left marks and balanced isolates (U+2066–2069) are allowed.
/// </summary>
public static class TextRules
{
    private static readonly SearchValues<char> PlainAscii =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(i => (char)i), '\n', '\t']);

    public static bool IsPlainAscii(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(PlainAscii);

    /// <exception cref="TextRefusedException">The text breaks a rule.</exception>
    public static void Check(string text)
    {
        var isolates = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var fault = c switch
            {
                '\t' or '\n' => null,
                '\r' => null,
                < ' ' or (>= '\u007f' and <= '\u009f') => "a control character",
                >= '\u202a' and <= '\u202e' => "a bidirectional embedding or override, which can make a text read as another",
                '\ufffe' or '\uffff' => "a character that Unicode keeps out of text",
                _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) => null,
                _ when char.IsSurrogate(c) => "half of a character (a surrogate without its partner)",
                _ => null,
            };
            if (fault is not null)
            {
                throw new TextRefusedException($"Character {i + 1} (U+{(int)c:X4}) is {fault}; take it out.");
            }
            if (char.IsHighSurrogate(c))
            {
                i++;
            }
            isolates += c switch { '\u2066' or '\u2067' or '\u2068' => 1, '\u2069' => -1, _ => 0 };
            if (isolates < 0)
            {
                break;
            }
        }
        if (isolates != 0)
        {
            throw new TextRefusedException("A bidirectional isolate (U+2066–2068) isn't closed by U+2069, or is closed without being open.");
        }
    }
}
