using System.Security.Cryptography;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>
/// Ed25519 (RFC 8032), which the base library lacks, by OpenSSL's libcrypto where that is there. Ask <see cref="IsAvailable"/>
/// first: the other members throw <see cref="PlatformNotSupportedException"/> without it.
/// </summary>
public static class Ed25519
{
    /// <summary>Length of a private key (the seed), of a public key, and of a signature, in bytes.</summary>
    public const int SeedBytes = 32, PublicKeyBytes = 32, SignatureBytes = 64;

    // PKCS #8 and SPKI (RFC 8410) of this algorithm have one form each: these bytes, then the key.
    private static readonly byte[] Pkcs8Prefix = Convert.FromHexString("302e020100300506032b657004220420");
    private static readonly byte[] SpkiPrefix = Convert.FromHexString("302a300506032b6570032100");

    public static bool IsAvailable => LibCrypto.Instance is not null;

    /// <summary>Why it isn't available, and what can't be done therefore; null where it is.</summary>
    public static string? Missing => LibCrypto.Missing is { } why ? $"{why} Ed25519 signatures can be neither made nor checked here." : null;

    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedBytes);

    public static byte[] PublicKey(ReadOnlySpan<byte> seed) => Library.PublicKey(Exactly(seed, SeedBytes)) ?? throw Failed();

    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message) => Library.Sign(Exactly(seed, SeedBytes), message.ToArray()) ?? throw Failed();

    /// <summary>False for anything that isn't that key's signature of the message, of whatever length and form.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var library = Library;
        return publicKey.Length == PublicKeyBytes && signature.Length == SignatureBytes
            && library.Verify(publicKey.ToArray(), message.ToArray(), signature.ToArray());
    }

    /// <summary>A public key as SubjectPublicKeyInfo (DER), as openssl reads it.</summary>
    public static byte[] Spki(ReadOnlySpan<byte> publicKey) => [.. SpkiPrefix, .. Exactly(publicKey, PublicKeyBytes)];

    /// <summary>A private key as PKCS #8 (DER), as openssl reads and writes it.</summary>
    public static byte[] Pkcs8(ReadOnlySpan<byte> seed) => [.. Pkcs8Prefix, .. Exactly(seed, SeedBytes)];

    /// <summary>The seed in a PKCS #8 key; null where it is a key of another kind.</summary>
    public static byte[]? SeedOf(ReadOnlySpan<byte> pkcs8) =>
        pkcs8.Length == Pkcs8Prefix.Length + SeedBytes && pkcs8.StartsWith(Pkcs8Prefix) ? pkcs8[Pkcs8Prefix.Length..].ToArray() : null;

    private static LibCrypto Library => LibCrypto.Instance ?? throw new PlatformNotSupportedException(Missing);

    private static byte[] Exactly(ReadOnlySpan<byte> bytes, int length) =>
        bytes.Length == length ? bytes.ToArray() : throw new ArgumentException($"An Ed25519 key has {length} bytes, not {bytes.Length}.", nameof(bytes));

    private static CryptographicException Failed() => new("libcrypto could not do this with the key.");
}
