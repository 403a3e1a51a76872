using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>However often a command is sent with one key, it is recorded once, and always answered with the first receipt.</summary>
public sealed class IdempotencyTests
{
    private static readonly RecordPledge Command = new(SampleRegistry.Pledge(), [new MappingReason(new("gcm/2018", "GCM-15"), "Me\u0301xico says so.")]);

    [Fact]
    public async Task Sent_again_later_it_is_answered_with_the_first_receipt()
    {
        await using var node = await TestNode.OpenAsync();
        var first = await node.RecordAsync(Command, "key");
        await node.RecordAsync(TestNode.Source(1));
        for (var i = 0; i < 3; i++)
        {
            AssertRepeated(first, await node.SubmitAsync(Command, "key"));
        }
        // The same text, composed: the same command.
        AssertRepeated(first, await node.SubmitAsync(Command with { Mappings = [new MappingReason(new("gcm/2018", "GCM-15"), "M\u00e9xico says so.")] }, "key"));
        Assert.Equal(first.Size + 1, node.Registry.Head.Size);
    }

    [Fact]
    public async Task Sent_again_after_a_restart_it_is_answered_with_the_first_receipt()
    {
        var log = await EntryChain.SampleLogAsync();
        Receipt first;
        await using (var node = await TestNode.OpenAsync(log))
        {
            first = await node.RecordAsync(Command, "key");
            await node.RecordAsync(TestNode.Source(1), "other");
        }
        await using var again = await TestNode.OpenAsync(log);
        AssertRepeated(first, await again.SubmitAsync(Command, "key"));
        Assert.Equal(first.Size + 1, again.Registry.Head.Size);
    }

    [Fact]
    public async Task Sent_many_times_at_once_it_is_recorded_once()
    {
        await using var node = await TestNode.OpenAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => node.SubmitAsync(Command, "key"))));
        var recorded = outcomes.Cast<Outcome.Recorded>().ToList();
        Assert.Single(recorded, r => !r.Repeated);
        Assert.Single(recorded.Select(r => r.Receipt).Distinct());
        Assert.Equal(TestNode.Start + 2, node.Registry.Head.Size);
    }

    [Fact]
    public async Task Sent_twice_within_one_batch_it_is_recorded_once()
    {
        await using var node = await TestNode.OpenAsync();
        node.Log.Hold();
        var before = node.RecordAsync(TestNode.Source(1));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var (first, twin) = (node.SubmitAsync(Command, "key"), node.SubmitAsync(Command, "key"));
        var other = node.SubmitAsync(TestNode.Source(2), "key");
        node.Log.Release();
        await before;
        var receipt = Assert.IsType<Outcome.Recorded>(await first).Receipt;
        AssertRepeated(receipt, await twin);
        AssertReused(await other);
        Assert.Equal(2, node.Log.Appends);
        Assert.Equal(receipt.Size, node.Registry.Head.Size);
    }

    [Fact]
    public async Task Another_command_under_the_same_key_is_refused()
    {
        await using var node = await TestNode.OpenAsync();
        await node.RecordAsync(Command, "key");
        AssertReused(await node.SubmitAsync(Command with { Mappings = [] }, "key"));
        AssertReused(await node.SubmitAsync(TestNode.Source(1), "key"));
        AssertReused(await node.Writer.SubmitAsync(Command, new Author("a-01", Author.Operator, "CRI"), "key"));
        Assert.Equal(TestNode.Start + 2, node.Registry.Head.Size);
    }

    [Fact]
    public async Task Another_actor_s_key_is_another_key()
    {
        await using var node = await TestNode.OpenAsync();
        await node.RecordAsync(Command, "key", "a-01");
        Assert.False(Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(TestNode.Source(1), "key", "a-02")).Repeated);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        await using var node = await TestNode.OpenAsync();
        var report = new ReportProgress(SampleRegistry.Pledge1, SampleRegistry.Report());
        Assert.IsType<Outcome.Refused>(await node.SubmitAsync(report, "key"));
        await node.RecordAsync(Command);
        Assert.False(Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(report, "key")).Repeated);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("k", true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public async Task A_key_has_1_to_200_characters(object key, bool taken)
    {
        await using var node = await TestNode.OpenAsync();
        var outcome = await node.SubmitAsync(TestNode.Source(1), key as string ?? new string('k', (int)key));
        Assert.Equal(taken, outcome is Outcome.Recorded);
        Assert.Equal(!taken, outcome is Outcome.Refused { Reasons: [{ Code: "idempotency-key-missing" }] });
    }

    private static void AssertRepeated(Receipt first, Outcome outcome)
    {
        var recorded = Assert.IsType<Outcome.Recorded>(outcome);
        Assert.True(recorded.Repeated);
        Assert.Equal(first, recorded.Receipt);
    }

    private static void AssertReused(Outcome outcome)
    {
        var reason = Assert.Single(Assert.IsType<Outcome.Refused>(outcome).Reasons);
        Assert.Equal(("idempotency-key-reused", RefusalKind.Conflict), (reason.Code, reason.Kind));
    }
}
