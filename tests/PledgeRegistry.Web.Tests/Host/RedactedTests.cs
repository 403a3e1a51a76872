using System.Net;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Transparency;
using PledgeRegistry.Web.Start;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>A registry of which something was withheld, as it is served.</summary>
public sealed class RedactedTests
{
    private const string Second = "a-ssssssssssssssssssssssssss", Secret = "Ana of Limón";

    [Theory]
    [InlineData("en", "Passages of this entry are withheld.")]
    [InlineData("es", "Algunos pasajes de este asiento están reservados.")]
    [InlineData("fr", "Des passages de cette inscription sont occultés.")]
    [InlineData("ar", "حُجبت مقاطع من هذا القيد.")]
    public async Task The_history_says_that_it_is_withheld_by_which_entry_on_whose_authority_and_why(string language, string said)
    {
        using var folder = await TestFolder.LoadedAsync();
        var (position, by) = await WithholdAsync(folder);
        await using var registry = await TestRegistry.StartAsync(folder);
        foreach (var page in new[] { $"/history?lang={language}", $"/history?lang={language}&from={position}", $"/history?lang={language}&from={position}&size={by}" })
        {
            var text = WebUtility.HtmlDecode((await registry.GetAsync(page)).Body);
            Assert.Contains(said, text, StringComparison.Ordinal);
            Assert.Contains($"from={by}", text, StringComparison.Ordinal);
            Assert.Contains("A court", text, StringComparison.Ordinal);
            Assert.Contains("It names a child.", text, StringComparison.Ordinal);
            Assert.Contains("Report on [withheld]", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Limón", text, StringComparison.Ordinal);
        }
        var json = (await registry.GetAsync($"/api/history?from={position}&limit=1")).Body;
        Assert.Contains($"\"withheld\":{{\"entry\":{by},\"authority\":\"A court\",\"reason\":\"It names a child.\"}}", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_kept_an_answer_from_before_is_not_told_that_it_still_holds()
    {
        using var folder = await TestFolder.LoadedAsync();
        var before = await TestRegistry.StartAsync(folder);
        var address = $"/api/frameworks?size={before.Size}&on=2026-11-22&lang=en";
        var tag = (await before.GetAsync(address)).Response.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.NotModified, (await before.GetAsync(address, ("If-None-Match", tag))).Response.StatusCode);
        await before.StopAsync();
        await WithholdAsync(folder);
        await using var registry = await TestRegistry.StartAsync(folder);
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync(address, ("If-None-Match", tag))).Response.StatusCode);
    }

    [Fact]
    public async Task No_host_starts_on_a_copy_of_the_log_that_shows_it_again()
    {
        using var folder = await TestFolder.LoadedAsync();
        var (position, by) = await WithholdAsync(folder, keepBefore: true);
        await (await TestRegistry.StartAsync(folder)).StopAsync();
        File.Copy(folder.Log + ".before", folder.Log, overwrite: true);
        var refused = await Assert.ThrowsAsync<StartFailedException>(() => RegistryHost.StartAsync(new StartOptions(folder.Path, false, "--urls=http://127.0.0.1:0") { AcceptRollback = true }, _ => { }));
        Assert.Contains($"has entry {position} in full, of which something was withheld (by entry {by}", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<(long Position, long By)> WithholdAsync(TestFolder folder, bool keepBefore = false)
    {
        long position;
        await using (var log = SqliteLog.OpenForWriting(folder.Log))
        {
            using var record = new HeadRecord(folder.HeadRecord);
            var registry = await Registry.OpenAsync(log, EntryCodec.Current, [], record);
#pragma warning disable RS0030 // After the opening data, which was loaded by the system's clock.
            await using var writer = new RegistryWriter(registry, TimeProvider.System);
#pragma warning restore RS0030
            var author = new Author("a-01", Author.Operator, null);
            position = Assert.IsType<Outcome.Recorded>(await writer.SubmitAsync(new PledgeRegistry.Meetings.RegisterSource("report", $"Report on {Secret}", null, "en", null, new string('b', 64), null, null), author, "1")).Receipt.Position;
            await writer.SubmitAsync(new AppointActor("MEX", Second, ActorRole.Administrator, ActorId.Registry, new EffectiveDate("2020"), null), author, "2");
            await writer.SubmitAsync(new AllowRedaction(Allowed: true, "A court may order it."), author, "3");
        }
        if (keepBefore)
        {
            File.Copy(folder.Log, folder.Log + ".before");
        }
        await using (var log = SqliteLog.OpenForWriting(folder.Log))
        {
            using var record = new HeadRecord(folder.HeadRecord);
            var registry = await Registry.OpenAsync(new RedactingLog(log, log), EntryCodec.Current, [], record);
#pragma warning disable RS0030 // As above.
            await using var writer = new RegistryWriter(registry, TimeProvider.System);
#pragma warning restore RS0030
            var entry = await registry.ReadStoredAsync(position);
            var (replacement, _) = Withholding.Without(entry, [Secret]);
            var command = new RedactEntry(position, "A court", "It names a child.", replacement, Stub.Of(entry, replacement, 0).EntryHash.ToString());
            return (position, Assert.IsType<Outcome.Recorded>(await writer.SubmitAsync(command, new Author("a-01", Author.Operator, null, Second), "4")).Receipt.Position);
        }
    }
}
