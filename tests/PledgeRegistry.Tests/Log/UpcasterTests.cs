using System.Text;
using Newtonsoft.Json.Linq;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class UpcasterTests
{
    // As if a withdrawal had once been stored with its day alone, and before that under another name for the reason.
    private static readonly EntryCodec Codec = new(new Upcasters(
    [
        new Upcaster("pledge-withdrawn.v0", "pledge-withdrawn.v1", data =>
        {
            data["from"] = new JObject { ["date"] = data["from"] };
            return data;
        }),
        new Upcaster("pledge-taken-back.v0", "pledge-withdrawn.v0", data => new JObject { ["from"] = data["on"], ["reason"] = data["why"] }),
    ]));

    private static readonly PledgeEvent.Withdrawn Expected = new(new EffectiveDate("2023-06"), "moved");

    [Theory]
    [InlineData("pledge-withdrawn.v0", "{\"from\":\"2023-06\",\"reason\":\"moved\"}")]
    [InlineData("pledge-taken-back.v0", "{\"on\":\"2023-06\",\"why\":\"moved\"}")]
    [InlineData("pledge-withdrawn.v1", "{\"from\":{\"date\":\"2023-06\"},\"reason\":\"moved\"}")]
    public void An_event_as_it_was_once_stored_is_read_in_its_newest_shape(string type, string data)
    {
        var bytes = Stored(type, data);
        var (fast, reference) = (Codec.Decode(bytes), Codec.DecodeReference(bytes));
        Assert.Equal(Expected, fast.Event);
        Assert.Equal(Expected, reference.Event);
        Assert.Equal(type, fast.Type);
        Assert.Equal(type, reference.Type);
    }

    [Theory]
    [InlineData("{\"from\":5,\"reason\":\"moved\"}")]
    [InlineData("{\"reason\":\"moved\"}")]
    [InlineData("{\"from\":\"2023-06\"}")]
    public void What_an_upcaster_can_make_nothing_of_is_damage(string data)
    {
        var bytes = Stored("pledge-withdrawn.v0", data);
        Assert.Throws<LogDamagedException>(() => Codec.Decode(bytes));
        Assert.Throws<LogDamagedException>(() => Codec.DecodeReference(bytes));
    }

    [Fact]
    public void An_upcaster_that_throws_is_told_as_damage_and_not_as_a_crash()
    {
        var codec = new EntryCodec(new Upcasters([new Upcaster("pledge-withdrawn.v0", "pledge-withdrawn.v1", _ => throw new InvalidCastException("no"))]));
        Assert.Throws<LogDamagedException>(() => codec.Decode(Stored("pledge-withdrawn.v0", "{}")));
    }

    [Theory]
    [InlineData("pledge-withdrawn.v0")]
    [InlineData("pledge-withdrawn.v2")]
    [InlineData("Pledge-Withdrawn.v1")]
    [InlineData("")]
    public void A_type_that_nothing_reads_stops_the_reader(string type)
    {
        var bytes = Stored(type, "{\"from\":{\"date\":\"2023-06\"},\"reason\":\"moved\"}");
        Assert.Equal(type, Assert.Throws<UnknownEventTypeException>(() => EntryCodec.Current.Decode(bytes)).Type);
        Assert.Equal(type, Assert.Throws<UnknownEventTypeException>(() => EntryCodec.Current.DecodeReference(bytes)).Type);
    }

    [Fact]
    public void A_series_of_before_there_was_a_clock_reports_once_a_year_and_is_told_weeks_before()
    {
        const string Settings = "{\"names\":{\"en\":\"A\"},\"reviewsApply\":false,\"silentAfterMonths\":6}";
        var expected = new SeriesSettings(Texts.Of(("en", "A")), null, ReportingMonths: 12, NoticeWeeks: 8, SilentAfterMonths: 6, EarlyNoticeWeeks: 4, ReviewsApply: false, null);
        var opened = EntryCodec.Current.Decode(Stored("series-opened.v1", $"{{\"settings\":{Settings}}}"));
        Assert.Equal("series-opened.v1", opened.Type);
        Assert.Equal(new SeriesEvent.Opened(expected), opened.Event);
        var changed = EntryCodec.Current.Decode(Stored("series-settings-changed.v1", $"{{\"reason\":\"agreed\",\"settings\":{Settings}}}"));
        Assert.Equal(new SeriesEvent.SettingsChanged(expected, "agreed"), changed.Event);
    }

    [Fact]
    public void A_chain_that_ends_nowhere_stops_the_reader()
    {
        var codec = new EntryCodec(new Upcasters([new Upcaster("pledge-withdrawn.v1", "pledge-withdrawn.v9", d => d)]));
        Assert.Throws<UnknownEventTypeException>(() => codec.Decode(Stored("pledge-withdrawn.v1", "{}")));
    }

    [Fact]
    public void Upcasters_that_lead_in_a_circle_or_read_the_same_name_are_refused_at_once()
    {
        static Upcaster From(string from, string to) => new(from, to, d => d);
        Assert.Throws<ArgumentException>(() => new Upcasters([From("a.v1", "a.v1")]));
        Assert.Throws<ArgumentException>(() => new Upcasters([From("a.v1", "a.v2"), From("a.v2", "a.v3"), From("a.v3", "a.v2")]));
        Assert.Throws<ArgumentException>(() => new Upcasters([From("a.v1", "a.v2"), From("a.v1", "a.v3")]));
        Assert.True(new Upcasters([From("a.v1", "a.v2"), From("a.v2", "a.v3")]).Applies("a.v1"));
    }

    private static byte[] Stored(string type, string data) =>
        EntryCodec.Encode(new RandomEvents(7).Entry(Expected) with { Type = type }, Encoding.UTF8.GetBytes(data));
}
