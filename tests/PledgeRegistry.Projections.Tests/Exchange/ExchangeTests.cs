using PledgeRegistry.Exchange;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Exchange;

namespace PledgeRegistry.Projections.Tests.Exchange;

public sealed class ExchangeTests
{
    private static readonly ExchangeContent Need = SampleRegistry.Need(), Offer = SampleRegistry.Offer();

    [Fact]
    public async Task An_entry_is_open_until_its_last_day_or_until_it_is_closed()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-12-01");
        var id = await RecordsAsync(given, Need with { OpenUntil = new EffectiveDate("2017-03") });
        await given.DoesAsync(new CloseNeedOrOffer(id, 1, Closing.Lapsed, new EffectiveDate("2017-05-01"), "Nobody came."));
        Assert.Equal(
            [ExchangeStatus.Open, ExchangeStatus.Open, ExchangeStatus.PastItsDay, ExchangeStatus.Lapsed],
            [await StatusAsync(given, id, "2016-12-01"), await StatusAsync(given, id, "2017-03-31"), await StatusAsync(given, id, "2017-04-01"), await StatusAsync(given, id, "2017-05-01")]);
        var view = (await given.AsksAsync(new GetExchangeEntry(given.At("2017-05-01"), id)))!;
        Assert.Equal((2, "Nobody came."), (view.Version, view.Closing?.Reason));
    }

    [Theory]
    [InlineData(Closing.Met, ExchangeStatus.Met)]
    [InlineData(Closing.Withdrawn, ExchangeStatus.Withdrawn)]
    public async Task However_it_was_closed_it_stays(Closing how, ExchangeStatus status)
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-12-01");
        var id = await RecordsAsync(given, Need);
        await given.DoesAsync(new CloseNeedOrOffer(id, 1, how, new EffectiveDate("2017"), "So it is."));
        Assert.Equal(status, Assert.Single((await given.AsksAsync(new ListExchange(given.At("2018-01-01")))).Entries).Status);
    }

    [Fact]
    public async Task Before_its_day_its_page_says_so_and_lists_leave_it_out()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-12-01");
        var id = await RecordsAsync(given, Need);
        Assert.True((await given.AsksAsync(new GetExchangeEntry(given.At("2016-11-16"), id)))!.NotYetMade);
        Assert.False((await given.AsksAsync(new GetExchangeEntry(given.At("2016-11-17"), id)))!.NotYetMade);
        Assert.Equal((0, 1), ((await given.AsksAsync(new ListExchange(given.At("2016-11-16")))).Count, (await given.AsksAsync(new ListExchange(given.At("2016-11-17")))).Count));
        Assert.Null(await given.AsksAsync(new GetExchangeEntry(given.At("2016-11-17"), "RCM-2016-X0099")));
    }

    [Fact]
    public async Task A_match_shows_on_both_sides_and_stands_once_both_accepted()
    {
        await using var given = (await Given.ARegistryAsync()).On("2018-12-01");
        var (need, offer) = (await RecordsAsync(given, Need), await RecordsAsync(given, Offer));
        await given.DoesAsync(new ProposeMatch(need, offer, "IOM", new EffectiveDate("2017-01-10"), "Both are about nurses."));
        await AnswersAsync(given, need, "CRI", MatchAnswer.Accepted, "2017-02-01");
        await AnswersAsync(given, need, "COL", MatchAnswer.Accepted, "2017-03-01");
        await given.DoesAsync(new EndMatch(need, 1, "COL", new EffectiveDate("2018-01-01"), "The courses are over."));
        string[] days = ["2017-01-10", "2017-02-01", "2017-03-01", "2018-01-01"];
        foreach (var id in new[] { need, offer })
        {
            var matches = new List<MatchView>();
            foreach (var day in days)
            {
                matches.Add(Assert.Single((await given.AsksAsync(new GetExchangeEntry(given.At(day), id)))!.Matches));
            }
            Assert.Equal([MatchStatus.Proposed, MatchStatus.Proposed, MatchStatus.Stands, MatchStatus.Ended], matches.Select(m => m.Status));
            Assert.Equal(["CRI, COL", "COL", "", ""], matches.Select(m => string.Join(", ", m.Waiting)));
            Assert.Equal((need, offer, 1), (matches[0].Need.Id, matches[0].Offer.Id, matches[0].Number));
            Assert.Empty((await given.AsksAsync(new GetExchangeEntry(given.At("2017-01-09", given.Size - 4), id)))!.Matches);
        }
    }

    [Fact]
    public async Task One_side_that_declines_is_enough_and_a_second_match_is_another()
    {
        await using var given = (await Given.ARegistryAsync()).On("2018-12-01");
        var (need, offer) = (await RecordsAsync(given, Need), await RecordsAsync(given, Offer));
        await given.DoesAsync(new ProposeMatch(need, offer, "IOM", new EffectiveDate("2017"), "Both are about nurses."));
        await AnswersAsync(given, need, "CRI", MatchAnswer.Accepted, "2018-02-01");
        await AnswersAsync(given, need, "COL", MatchAnswer.Declined, "2018-03-01");
        await given.DoesAsync(new ProposeMatch(need, offer, "COL", new EffectiveDate("2018-06"), "We have staff again."));
        var matches = (await given.AsksAsync(new GetExchangeEntry(given.Now, offer)))!.Matches;
        Assert.Equal([MatchStatus.Declined, MatchStatus.Proposed], matches.Select(m => m.Status));
        Assert.Equal(1, (await given.AsksAsync(new ListExchange(given.Now, Direction.Offer))).Entries[0].OpenMatches);
    }

    [Fact]
    public async Task What_happens_to_a_match_is_in_the_history_of_both_sides_and_of_who_proposed_it()
    {
        await using var given = (await Given.ARegistryAsync()).On("2018-12-01");
        var (need, offer) = (await RecordsAsync(given, Need), await RecordsAsync(given, Offer));
        var start = given.Size;
        await given.DoesAsync(new ProposeMatch(need, offer, "IOM", new EffectiveDate("2017"), "Both are about nurses."));
        await AnswersAsync(given, need, "CRI", MatchAnswer.Accepted, "2018-02-01");
        await given.DoesAsync(new EndMatch(need, 1, "IOM", new EffectiveDate("2018-06"), "Nobody answered."));
        Assert.Equal([3, 3, 2, 0], new[] { "CRI", "COL", "IOM", "HND" }.Select(p => given.Models.History.Find(given.Size, null, p, null).From(0).Count(at => at >= start)));
        var line = (await given.AsksAsync(new GetHistory(given.Now, Stream: $"exchange/{need}"))).Lines[^1];
        Assert.Equal(("exchange-match-ended.v1", "Nobody answered."), (line.Type, line.Reason));
    }

    [Fact]
    public async Task Each_parameter_narrows()
    {
        await using var given = (await Given.ARegistryAsync()).On("2019-01-01");
        var need = await RecordsAsync(given, Need);
        var offer = await RecordsAsync(given, Offer);
        await given.DoesAsync(new CloseNeedOrOffer(need, 1, Closing.Met, new EffectiveDate("2018"), "Received."));
        var now = given.Now;
        await FoundAsync([need], new ListExchange(now, Direction.Need));
        await FoundAsync([offer], new ListExchange(now, Participant: "COL"));
        await FoundAsync([need], new ListExchange(now, Nature: "financial"));
        await FoundAsync([need, offer], new ListExchange(now, Item: "GCM-15"));
        await FoundAsync([offer], new ListExchange(now, Item: "GCM-15.e"));
        await FoundAsync([offer], new ListExchange(now, Place: "hnd"));
        await FoundAsync([offer], new ListExchange(now, Open: true));
        await FoundAsync([need], new ListExchange(now, Open: false));
        await FoundAsync([offer], new ListExchange(now, After: need));
        await FoundAsync([], new ListExchange(now, After: "RCM-2016-X0099"));
        var page = await given.AsksAsync(new ListExchange(now, Limit: 1));
        Assert.Equal((2, need), (page.Count, page.Next));

        async Task FoundAsync(string[] ids, ListExchange query) => Assert.Equal(ids, (await given.AsksAsync(query)).Entries.Select(e => e.Id));
    }

    private static Task<string> RecordsAsync(Given given, ExchangeContent content) => given.DoesAsync(new RecordNeedOrOffer(content));

    private static Task<string> AnswersAsync(Given given, string need, string party, MatchAnswer answer, string on) =>
        given.DoesAsync(new AnswerMatch(need, 1, party, answer, new EffectiveDate(on), "We have read it.", "en"));

    private static async Task<ExchangeStatus> StatusAsync(Given given, string id, string on) => (await given.AsksAsync(new GetExchangeEntry(given.At(on), id)))!.Status;
}
