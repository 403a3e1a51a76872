using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Properties;

public sealed class LinksTests
{
    [Fact]
    public Task An_id_that_was_given_answers_for_ever_whatever_became_of_the_pledge() => Seeded.RunAsync(3, async random =>
    {
        await using var given = await AsOfTests.StoryAsync(random.Random, 300);
        foreach (var (id, state) in given.Registry.State.Pledges)
        {
            var recorded = given.Models.Pledges.At(id, given.Size)!.Position;
            Assert.Null(await given.AsksAsync(new GetPledge(given.At("2030-01-01", recorded), id)));
            foreach (var size in new[] { recorded + 1, random.Random.NextInt64(recorded + 1, given.Size + 1), given.Size })
            {
                var view = (await given.AsksAsync(new GetPledge(given.At("2030-01-01", size), id)))!;
                Assert.Equal(id, view.Id);
            }
            var now = (await given.AsksAsync(new GetPledge(given.At("2030-01-01"), id)))!;
            Assert.Equal((state.Reports.Count, state.Reviews.Count), (now.Reports.Count, now.Reviews.Count));
        }
    });

    [Fact]
    public Task Links_between_pledges_agree_in_both_directions() => Seeded.RunAsync(5, random => LinksAsync(random.Random));

    /// <summary>Of stories without links the property above would hold as well: see that these have them.</summary>
    [Fact]
    public async Task The_stories_have_links_of_every_kind_and_endings()
    {
        var all = (Continued: 0, Matched: 0, Partners: 0, Ended: 0);
        for (var seed = 1; seed <= 4; seed++)
        {
            var found = await LinksAsync(new Random(seed));
            all = (all.Continued + found.Continued, all.Matched + found.Matched, all.Partners + found.Partners, all.Ended + found.Ended);
        }
        Assert.True(all is { Continued: > 0, Matched: > 0, Partners: > 0, Ended: > 0 }, all.ToString());
    }

    private static async Task<(int Continued, int Matched, int Partners, int Ended)> LinksAsync(Random random)
    {
        var found = (Continued: 0, Matched: 0, Partners: 0);
        await using var given = await AsOfTests.StoryAsync(random, 300);
        for (var i = 0; i < 4; i++)
        {
            var on = new DateOnly(2022, 1, 1).AddDays(random.Next(365 * 8));
            var all = new Dictionary<string, PledgeView>();
            foreach (var row in given.Models.Pledges.At(Given.Read(on, given.Size)))
            {
                all.Add(row.Id, (await given.AsksAsync(new GetPledge(Given.Read(on, given.Size), row.Id)))!);
            }
            foreach (var (id, view) in all)
            {
                Assert.Equal(all.Values.Where(v => v.Ended is not null && v.Ending!.Continues.Contains(id)).Select(v => v.Id).Order(), view.ContinuedFrom.Order());
                Assert.Equal(all.Values.Where(v => v.Content.Matches == id).Select(v => v.Id).Order(), view.MatchedBy.Order());
                var partners = all.Values.Where(v => v.Id != id && v.Content.Partnership is not null && v.Content.Partnership == view.Content.Partnership).Select(v => v.Id).Order();
                Assert.Equal(partners, (view.Partnership?.Pledges ?? []).Order());
                found = (found.Continued + view.ContinuedFrom.Count, found.Matched + view.MatchedBy.Count, found.Partners + partners.Count());
            }
            foreach (var partnership in (await given.AsksAsync(new ListPartnerships(Given.Read(on, given.Size)))).Partnerships)
            {
                Assert.Equal(all.Values.Where(v => v.Content.Partnership == partnership.Id).Select(v => v.Id).Order(), partnership.Pledges.Order());
                var view = (await given.AsksAsync(new GetPartnership(Given.Read(on, given.Size), partnership.Id)))!;
                Assert.Equal((partnership.Name, partnership.Goal), (view.Name, view.Goal));
                Assert.Equal(partnership.Pledges, view.Pledges);
            }
        }
        return (found.Continued, found.Matched, found.Partners, given.Registry.State.Pledges.Values.Count(p => p.Ending is not null));
    }
}
