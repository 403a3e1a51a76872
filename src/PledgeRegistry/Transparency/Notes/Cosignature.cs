using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>
/// A witness's signature under a checkpoint, of C2SP's tlog-cosignature: a time in seconds, eight bytes, and Ed25519 over that time and the
/// checkpoint's body. It says that at that time this was the largest tree of the log that the witness had seen, and consistent with all before it.
/// </summary>
public static class Cosignature
{
    private const int TimeBytes = 8;

    /// <summary>When the witness says it signed; null where the bytes are no cosignature.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlySpan<byte> signature) =>
        signature.Length == TimeBytes + Ed25519.SignatureBytes && BinaryPrimitives.ReadInt64BigEndian(signature) is var time && time >= 0 && time <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(time)
            : null;

    internal static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        TimeOf(signature) is { } time && Ed25519.Verify(publicKey, Message(time, text), signature[TimeBytes..]);

    internal static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> text, DateTimeOffset time)
    {
        var signature = new byte[TimeBytes + Ed25519.SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(signature, time.ToUnixTimeSeconds());
        Ed25519.Sign(seed, Message(time, text)).CopyTo(signature.AsSpan(TimeBytes));
        return signature;
    }

    private static byte[] Message(DateTimeOffset time, ReadOnlySpan<byte> text) =>
        [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time.ToUnixTimeSeconds()}\n")), .. text];
}

/// <summary>A witness's key. Holds a secret: dispose of it.</summary>
public sealed class Cosigner(string name, byte[] seed) : IDisposable
{
    /// <summary>The public key, under the witness's name.</summary>
    public VerifierKey Key { get; } = VerifierKey.OfWitness(name, Ed25519.PublicKey(seed));

    /// <summary>The signature line for a checkpoint's body, at a time.</summary>
    public NoteSignature Sign(string text, DateTimeOffset time) => new(Key.Name, Key.Id, Cosignature.Sign(seed, Encoding.UTF8.GetBytes(text), time));

    public void Dispose() => System.Security.Cryptography.CryptographicOperations.ZeroMemory(seed);
}
