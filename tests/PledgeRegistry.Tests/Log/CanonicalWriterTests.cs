using System.Buffers;
using System.Text;
using Newtonsoft.Json;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class CanonicalWriterTests
{
    [Fact]
    public void Any_event_of_any_type_is_written_in_canonical_form() => Seeded.Run(40, random =>
    {
        foreach (var type in RandomEvents.Types)
        {
            var data = StoredJson.Encode(random.Event(type), out var normalized);
            Assert.False(normalized);
            Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Canonicalize(data)), Encoding.UTF8.GetString(data));
        }
    });

    [Fact]
    public void Any_entry_is_written_in_canonical_form() => Seeded.Run(500, random =>
    {
        var bytes = RandomEvents.Encode(random.Entry());
        Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Canonicalize(bytes)), Encoding.UTF8.GetString(bytes));
    });

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("a", "B")]
    [InlineData("\uff5e", "\U0001F600")]
    public void Keys_out_of_ordinal_order_are_a_programming_error(string first, string second)
    {
        using var writer = new CanonicalWriter(new ArrayBufferWriter<byte>());
        writer.WriteStartObject();
        writer.WritePropertyName(first);
        writer.WriteValue(1);
        Assert.Throws<InvalidOperationException>(() => writer.WritePropertyName(second));
    }

    [Fact]
    public void A_name_that_is_not_composed_is_refused()
    {
        var settings = new SeriesSettings(Texts.Of(("e\u0301", "text")), null, 12, 8, 12, 4, false, null);
        Assert.Contains("NFC", Assert.Throws<TextRefusedException>(() => StoredJson.Encode(settings)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_have_no_place_in_an_entry_are_a_programming_error()
    {
        Action<JsonWriter>[] writes =
        [
            w => w.WriteValue(1.5), w => w.WriteValue(1.5f), w => w.WriteValue(1.5m), w => w.WriteValue((double?)2), w => w.WriteValue(DateTime.UnixEpoch),
            w => w.WriteValue(DateTimeOffset.UnixEpoch), w => w.WriteValue(Guid.Empty), w => w.WriteValue(TimeSpan.Zero), w => w.WriteValue(new byte[1]),
            w => w.WriteValue(new Uri("https://example.org/")), w => w.WriteValue('a'), w => w.WriteValue((byte)1), w => w.WriteValue((sbyte)1), w => w.WriteValue((short)1),
            w => w.WriteValue((ushort)1), w => w.WriteValue(1u), w => w.WriteValue(1ul), w => w.WriteRaw("1"), w => w.WriteRawValue("1"),
            w => w.WriteComment("1"), w => w.WriteUndefined(), w => w.WriteStartConstructor("Date"),
        ];
        foreach (var write in writes)
        {
            var target = new ArrayBufferWriter<byte>();
            using var writer = new CanonicalWriter(target);
            Assert.Throws<InvalidOperationException>(() => write(writer));
            Assert.Equal(0, target.WrittenCount);
        }
    }

    [Theory]
    [InlineData(CanonicalText.MaxInteger, true)]
    [InlineData(-CanonicalText.MaxInteger, true)]
    [InlineData(CanonicalText.MaxInteger + 1, false)]
    [InlineData(-CanonicalText.MaxInteger - 1, false)]
    [InlineData(long.MinValue, false)]
    public void Integers_end_where_some_readers_would_round_them(long value, bool written)
    {
        var target = new ArrayBufferWriter<byte>();
        using var writer = new CanonicalWriter(target);
        if (written)
        {
            writer.WriteValue(value);
            Assert.Equal($"{value}", Encoding.UTF8.GetString(target.WrittenSpan));
        }
        else
        {
            Assert.Throws<FormatException>(() => writer.WriteValue(value));
        }
    }

    [Fact]
    public void A_refused_text_is_named_by_its_path()
    {
        var refused = Assert.Throws<TextRefusedException>(() => StoredJson.Encode(
            new MeetingEvent.ClustersSet([new Cluster("RT1", ["GCM-01", "GCM-\u202e15"])], "notes")));
        Assert.Equal("clusters[0].items[1]", refused.Field);
        Assert.Equal("Character 5 (U+202E) is a bidirectional embedding or override, which can make a text read as another; take it out.", refused.Reason);
        Assert.Equal("names.en", Assert.Throws<TextRefusedException>(() => StoredJson.Encode(
            new ParticipantEvent.Renamed(Texts.Of(("en", "a\0")), "why", "notes"))).Field);
    }

    [Fact]
    public void Null_in_a_list_is_refused_before_it_gets_into_the_log()
    {
        var refused = Assert.Throws<TextRefusedException>(() => StoredJson.Encode(
            new ParticipantEvent.Registered("state", Texts.None, null, "notes", [new RoleIn("member", "RCM"), null!])));
        Assert.Equal("membersByRole[1]", refused.Field);
    }

    [Fact]
    public void An_event_that_lacks_something_is_refused_and_a_command_is_not()
    {
        Assert.Throws<JsonSerializationException>(() => StoredJson.Encode(new ParticipantEvent.Renamed(Texts.None, null!, "notes")));
        Assert.Throws<JsonSerializationException>(() => StoredJson.Encode(
            new SeriesEvent.Opened(new SeriesSettings(null!, null, 12, 8, 12, 4, false, null))));
        Assert.Equal("{\"code\":\"CRI\",\"source\":\"notes\"}", Encoding.UTF8.GetString(StoredJson.Encode(new RenameParticipant("CRI", null!, null!, "notes"))));
    }
}
