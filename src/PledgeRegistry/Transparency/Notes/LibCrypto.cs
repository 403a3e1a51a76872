using System.Runtime.InteropServices;

namespace PledgeRegistry.Transparency.Notes;

/// <summary>
/// The few functions of OpenSSL's libcrypto 3 that Ed25519 needs, looked for when first asked for. Where it isn't there, that is
/// said; nothing crashes.
/// </summary>
internal sealed class LibCrypto
{
    /// <summary>EVP_PKEY_ED25519, the number of the algorithm.</summary>
    private const int Ed25519Type = 1087;

    // The first that loads and has the functions: by the number of its interface, then where package managers put it.
    private static readonly string[] Names =
    [
        "libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll",
        "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib", "libcrypto.so",
    ];

    private static readonly Lazy<(LibCrypto? Library, string? Missing)> Found = new(() => Find(Names));

    private readonly NewRawKey newPrivate, newPublic;
    private readonly GetRawKey getPublic;
    private readonly FreePointer freeKey, freeContext;
    private readonly NewPointer newContext;
    private readonly Init signInit, verifyInit;
    private readonly SignOnce sign;
    private readonly VerifyOnce verify;

    private LibCrypto(nint library)
    {
        newPrivate = Function<NewRawKey>(library, "EVP_PKEY_new_raw_private_key");
        newPublic = Function<NewRawKey>(library, "EVP_PKEY_new_raw_public_key");
        getPublic = Function<GetRawKey>(library, "EVP_PKEY_get_raw_public_key");
        freeKey = Function<FreePointer>(library, "EVP_PKEY_free");
        newContext = Function<NewPointer>(library, "EVP_MD_CTX_new");
        freeContext = Function<FreePointer>(library, "EVP_MD_CTX_free");
        signInit = Function<Init>(library, "EVP_DigestSignInit");
        sign = Function<SignOnce>(library, "EVP_DigestSign");
        verifyInit = Function<Init>(library, "EVP_DigestVerifyInit");
        verify = Function<VerifyOnce>(library, "EVP_DigestVerify");
    }

    private delegate nint NewRawKey(int type, nint engine, byte[] key, nuint length);
    private delegate int GetRawKey(nint key, byte[] target, ref nuint length);
    private delegate void FreePointer(nint pointer);
    private delegate nint NewPointer();
    private delegate int Init(nint context, nint keyContext, nint digest, nint engine, nint key);
    private delegate int SignOnce(nint context, byte[] signature, ref nuint length, byte[] data, nuint dataLength);
    private delegate int VerifyOnce(nint context, byte[] signature, nuint length, byte[] data, nuint dataLength);

    /// <summary>The library, or null.</summary>
    public static LibCrypto? Instance => Found.Value.Library;

    /// <summary>Why it is null.</summary>
    public static string? Missing => Found.Value.Missing;

    /// <summary>Looks for the library under these names, and tries it.</summary>
    internal static (LibCrypto? Library, string? Missing) Find(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var handle))
            {
                continue;
            }
            try
            {
                var library = new LibCrypto(handle);
                // A build without Ed25519 has the functions and refuses the algorithm.
                if (library.PublicKey(new byte[Ed25519.SeedBytes]) is not null)
                {
                    return (library, null);
                }
            }
            catch (EntryPointNotFoundException)
            {
                // An older one, or another library by that name.
            }
            NativeLibrary.Free(handle);
        }
        return (null, $"OpenSSL's libcrypto 3 isn't there, or has no Ed25519 (looked for {string.Join(", ", names)}).");
    }

    public byte[]? PublicKey(byte[] seed)
    {
        var key = newPrivate(Ed25519Type, 0, seed, (nuint)seed.Length);
        if (key == 0)
        {
            return null;
        }
        try
        {
            var target = new byte[Ed25519.PublicKeyBytes];
            var length = (nuint)target.Length;
            return getPublic(key, target, ref length) == 1 && length == (nuint)target.Length ? target : null;
        }
        finally
        {
            freeKey(key);
        }
    }

    public byte[]? Sign(byte[] seed, byte[] message)
    {
        var key = newPrivate(Ed25519Type, 0, seed, (nuint)seed.Length);
        var context = newContext();
        try
        {
            var signature = new byte[Ed25519.SignatureBytes];
            var length = (nuint)signature.Length;
            return key != 0 && context != 0 && signInit(context, 0, 0, 0, key) == 1
                && sign(context, signature, ref length, message, (nuint)message.Length) == 1 && length == (nuint)signature.Length ? signature : null;
        }
        finally
        {
            freeContext(context);
            freeKey(key);
        }
    }

    public bool Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        var key = newPublic(Ed25519Type, 0, publicKey, (nuint)publicKey.Length);
        var context = newContext();
        try
        {
            return key != 0 && context != 0 && verifyInit(context, 0, 0, 0, key) == 1
                && verify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        }
        finally
        {
            freeContext(context);
            freeKey(key);
        }
    }

    private static T Function<T>(nint library, string name) where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
