using System.Security.Cryptography;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>A private key that signs notes. Holds a secret: dispose of it.</summary>
public abstract class NoteSigner : IDisposable
{
    private NoteSigner(VerifierKey key) => Key = key;

    /// <summary>The public key, under the name it signs with.</summary>
    public VerifierKey Key { get; }

    /// <summary>The bare signature of a note's text.</summary>
    public abstract byte[] Sign(ReadOnlySpan<byte> text);

    /// <summary>The private key as PKCS #8 (DER): a secret.</summary>
    public abstract byte[] Pkcs8();

    public abstract void Dispose();

    /// <exception cref="PlatformNotSupportedException">libcrypto isn't there.</exception>
    public static NoteSigner NewEd25519(string name) => new OfEd25519(name, Ed25519.NewSeed());

    /// <inheritdoc cref="NewEd25519"/>
    public static NoteSigner FromSeed(string name, ReadOnlySpan<byte> seed) => new OfEd25519(name, seed.ToArray());

    public static NoteSigner NewEcdsa(string name) => new OfEcdsa(name, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A key that was kept as PKCS #8.</summary>
    /// <exception cref="CryptographicException">It is none, or one of another algorithm or curve.</exception>
    /// <exception cref="PlatformNotSupportedException">It is an Ed25519 key, and libcrypto isn't there.</exception>
    public static NoteSigner FromPkcs8(string name, ReadOnlySpan<byte> pkcs8)
    {
        if (Ed25519.SeedOf(pkcs8) is { } seed)
        {
            return new OfEd25519(name, seed);
        }
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? new OfEcdsa(name, key)
                : throw new CryptographicException("The key is neither Ed25519 nor ECDSA on the curve P-256.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private sealed class OfEd25519(string name, byte[] seed) : NoteSigner(VerifierKey.OfEd25519(name, Ed25519.PublicKey(seed)))
    {
        public override byte[] Sign(ReadOnlySpan<byte> text) => Ed25519.Sign(seed, text);

        public override byte[] Pkcs8() => Ed25519.Pkcs8(seed);

        public override void Dispose() => CryptographicOperations.ZeroMemory(seed);
    }

    private sealed class OfEcdsa(string name, ECDsa key) : NoteSigner(VerifierKey.OfEcdsa(name, key.ExportSubjectPublicKeyInfo()))
    {
        public override byte[] Sign(ReadOnlySpan<byte> text)
        {
            lock (key)
            {
                return key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            }
        }

        public override byte[] Pkcs8() => key.ExportPkcs8PrivateKey();

        public override void Dispose() => key.Dispose();
    }
}
