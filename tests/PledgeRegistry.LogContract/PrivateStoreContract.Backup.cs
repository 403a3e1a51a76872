using System.Text.Json;
using PledgeRegistry.Private;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>A backup, and what comes of it in another store.</summary>
public abstract partial class PrivateStoreContract
{
    private readonly string folder = Directory.CreateTempSubdirectory("pledge-backup-").FullName;

    protected string BackupPath => Path.Combine(folder, "private.backup");

    [Fact]
    public async Task A_restored_backup_is_the_same_store_again_and_both_are_logged()
    {
        Fill(Store);
        var made = PrivateBackup.Write(Store, Ben, BackupPath, Clock);
        Assert.Equal((Clock.Now, new PrivateCounts(3, 4, 2, 12)), (made.MadeAt, made.Counts));
        var before = Everything(Store, takeOff: 1);
        using var other = await OpenAnotherAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        var restored = PrivateBackup.Restore(other, Me, BackupPath);
        Assert.Equal((made.MadeAt, made.Counts), (restored.MadeAt, restored.Counts));
        Assert.Equal([(Ana, "CRI"), ("a-other", "HND")], restored.Contacts);
        Assert.Equal(before, Everything(other, takeOff: 2));
        Assert.Equal([(13, Me, PrivateAction.Added, "everything"), (12, Ben, PrivateAction.Read, "everything")],
            other.ReadAccessLog(Me, 1000).Skip(2).Take(2).Select(l => ((int)l.Number, l.By, l.Action, l.Subject)));
        // It goes on as any other.
        Assert.True(other.EraseContact(Me, Ana));
        Assert.True(other.ChangeDraft(Me, "d-1", 1, "{}"));
    }

    [Fact]
    public void A_backup_is_its_owner_s_alone_and_replaces_the_one_before_only_when_it_is_whole()
    {
        Fill(Store);
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(BackupPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var first = File.ReadAllBytes(BackupPath);
        BeforeCommit(Store, () => throw new IOException("The power went (a fault of the test)."));
        Assert.Throws<IOException>(() => PrivateBackup.Write(Store, Me, BackupPath, Clock));
        BeforeCommit(Store, null);
        Assert.Equal(first, File.ReadAllBytes(BackupPath));
        Assert.Equal([BackupPath], Directory.EnumerateFiles(folder));
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
        Assert.NotEqual(first, File.ReadAllBytes(BackupPath));
    }

    [Fact]
    public async Task Only_an_empty_store_takes_a_backup()
    {
        Fill(Store);
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
        var before = Everything(Store, takeOff: 1);
        Assert.Contains("only restored into an empty one", Assert.Throws<PrivateBackupException>(() => PrivateBackup.Restore(Store, Me, BackupPath)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Everything(Store, takeOff: 2));
        using var other = await OpenAnotherAsync();
        other.AddKey("key-1", "<key />");
        Assert.Throws<PrivateBackupException>(() => PrivateBackup.Restore(other, Me, BackupPath));
        Assert.Single(other.ReadAccessLog(Me));
    }

    [Fact]
    public async Task A_restore_that_is_cut_off_half_way_leaves_an_empty_store()
    {
        Fill(Store);
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
        using var other = await OpenAnotherAsync();
        BeforeCommit(other, () => throw new IOException("The power went (a fault of the test)."));
        Assert.Throws<IOException>(() => PrivateBackup.Restore(other, Me, BackupPath));
        BeforeCommit(other, null);
        Assert.Throws<InvalidOperationException>(() => other.TakeIn(Me, Half()));
        Assert.Equal(12, PrivateBackup.Restore(other, Me, BackupPath).Counts.AccessLines);

        static IEnumerable<PrivateRow> Half()
        {
            yield return new PrivateRow.OfContact(new Contact(Ana, "CRI", Details));
            throw new InvalidOperationException("A fault of the test.");
        }
    }

    [Fact]
    public async Task Damage_is_named_by_its_line_before_anything_is_written()
    {
        Fill(Store);
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
        var lines = File.ReadAllLines(BackupPath);
        using var other = await OpenAnotherAsync();
        Assert.Equal(1 + 3 + 4 + 2 + 12 + 1, lines.Length);

        // A flipped bit in any line.
        for (var i = 0; i < lines.Length; i++)
        {
            var bytes = File.ReadAllBytes(BackupPath);
            var at = lines.Take(i).Sum(l => System.Text.Encoding.UTF8.GetByteCount(l) + 1) + 20;
            bytes[at] ^= 1;
            Refused($"line {i + 1}:", bytes);
        }
        var whole = string.Join('\n', lines) + "\n";
        Refused("line 1: the file is cut off", "");
        Refused($"line {lines.Length}: the file is cut off", whole[..^1]);
        Refused($"line {lines.Length}: the file is cut off", string.Join('\n', lines[..^1]) + "\n");
        Refused("line 8: the file is cut off", string.Join('\n', lines[..7]) + "\n" + lines[7][..5]);
        // A line that is missing, twice, or elsewhere is whole by itself; the end tells.
        Refused($"line {lines.Length - 1}: lines before this end", Lines([.. lines[..2], .. lines[3..]]));
        Refused($"line {lines.Length + 1}: lines before this end", Lines([.. lines[..2], lines[1], .. lines[2..]]));
        Refused($"line {lines.Length}: lines before this end", Lines([lines[0], lines[2], lines[1], .. lines[3..]]));
        Refused("isn't at its place", Lines([.. lines[..12], .. lines[13..]]));
        Refused($"line {lines.Length + 1}: something follows", whole + "\n");
        Refused("line 1: this is not the head", Lines(lines[1..]));
        Refused("line 1: the line is damaged", "{\"format\":\"another\"}\n");
        Assert.Single(other.ReadAccessLog(Me));

        void Refused(string says, object content)
        {
            var damaged = Path.Combine(folder, "damaged");
            if (content is byte[] bytes)
            {
                File.WriteAllBytes(damaged, bytes);
            }
            else
            {
                File.WriteAllText(damaged, (string)content);
            }
            Assert.Contains(says, Assert.Throws<PrivateBackupException>(() => PrivateBackup.Restore(other, Me, damaged)).Message, StringComparison.Ordinal);
        }

        static string Lines(string[] lines) => string.Join('\n', lines) + "\n";
    }

    [Fact]
    public async Task The_longest_form_of_the_strangest_signs_is_backed_up_and_restored()
    {
        var form = new string('\u0001', IPrivateStore.MaxFormBytes);
        Store.AddDraft(Me, "d-1", "CRI", DraftKind.Pledge, form);
        Store.AddContact(Me, Ana, "CRI", Details with { Note = "\0 \u2028 😀 \" \\ \r\n" });
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
        using var other = await OpenAnotherAsync();
        PrivateBackup.Restore(other, Me, BackupPath);
        Assert.Equal(form, other.FindDraft(Me, "d-1")!.Form);
        Assert.Equal("\0 \u2028 😀 \" \\ \r\n", other.FindContact(Me, Ana)!.Details!.Note);
    }

    [Fact]
    public void A_backup_that_is_not_there_is_told() =>
        Assert.Contains("can't be read", Assert.Throws<PrivateBackupException>(() => PrivateBackup.Restore(Store, Me, BackupPath)).Message, StringComparison.Ordinal);

    /// <summary>Something of every kind, in every state: 3 contacts, 4 drafts, 2 keys; 11 lines of the access log.</summary>
    protected void Fill(IPrivateStore store)
    {
        store.AddContact(Me, Ana, "CRI", Details);
        store.AddContact(Me, Ben, "CRI", Details with { Name = "بن 😀", Languages = [] });
        store.AddContact(Ana, "a-other", "HND", new ContactDetails("Somebody", null, null, [], null));
        store.EraseContact(Me, Ben);
        store.AddDraft(Ana, "d-1", "CRI", DraftKind.Pledge, """{"text":["Línea\n \"uno\" \u0000"]}""");
        store.AddDraft(Ana, "d-2", "CRI", DraftKind.Report, "{}");
        store.AddDraft(Ana, "d-3", "HND", DraftKind.Need, "{}");
        store.AddDraft(Ana, "d-4", "HND", DraftKind.Initiative, "{}");
        Clock.Advance(TimeSpan.FromSeconds(1.234));
        store.MoveDraft(Ana, "d-2", 1, DraftState.AwaitingClearance);
        store.MoveDraft(Ben, "d-2", 2, DraftState.Cleared, Ben);
        store.MoveDraft(Ana, "d-3", 1, DraftState.Recorded, "NEED-2026-0001");
        store.AddKey("key-1", "<key id=\"1\" />");
        store.AddKey("key-2", "<key>é</key>");
    }

    /// <summary>All that a store hands over, but the last lines of the access log.</summary>
    protected static IReadOnlyList<string> Everything(IPrivateStore store, int takeOff)
    {
        var all = new List<string>();
        store.CopyOut(Me, row => all.Add(JsonSerializer.Serialize(row, row.GetType())));
        return all[..^takeOff];
    }
}
