using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Projections.Exchange;

namespace PledgeRegistry.Projections.Tests.Exchange;

public sealed class SuggestionsTests
{
    private static readonly DateOnly Day = new(2020, 1, 1);

    [Fact]
    public void A_pair_is_scored_by_what_it_has_in_common_and_says_so()
    {
        var suggestion = Assert.Single(Of(Row("N", SampleRegistry.Need()), Row("O", SampleRegistry.Offer())));
        Assert.Equal(
            [(InCommon.PartOfItem, "GCM-15", 3), (InCommon.Nature, "process", 2), (InCommon.Place, "CRI", 2), (InCommon.Population, "children", 1)],
            suggestion.Reasons.Select(r => (r.Kind, r.Code, r.Points)));
        Assert.Equal(("N", "O", 8), (suggestion.Need.Id, suggestion.Offer.Id, suggestion.Score));
    }

    [Fact]
    public void The_same_item_weighs_more_than_a_part_of_it_and_counts_once()
    {
        var need = Bare(SampleRegistry.Need()) with { Items = [Item("GCM-15")] };
        Assert.Equal(4, Score(need, ["GCM-15"]));
        Assert.Equal(3, Score(need, ["GCM-15.e"]));
        Assert.Equal(4, Score(need, ["GCM-15", "GCM-15.e"]));
        Assert.Equal(3, Score(need with { Items = [Item("GCM-15.e")] }, ["GCM-15"]));
        Assert.Equal(0, Score(need, ["GCM-01"]));

        static int Score(ExchangeContent need, string[] offered) =>
            Of(Row("N", need), Row("O", Bare(SampleRegistry.Offer()) with { Items = [.. offered.Select(Item)] })).SingleOrDefault()?.Score ?? 0;
    }

    [Fact]
    public void Only_open_entries_of_different_participants_are_held_against_each_other()
    {
        var (need, offer) = (SampleRegistry.Need(), SampleRegistry.Offer());
        Assert.Empty(Of(Row("N", need), Row("O", SampleRegistry.Offer("CRI"))));
        Assert.Empty(Of(Row("N", need), Row("M", SampleRegistry.Need("HND"))));
        Assert.Empty(Of(Row("N", need with { OpenUntil = EffectiveDate.On(2019, 12, 31) }), Row("O", offer)));
        Assert.Single(Of(Row("N", need with { OpenUntil = EffectiveDate.On(Day) }), Row("O", offer)));
        Assert.Empty(Of(Row("N", need), Row("O", offer) with { Closing = new ClosingRow(Closing.Met, EffectiveDate.On(Day), "given", 9) }));
    }

    [Fact]
    public void A_pair_with_a_match_or_a_declined_one_is_not_suggested_but_one_whose_match_ended_is()
    {
        var offer = Row("O", SampleRegistry.Offer());
        var match = new MatchRow(1, "O", "IOM", EffectiveDate.On(2019, 1, 1), "alike", 9, new DateOnly(2019, 1, 1), [], null);
        Assert.Empty(Of(Matched(match), offer));
        Assert.Empty(Of(Matched(match with { Answers = [new MatchAnswerRow("COL", MatchAnswer.Declined, EffectiveDate.On(2019, 2, 1), "No.", "en", 10)] }), offer));
        Assert.Single(Of(Matched(match with { End = new MatchEndRow("IOM", EffectiveDate.On(2019, 3, 1), "moved", 10) }), offer));
        Assert.Single(Of(Matched(match with { Offer = "P" }), offer));

        static ExchangeRow Matched(MatchRow match) => Row("N", SampleRegistry.Need()) with { Matches = [match] };
    }

    [Fact]
    public void The_best_come_first_and_equals_by_their_ids()
    {
        var found = Of(
            Row("N2", SampleRegistry.Need()), Row("N1", SampleRegistry.Need()), Row("O1", SampleRegistry.Offer()), Row("O2", SampleRegistry.Offer("HND") with { Items = [Item("GCM-15")] }));
        Assert.Equal(["N1 O2", "N2 O2", "N1 O1", "N2 O1"], found.Select(s => $"{s.Need.Id} {s.Offer.Id}"));
    }

    [Fact]
    public async Task They_are_asked_for_by_participant_and_by_entry_with_labels_in_the_readers_language()
    {
        await using var given = (await Given.ARegistryAsync()).On("2019-01-01");
        var need = await given.DoesAsync(new RecordNeedOrOffer(SampleRegistry.Need()));
        var offer = await given.DoesAsync(new RecordNeedOrOffer(SampleRegistry.Offer()));
        Assert.Equal(1, (await given.AsksAsync(new GetSuggestions(given.Now, Participant: "COL"))).Count);
        Assert.Equal(0, (await given.AsksAsync(new GetSuggestions(given.Now, Participant: "HND"))).Count);
        Assert.Equal(1, (await given.AsksAsync(new GetSuggestions(given.Now, Entry: offer))).Count);
        Assert.Equal(0, (await given.AsksAsync(new GetSuggestions(given.Now, Entry: "RCM-2016-X0099"))).Count);
        var spanish = await given.AsksAsync(new GetSuggestions(Given.Read(given.Now.On, given.Size, "es"), Entry: need));
        Assert.Equal("GCM-15 of 2018 (es)", Assert.Single(spanish.Suggestions).Reasons[0].Label);
        await given.DoesAsync(new ProposeMatch(need, offer, "IOM", new EffectiveDate("2018"), "Both are about nurses."));
        Assert.Equal(0, (await given.AsksAsync(new GetSuggestions(given.Now))).Count);
    }

    private static List<Suggestion> Of(params ExchangeRow[] rows) =>
        [.. Suggestions.Of(rows, Day, (item, code) => item.Item == code || item.Item.StartsWith($"{code}.", StringComparison.Ordinal))];

    private static ExchangeRow Row(string id, ExchangeContent content) => new(id, 1, new DateTimeOffset(2017, 1, 1, 0, 0, 0, TimeSpan.Zero), 1, 1, content, [], null);

    private static ExchangeContent Bare(ExchangeContent content) => content with { Natures = [], Places = [], Populations = [] };

    private static ItemRef Item(string code) => new("gcm/2018", code);
}
