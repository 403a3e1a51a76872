using System.Globalization;
using System.Text;
using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class SharedStringsTests
{
    // More than there are slots: many share one, and none may be taken for another.
    private static readonly string[] Names =
        [.. Enumerable.Range(0, 200_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"pledge/IMRF-2022-{i:0000}"))];

    [Fact]
    public void Names_that_share_a_slot_stay_apart() =>
        Parallel.ForEach(Names.Concat(Names), name => Assert.Equal(name, SharedStrings.Get(Encoding.UTF8.GetBytes(name))));

    [Fact]
    public void A_name_that_comes_again_is_made_once()
    {
        var name = "participant/only-in-this-test"u8;
        Assert.Same(SharedStrings.Get(name), SharedStrings.Get(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pledge/éè–مرحبا")]
    [InlineData("a-name-that-is-longer-than-those-that-are-kept-and-so-is-made-anew-each-time")]
    public void Any_text_comes_back_as_it_is(string text) => Assert.Equal(text, SharedStrings.Get(Encoding.UTF8.GetBytes(text)));
}
