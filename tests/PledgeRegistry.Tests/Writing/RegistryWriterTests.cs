using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

public sealed class RegistryWriterTests
{
    [Fact]
    public async Task A_receipt_says_where_the_entries_are_and_proves_it()
    {
        await using var node = await TestNode.OpenAsync();
        var receipt = await node.RecordAsync(new RecordPledge(SampleRegistry.Pledge(), [new MappingReason(new("gcm/2018", "GCM-15"), "It says so.")]));
        Assert.Equal(TestNode.Start, receipt.Position);
        Assert.Equal((2, "pledge/IMRF-2022-0001", "IMRF-2022-0001", receipt.Position + 2), (receipt.Count, receipt.Stream, receipt.Id, receipt.Size));
        await node.RecordAsync(TestNode.Source(1));

        var head = node.Registry.Head;
        var stored = (await node.Log.ReadAsync(receipt.Position, 1))[0];
        Assert.Equal(MerkleTree.LeafHash(stored.Bytes.Span), receipt.LeafHash);
        Assert.Equal(receipt.EntryId, EntryCodec.Current.Decode(stored.Bytes.Span).Id);
        Assert.True(MerkleProof.VerifyInclusion(receipt.Position, head.Size, receipt.LeafHash, node.Registry.Tree.InclusionProof(receipt.Position, head.Size), head.Root));
        Assert.Equal((receipt.Size + 1, node.Registry.Tree.Root(head.Size)), (head.Size, head.Root));
    }

    [Fact]
    public async Task An_entry_says_who_when_and_by_which_command()
    {
        var clock = new ManualTimeProvider { Now = new DateTimeOffset(2026, 5, 4, 14, 0, 0, 123, TimeSpan.FromHours(2)).AddTicks(4567) };
        await using var node = await TestNode.OpenAsync(clock: clock);
        await node.Writer.SubmitAsync(TestNode.Source(1), new Author("a-07", Author.Operator, "CRI"), "key");
        var entry = (await node.EntriesAsync())[^1];
        Assert.Equal(("a-07", "operator", "CRI", "source/source-1", 0L, "source-registered.v1"),
            (entry.Actor, entry.Role, entry.OnBehalfOf, entry.Stream, entry.Version, entry.Type));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 12, 0, 0, 123, TimeSpan.Zero), entry.RecordedAt);
        Assert.Equal(Hash.Of("a-07\nkey"u8), entry.CommandId);
        Assert.Equal(7, entry.Id.Version);
    }

    [Fact]
    public async Task What_breaks_rules_is_refused_and_what_is_so_already_changes_nothing()
    {
        await using var node = await TestNode.OpenAsync();
        var refused = Assert.IsType<Outcome.Refused>(await node.SubmitAsync(new WithdrawPledge("IMRF-2022-0001", 0, new EffectiveDate("2023"), "so")));
        Assert.Equal("unknown-pledge", Assert.Single(refused.Reasons).Code);
        await node.RecordAsync(new CompleteOpeningData("set", "1"));
        Assert.IsType<Outcome.NothingNew>(await node.SubmitAsync(new CompleteOpeningData("set", "1")));
        Assert.Equal(TestNode.Start + 1, node.Registry.Head.Size);
    }

    [Fact]
    public async Task A_text_that_cannot_be_recorded_is_refused_by_its_field()
    {
        await using var node = await TestNode.OpenAsync();
        var refused = Assert.IsType<Outcome.Refused>(await node.SubmitAsync(new RecordPledge(SampleRegistry.Pledge() with { Title = "a\u202eb: c" }, [])));
        var reason = Assert.Single(refused.Reasons);
        Assert.Equal(("text-refused", "content.title"), (reason.Code, reason.Field));
        Assert.StartsWith("Character 2 (U+202E)", reason.Message, StringComparison.Ordinal);
        var nothing = Assert.IsType<Outcome.Refused>(await node.SubmitAsync(new RegisterParticipant("ABC", "collective", Texts.Of(("en", "Abc")), null, "notes", [null!], [], [])));
        Assert.Equal("membersByRole[0]", Assert.Single(nothing.Reasons).Field);
    }

    [Fact]
    public async Task The_event_that_readers_see_at_once_is_the_one_that_is_read_back()
    {
        await using var node = await TestNode.OpenAsync();
        await node.RecordAsync(new RenameParticipant("CRI", Texts.Of(("es", "Me\u0301xico"), ("ar", "المكسيك"), ("en", "Mexico")), "so", "notes"));
        var live = node.Seen[TestNode.Start];
        Assert.Equal("M\u00e9xico", Assert.IsType<ParticipantEvent.Renamed>(live.Event).Names["es"]);
        Assert.Equal(DeepText.Of((await node.EntriesAsync())[^1]), DeepText.Of(live));
    }

    [Fact]
    public async Task A_command_that_does_not_fit_an_entry_is_refused()
    {
        await using var node = await TestNode.OpenAsync();
        var text = string.Concat(Enumerable.Repeat("🌍", 20_000));
        var refused = Assert.IsType<Outcome.Refused>(await node.SubmitAsync(new RecordPledge(SampleRegistry.Conclusion() with { Text = text }, [])));
        Assert.Equal("too-long", Assert.Single(refused.Reasons).Code);
        Assert.Equal(TestNode.Start, node.Registry.Head.Size);
    }

    [Fact]
    public async Task A_command_that_makes_more_entries_than_a_batch_holds_is_refused()
    {
        await using var node = await TestNode.OpenAsync();
        var refused = Assert.IsType<Outcome.Refused>(await node.SubmitAsync(WithRoles("ABC", 256)));
        Assert.Equal("too-many", Assert.Single(refused.Reasons).Code);
        Assert.Equal(1 + Check.MostParts, (await node.RecordAsync(WithRoles("ABC", Check.MostParts))).Count);
    }

    [Fact]
    public async Task What_does_not_fit_into_one_append_comes_with_the_next()
    {
        await using var node = await TestNode.OpenAsync();
        node.Log.Hold();
        var first = node.RecordAsync(TestNode.Source(1));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var others = Enumerable.Range(0, 3).Select(i => node.RecordAsync(WithRoles($"ABC-{(char)('A' + i)}", 150))).ToList();
        node.Log.Release();
        await first;
        Assert.Equal([1L, 152L, 303L], (await Task.WhenAll(others)).Select(r => r.Position - TestNode.Start).Order());
        Assert.Equal(4, node.Log.Appends);
    }

    [Fact]
    public async Task A_command_that_throws_costs_only_itself()
    {
        await using var node = await TestNode.OpenAsync();
        node.Log.Hold();
        var first = node.RecordAsync(TestNode.Source(0));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var before = node.RecordAsync(TestNode.Source(1));
        var poison = node.SubmitAsync(new Poison("boom", Cancelled: false));
        var cancelled = node.SubmitAsync(new Poison("boom", Cancelled: true));
        var after = node.RecordAsync(TestNode.Source(2));
        node.Log.Release();
        await Task.WhenAll(first, before, after);
        Assert.Contains("boom", Assert.IsType<Outcome.Unavailable>(await poison).Reason, StringComparison.Ordinal);
        Assert.IsType<Outcome.Unavailable>(await cancelled);
        Assert.Equal(2, node.Log.Appends);
        Assert.Null(node.Writer.NotWriting);
    }

    [Fact]
    public async Task Sixty_four_callers_at_once_leave_no_gap()
    {
        await using var node = await TestNode.OpenAsync();
        await node.RecordAsync(new RecordPledge(SampleRegistry.Pledge(), []));
        var receipts = await Task.WhenAll(Enumerable.Range(0, 64).Select(c => Task.Run(async () =>
        {
            var mine = new List<Receipt>();
            for (var i = 0; i < 15; i++)
            {
                var command = i % 3 == 0
                    ? (ICommand)new ReportProgress(SampleRegistry.Pledge1, SampleRegistry.Report() with { Narrative = string.Create(CultureInfo.InvariantCulture, $"{c} {i}") })
                    : TestNode.Source(c * 100 + i);
                mine.Add(await node.RecordAsync(command, actor: string.Create(CultureInfo.InvariantCulture, $"a-{c}")));
            }
            return mine;
        })));
        var entries = await node.EntriesAsync();
        Assert.Equal(TestNode.Start + 1 + 64 * 15, entries.Count);
        Assert.Equal(Enumerable.Range(0, entries.Count).Select(i => (long)i), entries.Select(e => e.Position));
        Assert.Equal(entries.Count, entries.Select(e => e.Id).Distinct().Count());
        Assert.All(entries.GroupBy(e => e.Stream), s => Assert.Equal(Enumerable.Range(0, s.Count()).Select(i => (long)i), s.Select(e => e.Version)));
        Assert.All(receipts.SelectMany(r => r), r => Assert.Equal((r.EntryId, r.Stream), (entries[(int)r.Position].Id, entries[(int)r.Position].Stream)));
        Assert.Equal(64 * 15, receipts.SelectMany(r => r).Select(r => r.Position).Distinct().Count());
    }

    [Fact]
    public async Task A_new_writer_goes_on_where_the_last_one_stopped()
    {
        var log = await EntryChain.SampleLogAsync();
        for (var i = 0; i < 3; i++)
        {
            await using var node = await TestNode.OpenAsync(log);
            Assert.Equal($"RCM-2016-000{i + 1}", (await node.RecordAsync(new RecordPledge(SampleRegistry.Conclusion(), []))).Id);
        }
    }

    private static RegisterParticipant WithRoles(string code, int roles) => new(code, "other", Texts.Of(("en", code)), null, "notes", [],
        [.. Enumerable.Range(0, roles).Select(i => new RoleStart("member", string.Create(CultureInfo.InvariantCulture, $"scope-{i}"), null, "notes"))], []);

    private sealed record Poison(string Message, bool Cancelled) : ICommand
    {
        public Decision Decide(RegistryState head, Author author) =>
            throw (Cancelled ? new OperationCanceledException(Message) : new InvalidOperationException(Message));
    }
}
