using System.Text;
using PledgeRegistry.Faults.Checker;

namespace PledgeRegistry.Faults.Tests;

/// <summary>A record of strace in which all is in order, and what is found in one that isn't.</summary>
public sealed class SyncOrderTests
{
    private const string Wal = "5</data/registry.db-wal>";
    private const string Id = "01a20233-e43f-7be6-b3ee-3d7e5e06017a";
    private static readonly string Leaf = new('c', 64);

    private static readonly string Header = $"7 pwrite64({Wal}, \"{Hex([0, 0, 0, 9, 0, 0, 0, 9, .. new byte[16]])}\", 24, 32) = 24";
    private static readonly string Page = $"7 pwrite64({Wal}, \"{Hex(Encoding.ASCII.GetBytes($"xx{Id}yy"))}\", 8192, 56) = 8192";
    private static readonly string Sync = $"7 fsync({Wal}) = 0";
    private static readonly string Send = $"9 sendto(8<TCP:[127.0.0.1:1->127.0.0.1:2]>, \"{Hex(Encoding.ASCII.GetBytes(
        $$"""HTTP/1.1 201 {"outcome":"recorded","position":3,"entryId":"{{Id}}","leafHash":"{{Leaf}}","count":1}"""))}\", 99, 0, NULL, 0) = 99";

    [Fact]
    public void A_receipt_that_went_out_after_the_sync_is_in_order() => Assert.Equal((1, ""), Found(Header, Page, Sync, Send));

    [Fact]
    public void A_sync_that_another_call_interrupted_is_put_together() =>
        Assert.Equal((1, ""), Found(Header, Page, $"7 fsync({Wal} <unfinished ...>", "8 write(4<pipe:[1]>, \"x\", 1) = 1", "7 <... fsync resumed>) = 0", Send));

    [Fact]
    public void A_receipt_before_the_sync_has_returned_is_found() => Early(Header, Page, $"7 fsync({Wal} <unfinished ...>", Send, "7 <... fsync resumed>) = 0");

    [Fact]
    public void A_receipt_before_the_sync_is_found() => Early(Header, Page, Send, Sync);

    [Fact]
    public void A_sync_before_the_write_does_not_count() => Early(Sync, Header, Page, Send);

    [Fact]
    public void A_sync_that_failed_does_not_count() => Early(Header, Page, $"7 fsync({Wal}) = -1 EIO (Input/output error) (INJECTED)", Send);

    [Fact]
    public void A_sync_of_another_file_does_not_count() => Early(Header, Page, "7 fsync(6</data/registry.db>) = 0", Send);

    [Fact]
    public void A_receipt_of_something_never_written_is_found() => Early(Header, Sync, Send);

    [Fact]
    public void A_page_without_the_frame_that_commits_it_does_not_count() =>
        Early($"7 pwrite64({Wal}, \"{Hex([0, 0, 0, 9, 0, 0, 0, 0, .. new byte[16]])}\", 24, 32) = 24", Page, Sync, Send);

    [Fact]
    public void On_PostgreSQL_the_leaf_in_the_write_ahead_log_counts_too()
    {
        const string segment = "5</pg/data/pg_wal/000000010000000000000001>";
        var write = $"7 pwrite64({segment}, \"{Hex([1, 2, .. Convert.FromHexString(Leaf), 3])}\", 8192, 0) = 8192";
        Assert.Equal((1, ""), Found(write, $"7 fdatasync({segment}) = 0", Send));
        Early(write, Send, $"7 fdatasync({segment}) = 0");
    }

    [Fact]
    public void A_file_that_is_written_again_after_a_failure_without_being_opened_is_found()
    {
        var failed = $"7 fsync({Wal}) = -1 EIO (Input/output error) (INJECTED)";
        var opened = $"7 openat(AT_FDCWD</data>, \"{Hex("/data/registry.db-wal"u8.ToArray())}\", O_RDWR|O_CREAT, 0644) = 5{Wal[1..]}";
        Assert.Empty(Kinds.Syncs.ReusedAfterFailure(Trace.Read([Header, Page, failed, opened, Header, Page])));
        Assert.NotEmpty(Kinds.Syncs.ReusedAfterFailure(Trace.Read([Header, Page, failed, Header, Page])));
    }

    private static void Early(params string[] lines)
    {
        var order = SyncOrder.Check(Trace.Read(lines));
        Assert.Single(order.Words);
        Assert.Contains(Id, order.Words[0], StringComparison.Ordinal);
    }

    private static (int, string) Found(params string[] lines) => SyncOrder.Check(Trace.Read(lines)) is var order ? (order.Acknowledged, string.Join("; ", order.Words)) : default;

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(b => $"\\x{b:x2}"));
}
