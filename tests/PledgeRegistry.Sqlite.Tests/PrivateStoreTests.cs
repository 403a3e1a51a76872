using System.Text;
using PledgeRegistry.Private;
using PledgeRegistry.Testing;

namespace PledgeRegistry.Sqlite.Tests;

/// <summary>The private store on its real file: what its engine alone does.</summary>
public sealed class PrivateStoreTests : IDisposable
{
    private const string Me = "local-operator", Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb";

    private static readonly ContactDetails Details = new("Xiomara Quetzalcóatl", "xiomara.quetzal@example.org", "+506 5550 1234 9", ["es", "en"], "Only in the mornings, please.");

    private readonly LogDirectory folder = new();
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2026, 5, 8, 9, 30, 0, TimeSpan.Zero));

    private string Path => folder.At("private.db");

    public void Dispose() => folder.Dispose();

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
            Assert.Contains("Try again", Assert.Throws<PrivateUnavailableException>(() => store.EraseContact(Me, Ana)).Message, StringComparison.Ordinal);
            Assert.Null(store.FindContact(Me, Ana)!.Details);
            RawFile.Scalar(other, "COMMIT");
        }
        Open().Dispose();
        Assert.False(IsInFiles("Xiomara"));
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
    public async Task Another_file_is_not_taken_for_a_private_store()
    {
        await SqliteLog.OpenForWriting(Path).DisposeAsync();
        Assert.Contains("application_id", Assert.Throws<LogFormatException>(Open).Message, StringComparison.Ordinal);
        var newer = folder.At("newer.db");
        new SqlitePrivateStore(newer, clock).Dispose();
        RawFile.Execute(newer, "PRAGMA user_version = 4");
        Assert.Contains("newer release", Assert.Throws<LogFormatException>(() => new SqlitePrivateStore(newer, clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_first_release_is_taken_over_with_what_is_in_it()
    {
        RawFile.Open(Path, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWriteCreate).Dispose();
        RawFile.Execute(Path, """
            CREATE TABLE contacts (actor TEXT PRIMARY KEY, participant TEXT NOT NULL, details TEXT) STRICT;
            CREATE TABLE drafts (
                id TEXT PRIMARY KEY, participant TEXT NOT NULL, kind TEXT NOT NULL, form TEXT NOT NULL, prepared_by TEXT NOT NULL, state TEXT NOT NULL,
                cleared_by TEXT, recorded TEXT, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, version INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE access (
                number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, by TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL
            ) STRICT;
            CREATE TABLE cleaning (due INTEGER NOT NULL) STRICT;
            INSERT INTO contacts VALUES ('a-1', 'CRI', '{"name":"Somebody","email":null,"telephone":null,"languages":[],"note":null}');
            INSERT INTO access (at, by, action, subject) VALUES (0, 'local-operator', 'added', 'contact/a-1');
            PRAGMA application_id = 0x504C4450;
            PRAGMA user_version = 1;
            """);
        using (var store = Open())
        {
            Assert.Equal("Somebody", store.FindContact(Me, "a-1")!.Details!.Name);
            Assert.True(store.AddKey("key-1", "<key />"));
        }
        Assert.Equal(3L, RawFile.Execute(Path, "PRAGMA user_version"));
        using var again = Open();
        Assert.Single(again.ReadKeys());
        Assert.Equal(3, again.ReadAccessLog(Me).Count);
    }

    [Fact]
    public void A_file_that_another_process_holds_for_too_long_is_told_as_unavailable_and_nothing_is_done()
    {
        using var store = new SqlitePrivateStore(Path, clock, busyMilliseconds: 50);
        store.AddContact(Me, Ana, "CRI", Details);
        using var other = RawFile.Open(Path, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite);
        RawFile.Scalar(other, "BEGIN IMMEDIATE");
        Assert.Throws<PrivateUnavailableException>(() => store.EraseContact(Me, Ana));
        Assert.Throws<PrivateUnavailableException>(() => store.ReadKeys());
        RawFile.Scalar(other, "COMMIT");
        Assert.NotNull(store.FindContact(Me, Ana)!.Details);
        Assert.Equal(3, store.ReadAccessLog(Me).Count);
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
