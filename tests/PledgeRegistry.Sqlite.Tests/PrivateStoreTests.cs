using System.Text;
using PledgeRegistry.Private;
using PledgeRegistry.Testing;

namespace PledgeRegistry.Sqlite.Tests;

/// <summary>The private store on its real file.</summary>
public sealed class PrivateStoreTests : IDisposable
{
    private const string Me = "local-operator", Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb";

    private static readonly ContactDetails Details = new("Xiomara Quetzalcóatl", "xiomara.quetzal@example.org", "+506 5550 1234 9", ["es", "en"], "Only in the mornings, please.");

    private readonly LogDirectory folder = new();
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2026, 5, 8, 9, 30, 0, TimeSpan.Zero));

    private string Path => folder.At("private.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_contact_is_added_once_changed_and_found_again_after_reopening()
    {
        using (var store = Open())
        {
            Assert.True(store.AddContact(Me, Ana, "CRI", Details));
            Assert.False(store.AddContact(Me, Ana, "HND", Details with { Name = "Another" }));
            Assert.True(store.AddContact(Me, Ben, "CRI", new ContactDetails("Ben", null, null, [], null)));
            Assert.True(store.ChangeContact(Me, Ana, Details with { Note = null }));
            Assert.False(store.ChangeContact(Me, "a-none", Details));
        }
        using var again = Open();
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
        using var store = Open();
        store.AddContact(Me, Ana, "CRI", Details);
        Assert.True(store.EraseContact(Me, Ana));
        Assert.False(store.EraseContact(Me, Ana));
        Assert.False(store.EraseContact(Me, "a-none"));
        Assert.Equal(new Contact(Ana, "CRI", null), store.FindContact(Me, Ana));
        Assert.False(store.ChangeContact(Me, Ana, Details));
        Assert.False(store.AddContact(Me, Ana, "CRI", Details));
    }

    [Fact]
    public void What_was_erased_replaced_or_deleted_is_in_no_file_any_more()
    {
        using var store = Open();
        // Enough around it that pages split, rows move and some lie on pages of their own.
        for (var i = 0; i < 60; i++)
        {
            store.AddContact(Me, $"a-{i}", "CRI", new ContactDetails($"Somebody {i}", null, null, [], new string('n', 60 * i)));
        }
        store.AddContact(Me, Ana, "CRI", Details with { Note = string.Concat(Enumerable.Repeat(Details.Note + " ", 100)) });
        store.AddDraft(Me, "d-1", "CRI", DraftKind.Pledge, """{"text":["The unfinished promise"]}""");
        store.AddDraft(Me, "d-2", "CRI", DraftKind.Pledge, $$"""{"text":["The earlier wording{{new string('x', 50_000)}}"]}""");
        Assert.All(Secrets(), s => Assert.True(IsInFiles(s), s));

        store.ChangeContact(Me, Ana, Details with { Telephone = "none" });
        Assert.False(IsInFiles(Details.Telephone!));
        store.EraseContact(Me, Ana);
        store.DeleteDraft(Me, "d-1");
        store.ChangeDraft(Me, "d-2", 1, "{}");
        Assert.All(Secrets(), s => Assert.False(IsInFiles(s), s));
        Assert.Equal(0, new FileInfo(Path + "-wal").Length);
        Assert.True(IsInFiles("Somebody 59"));
        Assert.Equal(61, store.ListContacts(Me).Count);
        Assert.Equal("ok", RawFile.Scalar(RawFile.Open(Path, Microsoft.Data.Sqlite.SqliteOpenMode.ReadOnly), "PRAGMA integrity_check"));

        static string[] Secrets() => ["Xiomara", "xiomara.quetzal", "5550 1234", "in the mornings", "unfinished promise", "earlier wording"];
    }

    [Fact]
    public void What_could_not_be_wiped_is_told_and_wiped_at_the_next_start()
    {
        using (var store = new SqlitePrivateStore(Path, clock, busyMilliseconds: 50))
        {
            store.AddContact(Me, Ana, "CRI", Details);
            using var other = RawFile.Open(Path, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite);
            RawFile.Scalar(other, "BEGIN");
            RawFile.Scalar(other, "SELECT count(*) FROM contacts");
            Assert.Contains("Try again", Assert.Throws<IOException>(() => store.EraseContact(Me, Ana)).Message, StringComparison.Ordinal);
            Assert.Null(store.FindContact(Me, Ana)!.Details);
            RawFile.Scalar(other, "COMMIT");
        }
        Open().Dispose();
        Assert.False(IsInFiles("Xiomara"));
    }

    [Fact]
    public void Everything_that_is_read_or_changed_is_in_the_access_log_by_whom_and_when()
    {
        using var store = Open();
        store.AddContact(Me, Ana, "CRI", Details);
        clock.Advance(TimeSpan.FromMinutes(5));
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
        Assert.Equal((clock.Now.AddMinutes(-5), clock.Now), (log[^1].At, log[^2].At));
        Assert.Equal([14L + 1, 14L], store.ReadAccessLog(Me, 2).Select(l => l.Number));
    }

    [Theory]
    [InlineData("DELETE FROM access")]
    [InlineData("UPDATE access SET by = 'nobody'")]
    public void The_access_log_can_not_be_shortened_or_rewritten(string sql)
    {
        using var store = Open();
        store.ListContacts(Me);
        Assert.Contains("access log", Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => RawFile.Execute(Path, sql)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_goes_to_clearance_and_from_there_into_the_log()
    {
        using var store = Open();
        Assert.True(store.AddDraft(Ana, "d-1", "CRI", DraftKind.Pledge, """{"a":["1"]}"""));
        Assert.False(store.AddDraft(Ben, "d-1", "CRI", DraftKind.Pledge, "{}"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(store.MoveDraft(Ana, "d-1", 1, DraftState.AwaitingClearance));
        Assert.False(store.MoveDraft(Ben, "d-1", 1, DraftState.Cleared, Ben));
        Assert.False(store.MoveDraft(Ben, "d-1", 2, DraftState.Recorded, "IMRF-2022-0001"));
        Assert.True(store.MoveDraft(Ben, "d-1", 2, DraftState.Cleared, Ben));
        Assert.Equal(
            new Draft("d-1", "CRI", DraftKind.Pledge, """{"a":["1"]}""", Ana, DraftState.Cleared, Ben, null, clock.Now.AddHours(-1), clock.Now, 3),
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
        using var store = Open();
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
        using var store = Open();
        foreach (var (id, participant) in new[] { ("d-1", "CRI"), ("d-2", "HND"), ("d-3", "CRI") })
        {
            store.AddDraft(Ana, id, participant, DraftKind.Initiative, "{}");
            clock.Advance(TimeSpan.FromSeconds(1));
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
        using var store = Open();
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
    public void What_is_cut_off_half_way_was_never_done_and_never_logged()
    {
        using (var store = Open())
        {
            store.AddContact(Me, Ana, "CRI", Details);
            store.BeforeCommit = () => throw new IOException("The power went (a fault of the test).");
            Assert.Throws<IOException>(() => store.EraseContact(Me, Ana));
            Assert.Throws<IOException>(() => store.FindContact(Me, Ana));
            store.BeforeCommit = null;
            Assert.Equal(Details.Name, store.FindContact(Me, Ana)!.Details!.Name);
        }
        using var again = Open();
        Assert.Equal(Details.Name, again.FindContact(Me, Ana)!.Details!.Name);
        Assert.Equal([PrivateAction.Read, PrivateAction.Read, PrivateAction.Read, PrivateAction.Added], again.ReadAccessLog(Me).Select(l => l.Action));
    }

    [Fact]
    public async Task Two_writers_take_turns_and_neither_loses_anything()
    {
        using var first = Open();
        using var second = Open();
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
    public async Task Another_file_is_not_taken_for_a_private_store()
    {
        await SqliteLog.OpenForWriting(Path).DisposeAsync();
        Assert.Contains("application_id", Assert.Throws<LogFormatException>(Open).Message, StringComparison.Ordinal);
        var newer = folder.At("newer.db");
        new SqlitePrivateStore(newer, clock).Dispose();
        RawFile.Execute(newer, "PRAGMA user_version = 2");
        Assert.Contains("newer release", Assert.Throws<LogFormatException>(() => new SqlitePrivateStore(newer, clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_its_owner_reads_the_file()
    {
        Open().Dispose();
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Ids_are_of_the_form_that_decisions_ask_for_and_differ()
    {
        var ids = new RandomIds();
        var actors = Enumerable.Range(0, 1000).Select(_ => ids.NewActor()).ToHashSet();
        Assert.Equal(1000, actors.Count);
        Assert.All(actors, a => Assert.True(PledgeRegistry.Participants.ActorId.IsOne(a), a));
        Assert.All(Enumerable.Range(0, 100).Select(_ => ids.NewDraft()), d => Assert.Matches("^d-[a-z2-7]{26}$", d));
        // Every bit of the source is used: each digit but the last takes all 32 values.
        Assert.Equal(32, actors.Select(a => a[2]).Distinct().Count());
        Assert.Equal(32, actors.Select(a => a[26]).Distinct().Count());
    }

    private SqlitePrivateStore Open() => new(Path, clock);

    private bool IsInFiles(string text) => folder.Names.Any(name =>
    {
        using var file = new FileStream(folder.At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    });
}
