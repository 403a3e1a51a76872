using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Writing;

/// <summary>
/// Finds in a text what looks like an e-mail address, a telephone number or the number of a person's document. It has
/// no place in a log that can't forget. Made to let pass what reports are full of: years, amounts, dates, resolution numbers.
/// </summary>
/// <remarks>
/// Measured on the prose and the planted identifiers in tests/PledgeRegistry.Tests/Guard. Every part of the patterns is
/// bounded, so that no text takes long. A digit is one of any script.
/// </remarks>
internal static partial class PersonalData
{
    /// <summary>What was seen, and the character (from 1) at which it begins. Never the thing itself: a refusal may be kept.</summary>
    public sealed record Sighting(string Code, string What, int Character);

    // Fewer digits are no telephone or document number; with so many, some form shows it, or a word before them.
    private const int LeastDigits = 6;

    // Of them as many are near each other: no more than so many characters lie between two of them, or so many letters.
    private const int LeastAfterWord = 5, MostBetween = 3, MostLettersBetween = 6;

    // Texts in which nothing was found lately: what a caller tried out, the writer decides again, on the very same text. A
    // fixed table of what isn't long; threads may race for a slot, and either text is right.
    private static readonly string?[] Clean = new string?[1 << 12];
    private const int LongestKept = 4_000;

    public static Sighting? Find(string text)
    {
        ref var slot = ref Clean[RuntimeHelpers.GetHashCode(text) & (Clean.Length - 1)];
        if (ReferenceEquals(Volatile.Read(ref slot), text))
        {
            return null;
        }
        var found = Search(text);
        if (found is null && text.Length <= LongestKept)
        {
            Volatile.Write(ref slot, text);
        }
        return found;
    }

    private static Sighting? Search(string text) => FindEmailAddress(text) ?? (MayHoldNumber(text) ? FindNumber(text) : null);

    /// <summary>By the patterns alone, which cost a hundred times as much as to ask whether they may match.</summary>
    internal static Sighting? FindNumber(string text) =>
        Seen(DocumentNumber().Match(text), "document-number", "the number of a person's document")
        ?? Seen(TelephoneNumber().Match(text), "telephone-number", "a telephone number");

    /// <summary>
    /// Whether there are as many digits, as near to each other, as the shortest number has: of the forms that are seen after a
    /// word, of those that begin with letters, or of all others. A test holds the patterns against it.
    /// </summary>
    internal static bool MayHoldNumber(string text)
    {
        var (all, near, between, spaced, lettered) = (0, 0, 0, false, false);
        bool? worded = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsDigit(c))
            {
                all++;
                near = between <= (spaced ? MostBetween : MostLettersBetween) ? near + 1 : 1;
                lettered = near == 1 ? i > 0 && char.IsLetter(text[i - 1]) : lettered;
                (between, spaced) = (0, false);
                if (near > LeastDigits || (all >= LeastDigits && near >= LeastAfterWord && (lettered || (worded ??= text.AsSpan().ContainsAny(Words)))))
                {
                    return true;
                }
            }
            else
            {
                between += char.IsLetter(c) || char.IsWhiteSpace(c) || c is '-' or '(' or ')' or '.' or (>= '\u2010' and <= '\u2013') ? 1 : MostLettersBetween + 1;
                spaced |= !char.IsLetter(c) && c != '-';
            }
        }
        return false;
    }

    public static Sighting? FindEmailAddress(string text) =>
        (text.Contains('@') ? Seen(EmailAddress().Match(text), "email-address", "an e-mail address") : null)
        ?? Seen(SpelledAddress().Match(text), "email-address", "an e-mail address");

    private static Sighting? Seen(Match match, string code, string what) => match.Success ? new Sighting(code, what, match.Index + 1) : null;
}
