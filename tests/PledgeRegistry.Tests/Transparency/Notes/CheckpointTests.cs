using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Notes;

public sealed class CheckpointTests
{
    private const string Body = "example.org/registry\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

    [Fact]
    public void A_body_is_three_lines() => Assert.Equal(Body, new Checkpoint("example.org/registry", 0, MerkleTree.EmptyRoot).ToString());

    [Fact]
    public void A_body_is_read_as_it_was_written()
    {
        var checkpoint = new Checkpoint("example.org/registry", 9_876_543_210, Hash.Of([1]));
        Assert.Equal(checkpoint, Checkpoint.Parse(checkpoint.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org/registry\n0\n")]
    [InlineData("example.org/registry\n00\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("example.org/registry\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("example.org/registry\n 1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("example.org/registry\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("example.org/registry\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("example.org/registry\n0\n47DEQpj8HBSa\n")]
    [InlineData("example.org/registry\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n")]
    [InlineData("two words\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    public void What_is_no_body_is_refused(string body) => Assert.Throws<FormatException>(() => Checkpoint.Parse(body));

    [Theory]
    [InlineData("example.org", true)]
    [InlineData("registry.example.org/log", true)]
    [InlineData("https://example.org/log", false)]
    [InlineData("example.org/", false)]
    [InlineData("example.org//log", false)]
    [InlineData("example.org/my log", false)]
    [InlineData("example.org/a+b", false)]
    [InlineData("example", false)]
    [InlineData("/log", false)]
    [InlineData("", false)]
    public void An_origin_is_a_URL_without_scheme(string origin, bool good) => Assert.Equal(good, Checkpoint.IsOrigin(origin));
}
