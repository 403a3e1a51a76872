using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Running;

/// <summary>
/// Registries that many tests read and none changes: the opening data and a demonstration, both loaded by the tool, and a
/// small sample whose every entry is the same in each run.
/// </summary>
public sealed class Registries : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder opening = new();
    private readonly TemporaryFolder demo = new();
    private readonly TemporaryFolder sample = new();

    public string Opening => opening.Path;
    public string Demo => demo.Path;
    public string Sample => sample.Path;
    public ToolRun OpeningLoad { get; private set; } = null!;
    public ToolRun DemoLoad { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        OpeningLoad = await Tool.RunAsync(Opening, "load");
        DemoLoad = await Tool.RunAsync(Demo, "load", "--demo");
        await WriteSampleAsync(sample);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        opening.Dispose();
        demo.Dispose();
        sample.Dispose();
    }

    /// <summary>What the sample says, in order.</summary>
    public static IReadOnlyList<(string Stream, IEvent Event)> SampleHistory { get; } =
    [
        .. SampleRegistry.History,
        ("pledge/RCM-2016-0001", new PledgeEvent.Recorded(SampleRegistry.Conclusion())),
        ("pledge/RCM-2016-0001", new PledgeEvent.Mapped(new("rcm-areas/2016", "RCM-A1"), "It is about awareness.", Retrospective: false)),
        ("pledge/RCM-2016-0002", new PledgeEvent.Recorded(SampleRegistry.Recommendation() with { Title = "Train border officers" })),
        ("pledge/RCM-2016-0002", new PledgeEvent.Mapped(new("rcm-areas/2016", "RCM-A2"), "It is about prevention.", Retrospective: false)),
        ("pledge/RCM-2016-0002", new PledgeEvent.AddresseeAnswered("HND", AddresseeAnswer.Supported, EffectiveDate.On(2016, 11, 17), "It is under way.", "en")),
        ("initiative/RCM-2016-I0001", new InitiativeEvent.Recorded(SampleRegistry.Initiative())),
        ("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(SampleRegistry.Pledge())),
        ("pledge/IMRF-2022-0001", new PledgeEvent.Mapped(new("gcm/2018", "GCM-15.e"), "It is about services.", Retrospective: false)),
        ("pledge/IMRF-2022-0001", new PledgeEvent.ProgressReported(1, SampleRegistry.Report())),
        ("pledge/IMRF-2022-0001", new PledgeEvent.Reviewed(1, SampleRegistry.Review(report: 1))),
        ("pledge/IMRF-2022-0001", new PledgeEvent.ReviewReplied(1, "CRI", "Forty-two by now.", "en")),
        ("pledge/IMRF-2022-0001", new PledgeEvent.Amended(SampleRegistry.Pledge() with { Due = new Due(new EffectiveDate("2027")) }, EffectiveDate.On(2024, 1, 1), "More time was needed.")),
        .. CommonPledge("pledge/IMRF-2022-0002"),
        ("initiative/RCM-2016-I0001", new InitiativeEvent.Updated(SampleRegistry.Initiative() with { Novelty = "completed", EffectiveOn = EffectiveDate.On(2017, 5, 1) }, "All posts are open.")),
    ];

    // A pledge of several parties, with all that can be said of one.
    private static IEnumerable<(string, IEvent)> CommonPledge(string stream)
    {
        var (one, fifteen) = (new ItemRef("gcm/2018", "GCM-01"), new ItemRef("gcm/2018", "GCM-15"));
        yield return ("partnership/POSTS", new PartnershipEvent.Formed(new PartnershipContent(Texts.Of(("en", "Posts")), Texts.Of(("en", "A post at every crossing.")), "IOM", null)));
        foreach (var happened in new PledgeEvent[]
                 {
                     new PledgeEvent.Recorded(SampleRegistry.CommonPledge() with { Mirror = new MirrorPledge("Posts for refugees", "https://example.org/mirror"), Cycle = 2022 }),
                     new PledgeEvent.Mapped(one, "It counts.", Retrospective: false, Main: true),
                     new PledgeEvent.MappingContested(1, one, "IOM", "It is about services.", "en"),
                     new PledgeEvent.MappingMoved(one, fifteen, "Indeed.", Retrospective: false),
                     new PledgeEvent.OpenedForSignature(EffectiveDate.On(2022, 6, 1), new EffectiveDate("2023"), "All are welcome."),
                     new PledgeEvent.PartyInvited("COL", EffectiveDate.On(2022, 6, 1), "It asked to be."),
                     new PledgeEvent.PartyInvited("IOM", EffectiveDate.On(2022, 6, 1), "It could help."),
                     new PledgeEvent.PartyAccepted("COL", EffectiveDate.On(2022, 7, 1), "From July.", "en", null),
                     new PledgeEvent.PartyDeclined("IOM", EffectiveDate.On(2022, 7, 2), "It isn't ours to promise.", "en"),
                     new PledgeEvent.ShareDeclared("COL", SampleRegistry.Share(), EffectiveDate.On(2022, 8, 1), null),
                     new PledgeEvent.ShareDeclared("COL", SampleRegistry.Share("15"), EffectiveDate.On(2023, 8, 1), "More money."),
                     new PledgeEvent.Translated(1, new Translation("es", "Puestos de salud", "Puestos de salud a ambos lados.", TranslationStanding.Unofficial)),
                     new PledgeEvent.ProgressReported(1, SampleRegistry.Report("COL") with
                     {
                         Values = [new IndicatorValue("I1", "7", new EffectiveDate("2023-05"), null)],
                         Milestones = [new MilestoneReached("M1", EffectiveDate.On(2023, 5, 20))],
                     }),
                     new PledgeEvent.Reviewed(1, SampleRegistry.Review(SampleRegistry.Secretariat, ReviewView.ClarificationAsked, 1) with { Standing = ReviewStanding.Secretariat }),
                     new PledgeEvent.ReviewReplied(1, "COL", "Seven by May.", "en"),
                     new PledgeEvent.PartyLeft("HND", EffectiveDate.On(2024, 1, 1), "It goes on alone."),
                     new PledgeEvent.ClosedForSignature(EffectiveDate.On(2023, 10, 1), "Enough."),
                 })
        {
            yield return (stream, happened);
        }
        yield return ("pledge/IMRF-2022-0003", new PledgeEvent.Recorded(SampleRegistry.Pledge() with { Title = "Care at the border", Type = PledgeType.InPartnership, Partnership = "POSTS" }));
        yield return ("pledge/IMRF-2022-0003", new PledgeEvent.Superseded("IMRF-2022-0002", EffectiveDate.On(2025, 1, 1), "It is part of the wider one."));
    }

    public static async Task WriteSampleAsync(TemporaryFolder folder)
    {
        var chain = new EntryChain();
        var tree = new MerkleTree();
        await using var log = SqliteLog.OpenForWriting(folder.Log);
        using var record = new HeadRecord(folder.HeadRecord);
        foreach (var (stream, happened) in SampleHistory)
        {
            var expected = chain.Head;
            var stored = chain.Next(stream, happened, e => e with { Id = Guid.ParseExact($"01970000-0000-7000-8000-{expected.Size:x12}", "D") });
            Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(expected, [stored]));
            tree.Append(stored.Leaf);
        }
        record.Write(tree, tree.Size);
    }
}

/// <summary>The registries are made once for all tests that read them.</summary>
[CollectionDefinition(Name)]
public sealed class ReadingRegistries : ICollectionFixture<Registries>
{
    public const string Name = "registries";
}
