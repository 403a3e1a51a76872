using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>Authority and clearance as the writer decides them: in its queue, at its head, on the day by its clock.</summary>
public sealed class ClearanceTests
{
    private const string Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb", Eva = "a-cccccccccccccccccccccccccc";

    private static readonly EffectiveDate Since = new("2020");
    private static readonly RecordPledge Record = new(SampleRegistry.Pledge(), []);
    private static readonly Author Focal = new(Ana, "focal-point", "CRI");

    [Fact]
    public async Task What_was_cleared_is_recorded_with_the_clearance_in_the_same_batch_and_stream()
    {
        await using var node = await NodeAsync();
        var receipt = Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, Focal with { ClearedBy = Ben })).Receipt;
        Assert.Equal((2, "pledge/IMRF-2022-0001"), (receipt.Count, receipt.Stream));
        var entries = (await node.EntriesAsync())[^2..];
        Assert.IsType<PledgeEvent.Recorded>(entries[0].Event);
        Assert.Equal(new ClearanceEvent.Given(Ben), entries[1].Event);
        Assert.Equal((entries[0].Stream, 1L, entries[0].CommandId, Ana), (entries[1].Stream, entries[1].Version, entries[1].CommandId, entries[1].Actor));
        Assert.Equal(2, node.Registry.State.VersionOf(receipt.Stream));
    }

    [Fact]
    public async Task Without_clearance_nothing_is_recorded_for_a_participant_that_requires_it()
    {
        await using var node = await NodeAsync();
        await RefusedAsync(node, Record, Focal, "clearance-needed");
        await RefusedAsync(node, Record, new Author(Ben, "deputy", null), "clearance-needed");
        await RefusedAsync(node, Record, new Author("local-operator", Author.Operator, "CRI"), "clearance-needed");
        Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, new Author("local-operator", Author.Operator, null)));
        Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, new Author("local-operator", Author.Operator, "CRI", Ana)));
    }

    [Fact]
    public async Task Nobody_clears_their_own()
    {
        await using var node = await NodeAsync();
        await RefusedAsync(node, Record, Focal with { ClearedBy = Ana }, "clearance-own");
    }

    [Theory]
    [InlineData(Eva)]
    [InlineData("a-dddddddddddddddddddddddddd")]
    [InlineData("local-operator")]
    [InlineData("")]
    public async Task Only_a_focal_point_or_deputy_of_the_same_participant_clears(string by)
    {
        await using var node = await NodeAsync();
        await RefusedAsync(node, Record, Focal with { ClearedBy = by }, "not-appointed");
    }

    [Fact]
    public async Task A_clearance_that_is_not_required_is_recorded_all_the_same_and_held_to_the_same_rules()
    {
        await using var node = await NodeAsync(required: false);
        await RefusedAsync(node, Record, Focal with { ClearedBy = Eva }, "not-appointed");
        Assert.Equal(2, Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, Focal with { ClearedBy = Ben })).Receipt.Count);
        Assert.Equal(1, Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, Focal)).Receipt.Count);
    }

    [Fact]
    public async Task Whom_nobody_clears_for_has_no_clearance()
    {
        await using var node = await NodeAsync();
        await RefusedAsync(node, TestNode.Source(1), new Author("local-operator", Author.Operator, null, Ben), "not-appointed");
    }

    [Fact]
    public async Task The_requirement_is_lifted_only_with_clearance()
    {
        await using var node = await NodeAsync();
        var lift = new SetClearance("CRI", Required: false, "no longer");
        await RefusedAsync(node, lift, Focal, "clearance-needed");
        Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, lift, Focal with { ClearedBy = Ben }));
        Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, Focal));
    }

    [Fact]
    public async Task A_command_that_waited_while_the_appointment_ended_is_refused()
    {
        await using var node = await NodeAsync(required: false);
        // While an append is held up, one ends the appointment and the other still counts on it.
        var appends = node.Log.Appends;
        node.Log.Hold();
        var first = node.SubmitAsync(TestNode.Source(1));
        await TestNode.UntilAsync(() => node.Log.Appends == appends + 1);
        var ends = node.SubmitAsync(new EndAppointment("CRI", Ana, ActorRole.FocalPoint, "CRI", new EffectiveDate("2021"), "moved on"), actor: "a-02");
        var late = SubmitAsync(node, Record, Focal);
        node.Log.Release();
        Assert.IsType<Outcome.Recorded>(await first);
        Assert.IsType<Outcome.Recorded>(await ends);
        Assert.Equal("not-appointed", Assert.Single(Assert.IsType<Outcome.Refused>(await late).Reasons).Code);
    }

    [Fact]
    public async Task A_retry_after_the_appointment_ended_gets_the_first_receipt()
    {
        await using var node = await NodeAsync(required: false);
        var receipt = Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, Focal, "key")).Receipt;
        await node.RecordAsync(new EndAppointment("CRI", Ana, ActorRole.FocalPoint, "CRI", new EffectiveDate("2021"), "moved on"));
        var again = Assert.IsType<Outcome.Recorded>(await SubmitAsync(node, Record, Focal, "key"));
        Assert.Equal((receipt, true), (again.Receipt, again.Repeated));
    }

    [Fact]
    public async Task Another_clearance_under_the_same_key_is_another_thing()
    {
        await using var node = await NodeAsync(required: false);
        await SubmitAsync(node, Record, Focal, "key");
        Assert.Equal("idempotency-key-reused", Assert.Single(Assert.IsType<Outcome.Refused>(await SubmitAsync(node, Record, Focal with { ClearedBy = Ben }, "key")).Reasons).Code);
    }

    [Fact]
    public async Task What_changes_nothing_has_no_clearance_to_record()
    {
        await using var node = await NodeAsync();
        Assert.IsType<Outcome.NothingNew>(await SubmitAsync(node, new SetClearance("CRI", Required: true, "as agreed"), Focal with { ClearedBy = Ben }));
    }

    private static async Task<TestNode> NodeAsync(bool required = true)
    {
        var node = await TestNode.OpenAsync();
        await node.RecordAsync(new AppointActor("CRI", Ana, ActorRole.FocalPoint, "CRI", Since, null));
        await node.RecordAsync(new AppointActor("CRI", Ben, ActorRole.Deputy, "CRI", Since, null));
        await node.RecordAsync(new AppointActor("HND", Eva, ActorRole.FocalPoint, "HND", Since, null));
        if (required)
        {
            await node.RecordAsync(new SetClearance("CRI", Required: true, "as agreed"));
        }
        return node;
    }

    private static Task<Outcome> SubmitAsync<TCommand>(TestNode node, TCommand command, Author author, string? key = null) where TCommand : class, ICommand =>
        node.Writer.SubmitAsync(command, author, key ?? Guid.NewGuid().ToString()).WaitAsync(TimeSpan.FromSeconds(60));

    private static async Task RefusedAsync<TCommand>(TestNode node, TCommand command, Author author, string code) where TCommand : class, ICommand
    {
        var size = node.Registry.Head.Size;
        var refusal = Assert.Single(Assert.IsType<Outcome.Refused>(await SubmitAsync(node, command, author)).Reasons);
        Assert.Equal((code, RefusalKind.Forbidden), (refusal.Code, refusal.Kind));
        Assert.Equal(size, node.Registry.Head.Size);
    }
}
