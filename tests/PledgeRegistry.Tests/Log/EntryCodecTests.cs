using System.Globalization;
using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class EntryCodecTests
{
    [Fact]
    public void Both_readers_read_any_entry_of_any_type_as_it_was_written() => Seeded.Run(30, random =>
    {
        foreach (var type in RandomEvents.Types)
        {
            ReadsBack(random.Entry(random.Event(type)));
        }
    });

    [Fact]
    public void Every_event_is_read_back_when_its_lists_are_empty_and_what_may_be_null_is()
    {
        Seeded.Run(1, random =>
        {
            ReadsBack(random.Entry(new PledgeEvent.Recorded(SampleRegistry.Pledge() with
            {
                By = [],
                Owing = [],
                Addressees = [],
                Source = null,
                Due = null,
                Natures = [],
                Level = null,
                Places = [],
                Populations = [],
                JourneyStages = [],
                Conditions = [],
            })));
            ReadsBack(random.Entry(new PledgeEvent.Reviewed(1, SampleRegistry.Review())));
        });
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("")]
    public void The_reader_s_culture_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            Seeded.Run(20, random =>
            {
                foreach (var type in RandomEvents.Types)
                {
                    var entry = random.Entry(random.Event(type));
                    CultureInfo.CurrentCulture = before;
                    var bytes = RandomEvents.Encode(entry);
                    CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                    Assert.Equal(bytes, RandomEvents.Encode(entry));
                    ReadsBack(entry);
                }
            });
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_decomposed_text_comes_out_composed_and_is_said_to()
    {
        var data = StoredJson.Encode(new ParticipantEvent.Renamed(Texts.Of(("es", "Me\u0301xico")), "so", "notes"), out var normalized);
        Assert.True(normalized);
        Assert.Contains("M\u00e9xico", Encoding.UTF8.GetString(data), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_of_the_most_bytes_fits_and_one_more_does_not()
    {
        Seeded.Run(1, random =>
        {
            var happened = new PledgeEvent.Withdrawn(new EffectiveDate("2022"), "");
            var entry = random.Entry(happened);
            var room = EntryCodec.MaxEntryBytes - RandomEvents.Encode(entry).Length;
            Assert.Equal(EntryCodec.MaxEntryBytes, RandomEvents.Encode(entry with { Event = happened with { Reason = new string('a', room) } }).Length);
            Assert.Equal(EntryCodec.MaxEntryBytes + 1, Assert.Throws<EntryTooLargeException>(
                () => RandomEvents.Encode(entry with { Event = happened with { Reason = new string('a', room + 1) } })).Bytes);
        });
    }

    [Theory]
    [InlineData("2026-05-04T12:00:00.000Z", 0)]
    [InlineData("2026-05-04T12:00:00.001Z", 19_999)]
    [InlineData("2026-05-04T11:59:59.999Z", -1)]
    public void A_time_is_stored_in_whole_milliseconds_of_UTC(string expected, int ticks) =>
        Assert.Equal(expected, EntryCodec.FormatTime(new DateTimeOffset(2026, 5, 4, 14, 0, 0, TimeSpan.FromHours(2)).AddTicks(ticks)));

    [Fact]
    public void Stored_names_are_of_one_form_and_each_of_one_event()
    {
        Assert.All(EventTypes.All, t => Assert.Matches(@"^[a-z]+(-[a-z]+)*\.v[1-9][0-9]*\z", t.Key));
        Assert.Equal(RandomEvents.Types.Count, EventTypes.All.Select(t => t.Value).Distinct().Count());
        Assert.All(EventTypes.All, t => Assert.Equal(t.Value, EventTypes.Find(t.Key)));
    }

    [Fact]
    public void Both_libraries_make_the_same_words_of_every_enumeration()
    {
        var enumerations = typeof(EventTypes).Assembly.GetTypes().Where(t => t.IsEnum && t.IsPublic).ToList();
        Assert.Contains(typeof(ClaimedStatus), enumerations);
        foreach (var name in enumerations.SelectMany(Enum.GetNames))
        {
            Assert.Equal(
                new Newtonsoft.Json.Serialization.KebabCaseNamingStrategy().GetPropertyName(name, false),
                System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name));
        }
    }

    private static void ReadsBack(Entry entry)
    {
        var bytes = RandomEvents.Encode(entry);
        var (fast, reference) = (EntryCodec.Current.Decode(bytes), EntryCodec.Current.DecodeReference(bytes));
        Assert.Equal(DeepText.Of(entry), DeepText.Of(fast));
        Assert.Equal(DeepText.Of(entry), DeepText.Of(reference));
        Assert.Equal(bytes, RandomEvents.Encode(fast));
        Assert.Equal(bytes, RandomEvents.Encode(reference));
    }
}
