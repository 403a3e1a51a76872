using System.Text;
using System.Text.Json;

namespace PledgeRegistry.Private;

/// <summary>What every engine of the private store checks and writes alike.</summary>
public static class PrivateTexts
{
    /// <summary>The subject of the access log's lines about a backup and a restore.</summary>
    public const string Everything = "everything";

    /// <summary>A contact's details as they are stored: JSON.</summary>
    /// <exception cref="PrivateLimitException">One is too long.</exception>
    public static string OfDetails(ContactDetails details)
    {
        foreach (var (field, text, most) in new[]
                 {
                     ("name", details.Name, IPrivateStore.MaxShortText), ("email", details.Email, IPrivateStore.MaxShortText), ("telephone", details.Telephone, IPrivateStore.MaxShortText),
                     ("languages", string.Join(' ', details.Languages), IPrivateStore.MaxShortText), ("note", details.Note, IPrivateStore.MaxNote),
                 })
        {
            if (text?.Length > most)
            {
                throw new PrivateLimitException(field, most);
            }
        }
        return JsonSerializer.Serialize(details, JsonSerializerOptions.Web);
    }

    /// <param name="stored">What <see cref="OfDetails"/> made; null: erased.</param>
    public static ContactDetails? DetailsOf(string? stored) => stored is null ? null : JsonSerializer.Deserialize<ContactDetails>(stored, JsonSerializerOptions.Web);

    /// <exception cref="PrivateLimitException">The form's values are too long.</exception>
    public static void CheckForm(string form)
    {
        if (Encoding.UTF8.GetByteCount(form) > IPrivateStore.MaxFormBytes)
        {
            throw new PrivateLimitException("form", IPrivateStore.MaxFormBytes);
        }
    }

    /// <summary>An id as the access log may hold it. Anything that ids aren't made of may be about a person, and that log isn't erased.</summary>
    public static string Known(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '*' or '/') ? id : "?";

    /// <summary>A stored word of an enumeration.</summary>
    public static T Word<T>(string code) where T : struct, Enum => Kebab.TryParse(code, out T value) ? value : throw new FormatException($"'{code}' is no {typeof(T).Name}.");

    /// <summary>Times are stored as milliseconds since 1970 (UTC).</summary>
    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
