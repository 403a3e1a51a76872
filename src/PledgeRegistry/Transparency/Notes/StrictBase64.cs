namespace PledgeRegistry.Transparency.Notes;

/// <summary>Standard base64 with padding, in the one form that encodes its bytes: no white space, no stray bits.</summary>
internal static class StrictBase64
{
    /// <summary>The bytes, or null where the text isn't what encoding them gives.</summary>
    public static byte[]? TryDecode(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }
}
