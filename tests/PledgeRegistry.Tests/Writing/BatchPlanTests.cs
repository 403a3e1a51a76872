using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>
/// The last look at a batch. Nothing that it finds should ever be there; what is written is there for ever, though, and a
/// batch that memory ran out on half way once left a version out.
/// </summary>
public sealed class BatchPlanTests
{
    [Fact]
    public async Task A_batch_whose_places_and_versions_follow_one_another_passes() => (await PlanAsync()).CheckSequence();

    [Fact]
    public async Task An_entry_that_is_missing_is_found()
    {
        var plan = await PlanAsync();
        plan.Entries.RemoveAt(1);
        plan.Stored.RemoveAt(1);
        Assert.Throws<InvalidOperationException>(plan.CheckSequence);
    }

    [Fact]
    public async Task A_version_that_is_left_out_is_found_at_its_first_and_at_a_later_entry()
    {
        foreach (var at in new[] { 0, 2 })
        {
            var plan = await PlanAsync();
            plan.Entries[at] = plan.Entries[at] with { Version = plan.Entries[at].Version + 1 };
            Assert.Contains("comes next", Assert.Throws<InvalidOperationException>(plan.CheckSequence).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bytes_that_are_missing_are_found()
    {
        var plan = await PlanAsync();
        plan.Stored.RemoveAt(2);
        Assert.Throws<InvalidOperationException>(plan.CheckSequence);
    }

    // Three entries, each the first of its stream.
    private static async Task<BatchPlan> PlanAsync()
    {
        var clock = new ManualTimeProvider();
        await using var node = await TestNode.OpenAsync(clock: clock);
        var plan = new BatchPlan(node.Registry, clock);
        var author = new Author("a-01", Author.Operator, null);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await plan.TryAddAsync(PendingCommand.Prepare(TestNode.Source(i), author, $"key {i}", node.Registry.State, clock.GetUtcNow() + TimeSpan.FromMinutes(1), default)));
        }
        Assert.Equal(3, plan.Entries.Count);
        return plan;
    }
}
