using System.Collections.Concurrent;
using PledgeRegistry.Private;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>Several threads and processes at once, and calls that end half way.</summary>
public abstract partial class PrivateStoreContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_is_cut_off_half_way_was_never_done_and_never_logged()
    {
        var store = Store;
        store.AddContact(Me, Ana, "CRI", Details);
        BeforeCommit(store, () => throw new IOException("The power went (a fault of the test)."));
        Assert.Throws<IOException>(() => store.EraseContact(Me, Ana));
        Assert.Throws<IOException>(() => store.FindContact(Me, Ana));
        BeforeCommit(store, null);
        Assert.Equal(Details.Name, store.FindContact(Me, Ana)!.Details!.Name);
        using var again = await OpenAsync();
        Assert.Equal(Details.Name, again.FindContact(Me, Ana)!.Details!.Name);
        Assert.Equal([PrivateAction.Read, PrivateAction.Read, PrivateAction.Read, PrivateAction.Added], again.ReadAccessLog(Me).Select(l => l.Action));
    }

    [Fact]
    public async Task Two_writers_take_turns_and_neither_loses_anything()
    {
        var first = Store;
        using var second = await OpenAsync();
        await Task.WhenAll(new[] { first, second }.SelectMany((store, s) => Enumerable.Range(0, 20).Select(i => Task.Run(() =>
        {
            Assert.True(store.AddContact(Me, $"a-{s}-{i}", "CRI", Details));
            Assert.True(i % 5 != 0 || store.EraseContact(Me, $"a-{s}-{i}"));
        }))));
        Assert.Equal(40, first.ListContacts(Me).Count);
        Assert.Equal(32, second.ListContacts(Me).Count(c => c.Details is not null));
        Assert.Equal(50, first.ReadAccessLog(Me, 1000).Count - 1);
    }

    [Fact]
    public async Task Of_all_who_change_one_version_of_a_draft_exactly_one_is_first()
    {
        using var second = await OpenAsync();
        Store.AddDraft(Me, "d-1", "CRI", DraftKind.Pledge, "{}");
        var replaced = new ConcurrentBag<(long Version, string Form)>();
        using var together = new Barrier(8);
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(() =>
        {
            var store = thread % 2 == 0 ? Store : second;
            for (var i = 0; i < 6; i++)
            {
                var version = store.FindDraft(Me, "d-1")!.Version;
                Assert.True(together.SignalAndWait(Patience), "The others never came.");
                var form = $$"""{"by":["{{thread}} {{i}}"]}""";
                if (store.ChangeDraft(Me, "d-1", version, form))
                {
                    replaced.Add((version, form));
                }
                Assert.True(together.SignalAndWait(Patience), "The others never came.");
            }
            return 6;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        // All eight read the same version each time, and one of them replaced it.
        Assert.Equal([1, 2, 3, 4, 5, 6], replaced.Select(r => r.Version).Order());
        var draft = Store.FindDraft(Me, "d-1")!;
        Assert.Equal((7, replaced.Single(r => r.Version == 6).Form), (draft.Version, draft.Form));
        var lines = Store.ReadAccessLog(Me, 1000);
        Assert.Equal(1 + 2 * tries.Sum() + 2, lines.Count);
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(n => (long)n), lines.Reverse().Select(l => l.Number));
    }

    [Fact]
    public async Task Nothing_of_a_contact_is_lost_or_comes_back_while_others_are_changed_and_erased()
    {
        using var second = await OpenAsync();
        for (var i = 0; i < 8; i++)
        {
            Store.AddContact(Me, $"a-{i}", "CRI", Details);
        }
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            var store = thread % 2 == 0 ? Store : second;
            for (var i = 0; i < 4; i++)
            {
                Assert.True(store.ChangeContact(Me, $"a-{thread}", Details with { Name = $"{thread} {i}" }));
            }
            Assert.True(thread % 2 == 0 || store.EraseContact(Me, $"a-{thread}"));
        })));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? $"{i} 3" : null)), Store.ListContacts(Me).Select(c => c.Details?.Name));
    }
}
