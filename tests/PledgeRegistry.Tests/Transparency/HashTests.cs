using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Tests.Transparency;

public sealed class HashTests
{
    [Fact]
    public void A_hash_reads_back_from_its_text_and_its_bytes() => Seeded.Run(200, random =>
    {
        var hash = random.Digest();
        Assert.Equal(hash, Hash.Parse(hash.ToString()));
        Assert.Equal(hash, new Hash(hash.ToArray()));
        Assert.Equal(Convert.ToHexStringLower(hash.ToArray()), hash.ToString());
        var other = random.Digest();
        Assert.Equal(Math.Sign(string.CompareOrdinal(hash.ToString(), other.ToString())), Math.Sign(hash.CompareTo(other)));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Only_64_lower_case_hexadecimal_digits_are_a_hash(string? text) => Assert.False(Hash.TryParse(text, out _));

    [Fact]
    public void The_hash_of_nothing_is_the_published_one() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hash.Of([]).ToString());

    [Fact]
    public void A_hash_has_32_bytes() => Assert.Throws<ArgumentException>(() => new Hash(new byte[31]));
}
