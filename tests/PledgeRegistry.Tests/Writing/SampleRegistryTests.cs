using PledgeRegistry.Initiatives;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using Xunit.Sdk;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Writing;

public sealed class SampleRegistryTests
{
    [Fact]
    public void The_sample_contents_are_accepted_as_they_are()
    {
        Given().When(new RecordPledge(SampleRegistry.Pledge(), [])).ThenRecorded($"pledge/{SampleRegistry.Pledge1}", new PledgeEvent.Recorded(SampleRegistry.Pledge()));
        Given().When(new RecordPledge(SampleRegistry.Conclusion(), [])).ThenRecorded($"pledge/{SampleRegistry.Conclusion1}", new PledgeEvent.Recorded(SampleRegistry.Conclusion()));
        Given().When(new RecordPledge(SampleRegistry.Recommendation(), [])).ThenRecorded($"pledge/{SampleRegistry.Conclusion1}", new PledgeEvent.Recorded(SampleRegistry.Recommendation()));
        Given().When(new RecordInitiative(SampleRegistry.Initiative())).ThenRecorded($"initiative/{SampleRegistry.Initiative1}", new InitiativeEvent.Recorded(SampleRegistry.Initiative()));
        Recorded.When(new ReportProgress(SampleRegistry.Pledge1, SampleRegistry.Report())).ThenRecorded($"pledge/{SampleRegistry.Pledge1}", new PledgeEvent.ProgressReported(1, SampleRegistry.Report()));
        Recorded.When(new ReviewPledge(SampleRegistry.Pledge1, SampleRegistry.Review())).ThenRecorded($"pledge/{SampleRegistry.Pledge1}", new PledgeEvent.Reviewed(1, SampleRegistry.Review()));
    }

    [Fact]
    public void An_expectation_that_is_not_met_fails()
    {
        var accepted = Given().When(new RecordPledge(SampleRegistry.Pledge(), []));
        Assert.ThrowsAny<XunitException>(() => accepted.ThenNothing());
        Assert.ThrowsAny<XunitException>(() => accepted.ThenRefused("missing"));
        Assert.ThrowsAny<XunitException>(() => accepted.ThenRecorded("pledge/IMRF-2022-0002", new PledgeEvent.Recorded(SampleRegistry.Pledge())));
        Assert.ThrowsAny<XunitException>(() => accepted.ThenRecorded($"pledge/{SampleRegistry.Pledge1}", new PledgeEvent.Recorded(SampleRegistry.Pledge() with { Title = "Another" })));
        var refused = Given().When(new RecordPledge(SampleRegistry.Pledge() with { Title = "" }, []));
        Assert.ThrowsAny<XunitException>(() => refused.ThenRecorded($"pledge/{SampleRegistry.Pledge1}"));
        Assert.ThrowsAny<XunitException>(() => refused.ThenRefused("missing", "content.text"));
        refused.ThenRefused("missing", "content.title");
    }

    private static GivenWhenThen Recorded => Given(($"pledge/{SampleRegistry.Pledge1}", new PledgeEvent.Recorded(SampleRegistry.Pledge())));
}
