using PledgeRegistry.Private;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class PrivateErasureTests(Cluster cluster) : PrivateServerTest(cluster)
{
    private static readonly string[] Secrets = ["Xiomara", "xiomara.quetzal", "5550 1234", "in the mornings", "unfinished promise", "earlier wording"];

    [Fact]
    public async Task What_was_erased_replaced_or_deleted_is_in_no_file_of_the_database_any_more()
    {
        using var store = await OpenPrivateAsync();
        Plant(store);
        // The planner's statistics are files, too.
        await Cluster.SqlAsync(Database, "analyze");
        foreach (var secret in Secrets)
        {
            Assert.NotEmpty(await Cluster.FilesWithAsync(secret));
        }

        Assert.True(store.ChangeContact(Me, Ana, Details with { Telephone = "none" }));
        Assert.Empty(await Cluster.FilesWithAsync("5550 1234"));
        Assert.NotEmpty(await Cluster.FilesWithAsync("Xiomara"));
        Assert.True(store.EraseContact(Me, Ana));
        Assert.True(store.DeleteDraft(Me, "d-1"));
        Assert.True(store.ChangeDraft(Me, "d-2", 1, "{}"));
        foreach (var secret in Secrets)
        {
            Assert.Empty(await Cluster.FilesWithAsync(secret));
        }

        // What stays has stayed as it was.
        Assert.NotEmpty(await Cluster.FilesWithAsync("Somebody 3"));
        Assert.Equal(61, store.ListContacts(Me).Count);
        Assert.All(Enumerable.Range(0, 60), i =>
        {
            Assert.Equal(new string('n', 60 * i), store.FindContact(Me, $"a-{i}")!.Details!.Note);
            Assert.Equal($$"""{"number":["{{i}}"]}""", store.FindDraft(Me, $"d-other-{i}")!.Form);
        });
        Assert.Equal("{}", store.FindDraft(Me, "d-2")!.Form);
        Assert.Null(store.FindDraft(Me, "d-1"));
        await Cluster.SqlAsync(Database, "analyze");
    }

    [Fact]
    public async Task What_is_held_by_a_dump_is_not_erased_and_the_caller_is_told()
    {
        using var store = await OpenPrivateAsync(session: "-c lock_timeout=100");
        Plant(store);
        var lines = store.ReadAccessLog(Me, 1000).Count;
        await using (var dump = await ConnectAsync("admin"))
        {
            await Cluster.SqlAsync(dump, "begin");
            await Cluster.SqlAsync(dump, "select count(*) from pledge_registry_private.contacts, pledge_registry_private.forms");
            foreach (var call in new Action[] { () => store.EraseContact(Me, Ana), () => store.ChangeContact(Me, Ana, Details), () => store.DeleteDraft(Me, "d-1"), () => store.ChangeDraft(Me, "d-2", 1, "{}") })
            {
                Assert.Contains("Nothing was read or changed", Assert.Throws<PrivateUnavailableException>(call).Message, StringComparison.Ordinal);
            }
            // Reading goes on.
            Assert.NotNull(store.FindContact(Me, Ana)!.Details);
        }
        Assert.Equal((1, 1), (store.FindDraft(Me, "d-1")!.Version, store.FindDraft(Me, "d-2")!.Version));
        Assert.Equal(lines + 3 + 1, store.ReadAccessLog(Me, 1000).Count);
        Assert.True(store.EraseContact(Me, Ana));
        Assert.Empty(await Cluster.FilesWithAsync("Xiomara"));
    }

    [Fact]
    public async Task Forms_are_spread_over_parts_so_that_to_wipe_one_rewrites_few()
    {
        using var store = await OpenPrivateAsync();
        Plant(store);
        const string files = "select string_agg(relname || relfilenode, ',' order by relname) from pg_class where relnamespace = 'pledge_registry_private'::regnamespace and relname ~ '^forms_[0-9]+$'";
        var before = ((string)(await Cluster.SqlAsync(Database, files))!).Split(',');
        store.ChangeDraft(Me, "d-2", 1, "{}");
        var after = ((string)(await Cluster.SqlAsync(Database, files))!).Split(',');
        Assert.Equal(32, before.Length);
        Assert.Single(after.Except(before));
        Assert.InRange((long)(await Cluster.SqlAsync(Database, "select count(distinct tableoid) from pledge_registry_private.forms"))!, 16, 32);
    }

    // Enough around it that rows move, and some lie in TOAST.
    private static void Plant(PostgresPrivateStore store)
    {
        for (var i = 0; i < 60; i++)
        {
            store.AddContact(Me, $"a-{i}", "CRI", new ContactDetails($"Somebody {i}", null, null, [], new string('n', 60 * i)));
            store.AddDraft(Me, $"d-other-{i}", "CRI", DraftKind.Pledge, $$"""{"number":["{{i}}"]}""");
        }
        store.AddContact(Me, Ana, "CRI", Details);
        store.AddDraft(Me, "d-1", "CRI", DraftKind.Pledge, """{"text":["The unfinished promise"]}""");
        // Into TOAST, and of a kind that isn't compressed: it would be there, and not be found.
        var noise = new byte[40_000];
        new Random(1).NextBytes(noise);
        store.AddDraft(Me, "d-2", "CRI", DraftKind.Pledge, $$"""{"text":["The earlier wording {{Convert.ToBase64String(noise)}}"]}""");
    }
}
