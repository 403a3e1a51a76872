using PledgeRegistry.Transparency.Notes;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Notes;

public sealed class Ed25519Tests
{
    [Fact]
    public void Where_libcrypto_is_absent_that_is_said_and_nothing_crashes()
    {
        var (library, missing) = LibCrypto.Find(["no-such-library-anywhere.so"]);
        Assert.Null(library);
        Assert.Contains("no-such-library-anywhere.so", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_library_of_that_name_is_passed_over()
    {
        // A library that is there on every Linux, and has none of the functions.
        var (library, missing) = LibCrypto.Find(["libc.so.6"]);
        Assert.Null(library);
        Assert.NotNull(missing);
        Assert.NotNull(LibCrypto.Find(["libc.so.6", "libcrypto.so.3", "libcrypto.3.dylib"]).Library);
    }

    [Fact]
    public void A_key_comes_back_from_PKCS_8_as_it_was()
    {
        var seed = Ed25519.NewSeed();
        Assert.Equal(seed, Ed25519.SeedOf(Ed25519.Pkcs8(seed)));
        Assert.Null(Ed25519.SeedOf([.. Ed25519.Pkcs8(seed), 0]));
        Assert.Null(Ed25519.SeedOf(seed));
    }

    [Fact]
    public void What_has_the_wrong_length_is_no_key_and_no_signature()
    {
        var seed = Ed25519.NewSeed();
        var (key, signature) = (Ed25519.PublicKey(seed), Ed25519.Sign(seed, [1]));
        Assert.True(Ed25519.Verify(key, [1], signature));
        Assert.False(Ed25519.Verify(key.AsSpan(1), [1], signature));
        Assert.False(Ed25519.Verify(key, [1], signature.AsSpan(1)));
        Assert.False(Ed25519.Verify(key, [1], []));
        Assert.Throws<ArgumentException>(() => Ed25519.Sign(seed.AsSpan(1), [1]));
    }

    [Fact]
    public void Many_threads_sign_and_verify_at_once()
    {
        var seed = Ed25519.NewSeed();
        var key = Ed25519.PublicKey(seed);
        Parallel.For(0, 200, i => Assert.True(Ed25519.Verify(key, BitConverter.GetBytes(i), Ed25519.Sign(seed, BitConverter.GetBytes(i)))));
    }
}
