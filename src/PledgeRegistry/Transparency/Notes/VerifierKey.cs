using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>What a verification of one signature found.</summary>
public enum SignatureOutcome
{
    Good,
    Bad,

    /// <summary>It could not be looked at: a kind of key that isn't known, or Ed25519 where libcrypto is absent.</summary>
    NotChecked,
}

/// <summary>A public key that signs notes, under a name: a verifier key of C2SP's signed-note.</summary>
/// <param name="Name">Whose it is: the log's origin. No space, no plus sign.</param>
/// <param name="Type">Kind of signature: one of the constants here.</param>
/// <param name="Key">Ed25519: the 32 bytes. ECDSA: SubjectPublicKeyInfo (DER).</param>
public sealed record VerifierKey(string Name, byte Type, ReadOnlyMemory<byte> Key)
{
    /// <summary>Kinds of signature: Ed25519; ECDSA P-256 (DER) over SHA-256; a witness's cosignature with its time, Ed25519.</summary>
    public const byte Ed25519Type = 0x01, EcdsaType = 0x02, CosignatureType = 0x04;

    /// <summary>Four bytes that lead a verifier to the key; not a proof of anything.</summary>
    public uint Id { get; } = IdOf(Name, Type, Key.Span);

    /// <summary>The id as eight hexadecimal digits.</summary>
    public string IdText => Id.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The algorithm's name for a person.</summary>
    public string Algorithm => Type switch
    {
        Ed25519Type => "Ed25519",
        EcdsaType => "ECDSA P-256",
        CosignatureType => "Ed25519 cosignature",
        _ => string.Create(CultureInfo.InvariantCulture, $"kind {Type}"),
    };

    public static VerifierKey OfEd25519(string name, ReadOnlySpan<byte> publicKey) => new(name, Ed25519Type, publicKey.ToArray());

    /// <summary>The key of a witness.</summary>
    public static VerifierKey OfWitness(string name, ReadOnlySpan<byte> publicKey) => new(name, CosignatureType, publicKey.ToArray());

    public static VerifierKey OfEcdsa(string name, ReadOnlySpan<byte> spki) => new(name, EcdsaType, spki.ToArray());

    /// <summary>A name that a key may have: visible, without space or plus sign.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 255 && !name.Contains('+', StringComparison.Ordinal) && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c));

    /// <summary>A line as <see cref="ToString"/> writes it; null where it isn't one, or its id isn't that of its key.</summary>
    public static VerifierKey? TryParse(string line)
    {
        if (line.Split('+', 3) is not [var name, { Length: 8 } id, var encoded] || !IsName(name)
            || !uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) || id.Any(char.IsAsciiLetterUpper)
            || StrictBase64.TryDecode(encoded) is not [var type, .. { Length: > 0 } key])
        {
            return null;
        }
        var fits = type switch
        {
            Ed25519Type or CosignatureType => key.Length == Ed25519.PublicKeyBytes,
            EcdsaType => IsP256(key),
            _ => true,
        };
        var parsed = fits ? new VerifierKey(name, type, key) : null;
        return parsed?.Id == number ? parsed : null;
    }

    /// <summary>The verifier key line: <c>name+id+base64(type ‖ key)</c>.</summary>
    public override string ToString() => $"{Name}+{IdText}+{Convert.ToBase64String([Type, .. Key.Span])}";

    public bool Equals(VerifierKey? other) => other is not null && Name == other.Name && Type == other.Type && Key.Span.SequenceEqual(other.Key.Span);

    public override int GetHashCode() => HashCode.Combine(Name, Id);

    /// <summary>The key as SubjectPublicKeyInfo (PEM), as openssl reads it; null for a kind that isn't known.</summary>
    public string? SpkiPem => Type switch
    {
        Ed25519Type or CosignatureType => PemEncoding.WriteString("PUBLIC KEY", Ed25519.Spki(Key.Span)),
        EcdsaType => PemEncoding.WriteString("PUBLIC KEY", Key.Span),
        _ => null,
    };

    /// <summary>Holds a signature against this key.</summary>
    public SignatureOutcome Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Type switch
    {
        Ed25519Type => !Ed25519.IsAvailable ? SignatureOutcome.NotChecked : Outcome(Ed25519.Verify(Key.Span, message, signature)),
        EcdsaType => Outcome(VerifyEcdsa(message, signature)),
        CosignatureType => !Ed25519.IsAvailable ? SignatureOutcome.NotChecked : Outcome(Cosignature.Verify(Key.Span, message, signature)),
        _ => SignatureOutcome.NotChecked,
    };

    private static SignatureOutcome Outcome(bool good) => good ? SignatureOutcome.Good : SignatureOutcome.Bad;

    private bool VerifyEcdsa(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Key.Span, out _);
            // Read here, so that what is DER and what isn't doesn't depend on the platform.
            return FixedForm(signature) is { } fixedForm && key.VerifyData(message, fixedForm, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // Two whole numbers of at most 32 bytes, strictly DER; null for anything else.
    private static byte[]? FixedForm(ReadOnlySpan<byte> der)
    {
        try
        {
            var reader = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            var (r, s) = (sequence.ReadInteger(), sequence.ReadInteger());
            sequence.ThrowIfNotEmpty();
            reader.ThrowIfNotEmpty();
            var both = new byte[64];
            return r.Sign > 0 && s.Sign > 0 && r.GetByteCount(isUnsigned: true) <= 32 && s.GetByteCount(isUnsigned: true) <= 32
                && r.TryWriteBytes(both.AsSpan(32 - r.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true)
                && s.TryWriteBytes(both.AsSpan(64 - s.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true) ? both : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static bool IsP256(byte[] spki)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            return read == spki.Length && key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // An ECDSA key's id has neither name nor kind in it: so it was before the format had kinds.
    private static uint IdOf(string name, byte type, ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32BigEndian(
        type == EcdsaType ? SHA256.HashData(key) : SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. key]));
}
