using System.Text;
using Newtonsoft.Json.Linq;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests.Log;

/// <summary>Both readers refuse whatever no writer would have written, and never one what the other takes.</summary>
public sealed class EntryCodecStrictnessTests
{
    private static readonly JObject Whole = (JObject)CanonicalJson.Parse(RandomEvents.Encode(new RandomEvents(1).Entry(
        new PledgeEvent.ProgressReported(3, SampleRegistry.Report() with { Evidence = [new Evidence("A page", "https://example.org/", null, null, null)] }))));

    public static TheoryData<string, string> Spoiled => new()
    {
        { "a member that is needed, missing", "data.number" },
        { "a text that is needed, missing", "data.report.narrative" },
        { "a list that is needed, missing", "data.report.evidence" },
        { "a date's date, missing", "data.report.effectiveOn.date" },
        { "the actor, missing", "actor" },
        { "an envelope's null member, missing", "causationId" },
        { "the data, missing", "data" },
        { "null for a needed text", "data.report.narrative=null" },
        { "null for a needed list", "data.report.evidence=null" },
        { "null for a needed record", "data.report=null" },
        { "null for a number", "data.number=null" },
        { "null for a word", "data.report.status=null" },
        { "null in a list", "data.report.evidence=[null]" },
        { "null for the actor", "actor=null" },
        { "null for the data", "data=null" },
        { "a text for a number", "data.number=\"3\"" },
        { "a fraction for a whole number", "data.number=3.0" },
        { "a rounded number", "data.number=3.4" },
        { "an exponent", "data.number=3e0" },
        { "a number that is too large", "data.number=2147483648" },
        { "a number that is much too large", "data.number=99999999999999999999" },
        { "true for a number", "data.number=true" },
        { "a number for a text", "data.report.narrative=5" },
        { "true for a text", "data.report.narrative=true" },
        { "a date for a date's text", "data.report.effectiveOn=\"2022-05-17\"" },
        { "an object for a list", "data.report.evidence={}" },
        { "a list for an object", "data.report=[]" },
        { "a text for a list", "data.report.evidence=\"x\"" },
        { "a word in capitals", "data.report.status=\"In-Progress\"" },
        { "a word by its C# name", "data.report.status=\"InProgress\"" },
        { "a word's number", "data.report.status=2" },
        { "a word's number as text", "data.report.status=\"2\"" },
        { "two words", "data.report.status=\"planning, fulfilled\"" },
        { "an unknown word", "data.report.status=\"done\"" },
        { "an empty word", "data.report.status=\"\"" },
        { "a name in another case", "data.Number=3" },
        { "an unknown member", "data.more=1" },
        { "an unknown member deep down", "data.report.effectiveOn.more=\"1\"" },
        { "a computed member", "data.report.effectiveOn.precision=\"day\"" },
        { "a type for a library to make", "data.$type=\"System.Object\"" },
        { "an unknown member of the envelope", "more=\"x\"" },
        { "an unknown null of the envelope", "more=null" },
        { "an envelope's name in another case", "Actor=\"x\"" },
        { "a text for the position", "position=\"1\"" },
        { "a fraction for the position", "position=1.0" },
        { "an exponent for the position", "position=1e2" },
        { "a position below 0", "position=-1" },
        { "a version below 0", "version=-1" },
        { "a number for the actor", "actor=5" },
        { "a number for on-behalf-of", "onBehalfOf=5" },
        { "an object for the actor", "actor={}" },
        { "a text for the data", "data=\"x\"" },
        { "a list for the data", "data=[]" },
        { "empty data", "data={}" },
        { "an id in capitals", "id=\"0190B1C4-7E5B-7A3C-8D2E-1F2A3B4C5D6E\"" },
        { "an id in braces", "id=\"{0190b1c4-7e5b-7a3c-8d2e-1f2a3b4c5d6e}\"" },
        { "a time without milliseconds", "recordedAt=\"2026-05-04T12:00:00Z\"" },
        { "a time with an offset", "recordedAt=\"2026-05-04T12:00:00.000+00:00\"" },
        { "a day that no month has", "recordedAt=\"2026-02-29T12:00:00.000Z\"" },
        { "a month that no year has", "recordedAt=\"2026-13-01T12:00:00.000Z\"" },
        { "an hour that no day has", "recordedAt=\"2026-05-04T24:00:00.000Z\"" },
        { "a leap second", "recordedAt=\"2026-06-30T23:59:60.000Z\"" },
        { "a year before the first", "recordedAt=\"0000-05-04T12:00:00.000Z\"" },
        { "a sign in a time", "recordedAt=\"2026-05-04T12:00:00.+10Z\"" },
        { "an id without hyphens", "id=\"0190b1c47e5b7a3c8d2e1f2a3b4c5d6e\"" },
        { "an id with its hyphens elsewhere", "id=\"0190b1c47-e5b-7a3c-8d2e-1f2a3b4c5d6e\"" },
        { "an id with a sign", "id=\"+190b1c4-7e5b-7a3c-8d2e-1f2a3b4c5d6e\"" },
        { "an id of other letters", "id=\"0190b1c4-7e5b-7a3c-8d2e-1f2a3b4c5d6g\"" },
        { "an id of nothing but a prefix", "id=\"0x90b1c4-7e5b-7a3c-8d2e-1f2a3b4c5d6e\"" },
        { "a hash of other letters", $"commandHash=\"{new string('g', 64)}\"" },
        { "a hash in capitals", $"commandId=\"{new string('A', 64)}\"" },
        { "a hash that is too short", $"commandHash=\"{new string('a', 63)}\"" },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public void A_spoiled_entry_is_refused_by_both_readers(string what, string change)
    {
        Assert.NotEmpty(what);
        var json = (JObject)Whole.DeepClone();
        var at = change.IndexOf('=', StringComparison.Ordinal);
        var path = (at < 0 ? change : change[..at]).Split('.');
        var parent = (JObject)path[..^1].Aggregate((JToken)json, (token, name) => token[name]!);
        if (at < 0)
        {
            Assert.True(parent.Remove(path[^1]));
        }
        else
        {
            parent[path[^1]] = new JRaw(change[(at + 1)..]);
        }
        AssertRefused(json.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Fact]
    public void The_entry_that_the_others_are_spoiled_from_is_read_by_both() => Assert.True(Agreed(Encoding.UTF8.GetBytes(Whole.ToString(Newtonsoft.Json.Formatting.None))));

    [Theory]
    [InlineData("recordedAt", "2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999\\u005a")]
    [InlineData("recordedAt", "0001-01-01T00:00:00.000Z", "0001-01-01T00:00:00.00\\u0030Z")]
    [InlineData("recordedAt", "9999-12-31T23:59:59.999Z", "\\u0039999-12-31T23:59:59.999Z")]
    [InlineData("id", "0190b1c4-7e5b-7a3c-8d2e-1f2a3b4c5d6e", "0190b1c4\\u002d7e5b-7a3c-8d2e-1f2a3b4c5d6e")]
    public void However_a_member_is_written_both_readers_read_the_same(string member, string text, string escaped)
    {
        foreach (var written in new[] { text, escaped })
        {
            var json = (JObject)Whole.DeepClone();
            json[member] = new JRaw($"\"{written}\"");
            Assert.True(Agreed(Encoding.UTF8.GetBytes(json.ToString(Newtonsoft.Json.Formatting.None))), written);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"entry\"")]
    [InlineData("{}")]
    public void What_is_no_object_of_an_entry_is_refused(string json) => AssertRefused(json);

    [Fact]
    public void Members_that_are_there_twice_are_refused()
    {
        var json = Whole.ToString(Newtonsoft.Json.Formatting.None);
        AssertRefused(json.Insert(1, "\"actor\":\"other\","));
        AssertRefused(json.Insert(1, "\"position\":7,"));
        AssertRefused(json.Insert(1, "\"data\":{},"));
        AssertRefused(json.Replace("\"data\":{", "\"data\":{\"number\":3,", StringComparison.Ordinal));
        AssertRefused(json.Replace("\"data\":{", "\"data\":{\"n\\u0075mber\":3,", StringComparison.Ordinal));
        AssertRefused(json.Replace("\"effectiveOn\":{", "\"effectiveOn\":{\"date\":\"2022\",", StringComparison.Ordinal));
        var texts = Encoding.UTF8.GetString(RandomEvents.Encode(new RandomEvents(1).Entry(new SeriesEvent.Opened(
            new SeriesSettings(Texts.Of(("en", "a")), null, 12, 8, 12, 4, false, null)))));
        Assert.True(Agreed(Encoding.UTF8.GetBytes(texts)));
        AssertRefused(texts.Replace("\"en\":\"a\"", "\"en\":\"a\",\"en\":\"b\"", StringComparison.Ordinal));
        AssertRefused(texts.Replace("\"en\":\"a\"", "\"en\":null", StringComparison.Ordinal));
        AssertRefused(texts.Replace("\"en\":\"a\"", "\"en\":1", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_around_an_entry_is_refused()
    {
        var json = Whole.ToString(Newtonsoft.Json.Formatting.None);
        AssertRefused("\ufeff" + json);
        AssertRefused(json + "{}");
        AssertRefused(json + "x");
        AssertRefused(json + "\0");
        AssertRefused(json[..^1]);
        AssertRefused("/* */" + json);
        AssertRefused(json.Replace("\"number\":3", "\"number\":03", StringComparison.Ordinal));
        AssertRefused(json.Replace("A page", "A \\ud800 page", StringComparison.Ordinal));
    }

    [Fact]
    public void Flipped_cut_and_swapped_bytes_are_refused_by_both_readers_or_read_alike()
    {
        var (past, cases) = (0, 0);
        Seeded.Run(6_000, random =>
        {
            var bytes = Mutate(random.Random, RandomEvents.Encode(random.Entry()));
            cases++;
            past += Agreed(bytes) || IsStillJson(bytes) ? 1 : 0;
        });
        // Otherwise the readers' own rules were hardly reached.
        Assert.True(past * 10 > cases * 3, $"Only {past} of {cases} mutated entries were still JSON.");
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)"0159.eE-+\"{}[],:nulltruefalse azAZ"[random.Next(33)];
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 4))..]];
            case 3:
                var other = random.Next(bytes.Length);
                (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                return bytes;
            default:
                // One value in the place of another: mostly still JSON, and of the wrong type.
                var json = (JObject)CanonicalJson.Parse(bytes);
                var values = json.Descendants().Where(t => t is JValue).ToList();
                values[random.Next(values.Count)].Replace(new JRaw(new[] { "null", "0", "-1", "2.5", "1e2", "true", "\"x\"", "\"\"", "[]", "{}" }[random.Next(10)]));
                return Encoding.UTF8.GetBytes(json.ToString(Newtonsoft.Json.Formatting.None));
        }
    }

    /// <summary>True if both read it, and alike; false if both refuse it.</summary>
    private static bool Agreed(byte[] bytes)
    {
        var (fast, reference) = (Read(() => EntryCodec.Current.Decode(bytes)), Read(() => EntryCodec.Current.DecodeReference(bytes)));
        Assert.True(fast == reference, $"{Encoding.UTF8.GetString(bytes)}\nfast: {fast ?? "refused"}\nreference: {reference ?? "refused"}");
        return fast is not null;
    }

    private static void AssertRefused(string json) => Assert.False(Agreed(Encoding.UTF8.GetBytes(json)), json);

    private static string? Read(Func<Entry> read)
    {
        try
        {
            return DeepText.Of(read());
        }
        catch (Exception e) when (e is LogDamagedException or UnknownEventTypeException)
        {
            return null;
        }
    }

    private static bool IsStillJson(byte[] bytes)
    {
        try
        {
            return CanonicalJson.Parse(bytes) is JObject;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
