using PledgeRegistry.Private;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>What every engine of the private store must do (<see cref="IPrivateStore"/>). An engine's tests inherit it.</summary>
public abstract partial class PrivateStoreContract : IAsyncLifetime
{
    protected const string Me = "local-operator", Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb";

    protected static readonly ContactDetails Details = new("Xiomara Quetzalcóatl", "xiomara.quetzal@example.org", "+506 5550 1234 9", ["es", "en"], "Only in the mornings, please.");

    protected ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 8, 9, 30, 0, TimeSpan.Zero));

    /// <summary>The store of the test, with nothing in it at first.</summary>
    protected IPrivateStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public async Task DisposeAsync()
    {
        Store.Dispose();
        await RemoveAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Opens the one store of the test, as another process would.</summary>
    protected abstract Task<IPrivateStore> OpenAsync();

    /// <summary>Another store, with nothing in it, that is gone after the test.</summary>
    protected abstract Task<IPrivateStore> OpenAnotherAsync();

    /// <summary>Removes what <see cref="OpenAsync"/> and <see cref="OpenAnotherAsync"/> made; all are closed.</summary>
    protected abstract Task RemoveAsync();

    /// <summary>Has something done just before a commit; null: no more.</summary>
    protected abstract void BeforeCommit(IPrivateStore store, Action? what);

    [Fact]
    public async Task A_contact_is_added_once_changed_and_found_again_after_reopening()
    {
        var store = Store;
        Assert.True(store.AddContact(Me, Ana, "CRI", Details));
        Assert.False(store.AddContact(Me, Ana, "HND", Details with { Name = "Another" }));
        Assert.True(store.AddContact(Me, Ben, "CRI", new ContactDetails("Ben", null, null, [], null)));
        Assert.True(store.ChangeContact(Me, Ana, Details with { Note = null }));
        Assert.False(store.ChangeContact(Me, "a-none", Details));
        using var again = await OpenAsync();
        var found = again.FindContact(Me, Ana)!;
        Assert.Equal((Ana, "CRI", Details.Name, Details.Email, Details.Telephone, (string?)null), (found.Actor, found.Participant, found.Details!.Name, found.Details.Email, found.Details.Telephone, found.Details.Note));
        Assert.Equal(["es", "en"], found.Details.Languages);
        Assert.Equal([Ana, Ben], again.ListContacts(Me, "CRI").Select(c => c.Actor));
        Assert.Empty(again.ListContacts(Me, "HND"));
        Assert.Null(again.FindContact(Me, "a-none"));
    }

    [Fact]
    public void Who_is_erased_leaves_an_id_without_a_person_and_is_erased_once()
    {
        var store = Store;
        store.AddContact(Me, Ana, "CRI", Details);
        Assert.True(store.EraseContact(Me, Ana));
        Assert.False(store.EraseContact(Me, Ana));
        Assert.False(store.EraseContact(Me, "a-none"));
        Assert.Equal(new Contact(Ana, "CRI", null), store.FindContact(Me, Ana));
        Assert.False(store.ChangeContact(Me, Ana, Details));
        Assert.False(store.AddContact(Me, Ana, "CRI", Details));
    }

    [Fact]
    public void Everything_that_is_read_or_changed_is_in_the_access_log_by_whom_and_when()
    {
        var store = Store;
        store.AddContact(Me, Ana, "CRI", Details);
        Clock.Advance(TimeSpan.FromMinutes(5));
        store.FindContact(Ben, Ana);
        store.FindContact(Ben, "a-none");
        store.ListContacts(Ben, "CRI");
        store.ListContacts(Ben);
        store.ChangeContact(Ana, Ana, Details);
        store.EraseContact(Me, Ana);
        store.AddDraft(Ana, "d-1", "CRI", DraftKind.Need, "{}");
        store.FindDraft(Ben, "d-1");
        store.ListDrafts(Ben);
        store.ChangeDraft(Ana, "d-1", 1, "{}");
        store.MoveDraft(Ana, "d-1", 2, DraftState.AwaitingClearance);
        store.DeleteDraft(Ana, "d-1");
        var log = store.ReadAccessLog(Me);
        Assert.Equal(
            [
                (Me, PrivateAction.Added, $"contact/{Ana}"), (Ben, PrivateAction.Read, $"contact/{Ana}"), (Ben, PrivateAction.Read, "contact/a-none"),
                (Ben, PrivateAction.Read, "contacts/CRI"), (Ben, PrivateAction.Read, "contacts/*"), (Ana, PrivateAction.Changed, $"contact/{Ana}"), (Me, PrivateAction.Erased, $"contact/{Ana}"),
                (Ana, PrivateAction.Added, "draft/d-1"), (Ben, PrivateAction.Read, "draft/d-1"), (Ben, PrivateAction.Read, "drafts/*"), (Ana, PrivateAction.Changed, "draft/d-1"),
                (Ana, PrivateAction.Changed, "draft/d-1"), (Ana, PrivateAction.Erased, "draft/d-1"), (Me, PrivateAction.Read, "access-log"),
            ],
            log.Reverse().Select(l => (l.By, l.Action, l.Subject)));
        Assert.Equal(Enumerable.Range(1, 14).Select(n => (long)n), log.Reverse().Select(l => l.Number));
        Assert.Equal((Clock.Now.AddMinutes(-5), Clock.Now), (log[^1].At, log[^2].At));
        Assert.Equal([14L + 1, 14L], store.ReadAccessLog(Me, 2).Select(l => l.Number));
    }

    [Fact]
    public void A_draft_goes_to_clearance_and_from_there_into_the_log()
    {
        var store = Store;
        Assert.True(store.AddDraft(Ana, "d-1", "CRI", DraftKind.Pledge, """{"a":["1"]}"""));
        Assert.False(store.AddDraft(Ben, "d-1", "CRI", DraftKind.Pledge, "{}"));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(store.MoveDraft(Ana, "d-1", 1, DraftState.AwaitingClearance));
        Assert.False(store.MoveDraft(Ben, "d-1", 1, DraftState.Cleared, Ben));
        Assert.False(store.MoveDraft(Ben, "d-1", 2, DraftState.Recorded, "IMRF-2022-0001"));
        Assert.True(store.MoveDraft(Ben, "d-1", 2, DraftState.Cleared, Ben));
        Assert.Equal(
            new Draft("d-1", "CRI", DraftKind.Pledge, """{"a":["1"]}""", Ana, DraftState.Cleared, Ben, null, Clock.Now.AddHours(-1), Clock.Now, 3),
            store.FindDraft(Me, "d-1"));
        Assert.True(store.MoveDraft(Ana, "d-1", 3, DraftState.Recorded, "IMRF-2022-0001"));
        var recorded = store.FindDraft(Me, "d-1")!;
        Assert.Equal((DraftState.Recorded, Ben, "IMRF-2022-0001"), (recorded.State, recorded.ClearedBy, recorded.Recorded));
        Assert.False(store.ChangeDraft(Ana, "d-1", 4, "{}"));
        Assert.False(store.MoveDraft(Ana, "d-1", 4, DraftState.Draft));
    }

    [Fact]
    public void What_is_changed_is_a_draft_again_and_whoever_was_first_counts()
    {
        var store = Store;
        store.AddDraft(Ana, "d-1", "CRI", DraftKind.Report, "{}");
        store.MoveDraft(Ana, "d-1", 1, DraftState.AwaitingClearance);
        store.MoveDraft(Ben, "d-1", 2, DraftState.Cleared, Ben);
        Assert.False(store.ChangeDraft(Ben, "d-1", 1, """{"old":["1"]}"""));
        Assert.True(store.ChangeDraft(Ben, "d-1", 3, """{"new":["1"]}"""));
        var draft = store.FindDraft(Me, "d-1")!;
        Assert.Equal((DraftState.Draft, (string?)null, Ben, """{"new":["1"]}""", 4L), (draft.State, draft.ClearedBy, draft.PreparedBy, draft.Form, draft.Version));
    }

    [Fact]
    public void Drafts_are_listed_by_participant_the_last_changed_first_without_what_is_in_them()
    {
        var store = Store;
        foreach (var (id, participant) in new[] { ("d-1", "CRI"), ("d-2", "HND"), ("d-3", "CRI") })
        {
            store.AddDraft(Ana, id, participant, DraftKind.Initiative, "{}");
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
        store.ChangeDraft(Ana, "d-1", 1, "{}");
        Assert.Equal(["d-1", "d-3"], store.ListDrafts(Me, "CRI").Select(d => d.Id));
        Assert.Equal(["d-1", "d-3", "d-2"], store.ListDrafts(Me).Select(d => d.Id));
        Assert.All(store.ListDrafts(Me), d => Assert.Null(d.Form));
        Assert.True(store.DeleteDraft(Me, "d-1"));
        Assert.False(store.DeleteDraft(Me, "d-1"));
        Assert.Null(store.FindDraft(Me, "d-1"));
    }

    [Fact]
    public void What_is_too_long_is_refused_and_nothing_is_cut_off()
    {
        var store = Store;
        var most = new string('ä', IPrivateStore.MaxFormBytes / 2);
        Assert.True(store.AddDraft(Me, "d-1", "CRI", DraftKind.Pledge, most));
        Assert.Equal(most, store.FindDraft(Me, "d-1")!.Form);
        Assert.Equal("form", Assert.Throws<PrivateLimitException>(() => store.AddDraft(Me, "d-2", "CRI", DraftKind.Pledge, most + "a")).Field);
        Assert.Equal("form", Assert.Throws<PrivateLimitException>(() => store.ChangeDraft(Me, "d-1", 1, most + "a")).Field);
        Assert.Equal("note", Assert.Throws<PrivateLimitException>(() => store.AddContact(Me, Ana, "CRI", Details with { Note = new string('n', 4_001) })).Field);
        Assert.Equal("email", Assert.Throws<PrivateLimitException>(() => store.AddContact(Me, Ana, "CRI", Details with { Email = new string('n', 321) })).Field);
        Assert.Null(store.FindContact(Me, Ana));
        Assert.Single(store.ListDrafts(Me));
    }

    [Fact]
    public async Task What_no_id_can_be_is_not_there_and_not_in_the_access_log()
    {
        foreach (var strange in new[] { "\0", "a-\0b", "\ud800", "Ana O'Hara", "'; drop table contacts; --", new string('x', 5_000) })
        {
            Assert.Null(Store.FindContact(strange, strange));
            Assert.Null(Store.FindDraft(Me, strange));
            Assert.Empty(Store.ListDrafts(Me, strange));
            Assert.False(Store.EraseContact(Me, strange));
            Assert.False(Store.DeleteDraft(Me, strange));
            Assert.False(Store.ChangeDraft(Me, strange, 1, "{}"));
        }
        using var again = await OpenAsync();
        Assert.Equal(["?", "access-log"], again.ReadAccessLog(Me, 1000).Select(l => l.Subject).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["?", Me], again.ReadAccessLog(Me, 1000).Select(l => l.By).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keys_are_kept_once_under_a_name_and_are_not_in_the_access_log()
    {
        Assert.Empty(Store.ReadKeys());
        Assert.True(Store.AddKey("key-2", "<key id=\"2\"><value>ß</value></key>"));
        Assert.True(Store.AddKey("key-1", "<key id=\"1\" />"));
        Assert.False(Store.AddKey("key-1", "<another />"));
        using var again = await OpenAsync();
        Assert.Equal([new("key-1", "<key id=\"1\" />"), new ProtectionKey("key-2", "<key id=\"2\"><value>ß</value></key>")], again.ReadKeys());
        Assert.Single(again.ReadAccessLog(Me));
    }
}
