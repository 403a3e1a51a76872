using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Tests.Rules;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Tests.Golden;

/// <summary>
/// The bytes of every type of entry ever stored, one with all members and one with only what is needed. They are for
/// ever: a file here changes only before its type was first released. Run with PLEDGEREGISTRY_ACCEPT=1 to write files that
/// are missing; one that is there is never written over, and nothing is written where CI is set.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "PledgeRegistry.Tests", "Golden");

    private static readonly bool Accepting =
        Environment.GetEnvironmentVariable("PLEDGEREGISTRY_ACCEPT") == "1" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    public static TheoryData<string> EventNames() => [.. EventTypes.All.Select(e => e.Key).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_entry_with_all_members_is_stored_as_these_bytes(string type) => Holds(type, Entry(type, Samples.Events, least: false), $"{type}.golden");

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_entry_with_only_what_is_needed_is_stored_as_these_bytes(string type) => Holds(type, Entry(type, Samples.LeastEvents, least: true), $"{type}.least.golden");

    [Theory]
    [MemberData(nameof(EventNames))]
    public void The_sample_with_all_members_leaves_none_out(string type) =>
        Assert.Empty(Variations.Of(Sample(type, Samples.Events), (declared, part) => part is null or System.Collections.ICollection { Count: 0 } or Texts { Count: 0 } ? [null] : []).Select(v => v.Path));

    [Theory]
    [MemberData(nameof(EventNames))]
    public void The_least_sample_has_nothing_optional(string type) =>
        Assert.Empty(Variations.Of(Sample(type, Samples.LeastEvents), (declared, part) => part is not null ? [part] : []).Where(v => v.Optional).Select(v => v.Path));

    [Fact]
    public void Each_golden_file_is_of_a_type_that_can_be_read()
    {
        var files = Directory.GetFiles(Folder, "*.golden");
        Assert.True(files.Length >= EventTypes.All.Count() * 2);
        Assert.All(files, file => EntryCodec.Current.Decode(File.ReadAllBytes(file)));
    }

    [Theory]
    [MemberData(nameof(EarlierNames))]
    public void A_shape_of_an_earlier_release_keeps_its_files_and_is_read_as_the_newest(string earlier)
    {
        foreach (var name in new[] { $"{earlier}.golden", $"{earlier}.least.golden" })
        {
            var golden = File.ReadAllBytes(Path.Combine(Folder, name));
            var (fast, reference) = (EntryCodec.Current.Decode(golden), EntryCodec.Current.DecodeReference(golden));
            Assert.Equal(earlier, fast.Type);
            Assert.Equal(earlier.Split('.')[0], EventTypes.NameOf(fast.Event).Split('.')[0]);
            Assert.Equal(StoredJson.Encode(reference.Event), StoredJson.Encode(fast.Event));
        }
    }

    public static TheoryData<string> EarlierNames() => [.. Upcasters.Current.From];

    private static void Holds(string type, Entry entry, string name)
    {
        var path = Path.Combine(Folder, name);
        var bytes = EntryCodec.Encode(entry, StoredJson.Encode(entry.Event));
        if (!File.Exists(path))
        {
            Assert.True(Accepting, $"The event {type} has no golden file {name}. Look at what would be stored, then run the tests with PLEDGEREGISTRY_ACCEPT=1:\n{Encoding.UTF8.GetString(bytes)}");
            File.WriteAllBytes(path, bytes);
        }
        var golden = File.ReadAllBytes(path);
        Assert.Equal(Encoding.UTF8.GetString(golden), Encoding.UTF8.GetString(bytes));
        Assert.Equal(golden, bytes);
        Assert.Equal(golden, CanonicalJson.Canonicalize(golden));
        foreach (var read in new[] { EntryCodec.Current.Decode(golden), EntryCodec.Current.DecodeReference(golden) })
        {
            Assert.Equal(type, read.Type);
            Assert.Equal(golden, EntryCodec.Encode(read, StoredJson.Encode(read.Event)));
        }
    }

    private static IEvent Sample(string type, IReadOnlyList<IEvent> samples) => samples.SingleOrDefault(e => EventTypes.NameOf(e) == type)
        ?? throw Xunit.Sdk.FailException.ForFailure($"The event {type} has no sample in {nameof(Samples)}; give it one with all members, and one with the least.");

    private static Entry Entry(string type, IReadOnlyList<IEvent> samples, bool least) => new(
        least ? 0 : 1_234_567,
        Samples.StreamOf(Sample(type, samples)),
        least ? 0 : 17,
        Guid.ParseExact("0196f2a1-7c00-7abc-8def-0123456789ab", "D"),
        type,
        new DateTimeOffset(2026, 5, 8, 9, 30, 15, least ? 0 : 7, TimeSpan.Zero),
        "a-01",
        "secretariat",
        least ? null : "CRI",
        Hash.Of("command id"u8),
        Hash.Of("command"u8),
        "c0ffee",
        least ? null : "cause",
        Sample(type, samples));
}
