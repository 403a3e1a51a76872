using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Tests.Rules;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class FastDecoderTests
{
    [Fact]
    public void Any_event_is_read_back_as_it_was_written() => Seeded.Run(40, random =>
    {
        foreach (var type in RandomEvents.Types)
        {
            var data = StoredJson.Encode(random.Event(type));
            var read = FastDecoder.TryDecode(data, type);
            Assert.NotNull(read);
            Assert.Equal(type, read.GetType());
            Assert.Equal(Encoding.UTF8.GetString(data), Encoding.UTF8.GetString(StoredJson.EncodeReference(read, out _)));
        }
    });

    [Fact]
    public void Every_type_of_event_has_a_fast_reader() => Assert.All(
        Samples.Events.Concat(Samples.LeastEvents), e => Assert.NotNull(FastDecoder.TryDecode(StoredJson.Encode(e), e.GetType())));

    [Theory]
    [InlineData("""{"reason":"so","from":{"date":"2023"}}""")]
    [InlineData("""{"from":{"date":"2023"},"from":{"date":"2023"},"reason":"so"}""")]
    [InlineData("""{"from":{"date":"2023"}}""")]
    [InlineData("""{"from":{"date":"2023"},"reason":null}""")]
    [InlineData("""{"from":{"date":"2023","words":null},"reason":"so"}""")]
    [InlineData("""{"from":{"date":"2023"},"reason":"so","what":1}""")]
    [InlineData("""{"from":"2023","reason":"so"}""")]
    [InlineData("""{"from":{"date":"2023"},"reason":1}""")]
    [InlineData("""{"from":{"date":"2023"},"reason":"so"} """ + "1")]
    [InlineData("""{"from":{"date":"2023"},"reason":"so\ud83d"}""")]
    [InlineData("""["so"]""")]
    [InlineData("")]
    public void What_is_not_in_canonical_form_is_left_to_others(string data) =>
        Assert.Null(FastDecoder.TryDecode(Encoding.UTF8.GetBytes(data), typeof(PledgeEvent.Withdrawn)));
}
