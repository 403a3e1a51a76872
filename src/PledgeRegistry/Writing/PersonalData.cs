using System.Text.RegularExpressions;

namespace PledgeRegistry.Writing;

/// <summary>
/// Finds in a text what looks like an e-mail address, a telephone number or the number of a person's document. It has
/// no place in a log that can't forget. Made to let pass what reports are full of: years, amounts, dates, resolution numbers.
/// </summary>
internal static partial class PersonalData
{
    // Every part of the patterns below is bounded, so that no text takes long.

    /// <summary>What was seen, and the character (from 1) at which it begins. Never the thing itself: a refusal may be kept.</summary>
    public sealed record Sighting(string Code, string What, int Character);

    // Fewer digits are no telephone or document number, and texts without them cost no search.
    private const int LeastDigits = 6;

    public static Sighting? Find(string text)
    {
        if (FindEmailAddress(text) is { } address)
        {
            return address;
        }
        var digits = 0;
        foreach (var c in text)
        {
            digits += char.IsDigit(c) ? 1 : 0;
        }
        return digits < LeastDigits ? null
            : Seen(TelephoneNumber().Match(text), "telephone-number", "a telephone number")
              ?? Seen(DocumentNumber().Match(text), "document-number", "the number of a person's document");
    }

    public static Sighting? FindEmailAddress(string text) =>
        text.Contains('@') ? Seen(EmailAddress().Match(text), "email-address", "an e-mail address") : null;

    private static Sighting? Seen(Match match, string code, string what) => match.Success ? new Sighting(code, what, match.Index + 1) : null;

    [GeneratedRegex(@"[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,}")]
    private static partial Regex EmailAddress();

    // International form (a plus sign and at least eight digits), or six digits and more after a word for telephone.
    [GeneratedRegex(@"(?<!\d)\+\(?\d(?:[\s().\u2010-\u2013-]{0,2}\d){7,14}(?!\d)"
        + @"|\b(?:tel|telephone|phone|mobile|cell|fax|whatsapp|tél|téléphone|tel[eé]fono|m[oó]vil|celular|هاتف)\b(?:\s{0,3}(?:no|nº|n°|number|número|numéro))?\s{0,3}[.:]{1,3}\s{0,3}\(?\d(?:[\s().\u2010-\u2013-]{0,2}\d){5,14}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TelephoneNumber();

    // A number after the name of a document (but not a span of years), or the form of Mexico's CURP.
    [GeneratedRegex(@"\b(?:passports?|pasaportes?|passeports?|identity card|id card|c[eé]dula|DUI|CURP|DNI|NIF|SSN)\b[\s.:#]{0,3}(?:(?:no|nº|n°|number|núm|número|numéro)\b)?[\s.:#]{0,3}"
        + @"(?!(?:19|20)\d\d\s?[\u2010-\u2013/-]\s?(?:19|20)\d\d)[a-z]{0,3}-?\d(?:[-.]?\d){5,20}"
        + @"|\b[a-z]{4}\d{6}[hmx][a-z]{5}[a-z0-9]\d\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DocumentNumber();
}
