using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

public sealed class RecordPledgeTests
{
    private static readonly ItemRef Health = new("gcm/2018", "GCM-15");

    [Fact]
    public void A_pledge_gets_a_public_id_of_its_meetings_series_and_year() =>
        Given().When(Record(Pledge())).ThenRecorded("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(Pledge()));

    [Fact]
    public void Numbers_count_on_within_a_series_and_year()
    {
        var after = Given(("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(Pledge())));
        after.When(Record(Pledge())).ThenRecorded("pledge/IMRF-2022-0002", new PledgeEvent.Recorded(Pledge()));
        after.When(Record(Conclusion())).ThenRecorded("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Conclusion()));
    }

    [Fact]
    public void Numbers_go_on_past_9999() =>
        Given(("pledge/IMRF-2022-9999", new PledgeEvent.Recorded(Pledge())), ("pledge/IMRF-2022-10000", new PledgeEvent.Recorded(Pledge())))
            .When(Record(Pledge())).ThenRecorded("pledge/IMRF-2022-10001", new PledgeEvent.Recorded(Pledge()));

    [Fact]
    public void First_mappings_are_recorded_with_it() =>
        Given().When(Record(Pledge(), new MappingReason(Health, "It is about health.")))
            .ThenRecorded("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(Pledge()), new PledgeEvent.Mapped(Health, "It is about health.", Retrospective: false));

    [Fact]
    public void A_mapping_to_an_item_younger_than_the_commitment_is_marked_retrospective() =>
        Given().When(Record(Conclusion(), new MappingReason(Health, "The same aim, later.")))
            .ThenRecorded("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Conclusion()), new PledgeEvent.Mapped(Health, "The same aim, later.", Retrospective: true));

    [Fact]
    public void A_coarse_date_that_may_be_later_than_the_framework_is_not_retrospective()
    {
        var content = Conclusion() with { AnnouncedOn = new EffectiveDate("2018-12") };
        Given().When(Record(content, new MappingReason(Health, "Same month.")))
            .ThenRecorded("pledge/RCM-2016-0001", new PledgeEvent.Recorded(content), new PledgeEvent.Mapped(Health, "Same month.", Retrospective: false));
    }

    [Fact]
    public void The_same_item_is_not_mapped_twice_even_for_two_reasons() =>
        Given().When(Record(Pledge(), new MappingReason(Health, "One."), new MappingReason(Health, "Two."))).ThenRefused("twice", "mappings");

    [Fact]
    public void More_mappings_than_one_batch_takes_are_refused() =>
        Given().When(new RecordPledge(Pledge(), [.. Enumerable.Range(0, Check.MostParts + 1).Select(i => new MappingReason(Health, $"Reason {i}."))]))
            .ThenRefused("too-many", "mappings");

    [Fact]
    public void A_mapping_needs_a_reason() =>
        Given().When(Record(Pledge(), new MappingReason(Health, " "))).ThenRefused("missing", "mappings[0].reason");

    [Fact]
    public void An_item_of_a_code_list_is_nothing_to_map_to() =>
        Given().When(Record(Pledge(), new MappingReason(new ItemRef("nature/1", "process"), "A list."))).ThenRefused("unknown-item", "mappings[0].item");

    [Theory]
    [InlineData(299, "too-short")]
    [InlineData(300, null)]
    [InlineData(3_000, null)]
    [InlineData(3_001, "too-long")]
    public void An_IMRF_pledge_has_300_to_3000_characters(int length, string? refusal) =>
        Decides(Pledge() with { Text = new string('x', length) }, refusal, "content.text");

    [Fact]
    public void Characters_are_counted_as_a_person_counts_them() =>
        Decides(Pledge() with { Text = string.Concat(Enumerable.Repeat("😀", 3_000)) }, null, "content.text");

    [Theory]
    [InlineData(1, null)]
    [InlineData(20_000, null)]
    [InlineData(20_001, "too-long")]
    public void Other_kinds_have_texts_of_any_reasonable_length(int length, string? refusal) =>
        Decides(Conclusion() with { Text = new string('x', length) }, refusal, "content.text");

    [Fact]
    public void A_pledge_names_who_owes_it() => Decides(Pledge() with { Owing = [] }, "nobody-owes", "content.owing");

    [Fact]
    public void A_conclusion_may_be_owed_by_nobody() => Decides(Conclusion() with { Owing = [] }, null, "content.owing");

    [Fact]
    public void A_statement_names_whose_it_is()
    {
        Decides(Conclusion() with { Kind = PledgeKind.Statement, By = [] }, "nobody-said-it", "content.by");
        Decides(Conclusion() with { Kind = PledgeKind.Statement, By = ["CRI"] }, null, "content.by");
    }

    [Fact]
    public void Nobody_owes_a_recommendation()
    {
        Decides(Recommendation() with { Owing = ["HND"], Addressees = [] }, "recommendation-owed", "content.owing");
        Decides(Recommendation(), null, "content.owing");
    }

    [Fact]
    public void Nobody_both_owes_and_is_asked() => Decides(Pledge() with { Addressees = ["CRI"] }, "owes-and-asked", "content.addressees");

    [Fact]
    public void A_party_is_named_once()
    {
        Decides(Pledge() with { Owing = ["CRI", "CRI"] }, "twice", "content.owing");
        Decides(Pledge() with { By = ["CRI", "CRI"] }, "twice", "content.by");
        Decides(Recommendation() with { Addressees = ["HND", "HND"] }, "twice", "content.addressees");
    }

    [Fact]
    public void Parties_are_registered_participants()
    {
        Decides(Pledge() with { By = ["XXX"] }, "unknown-participant", "content.by[0]");
        Decides(Pledge() with { Owing = ["CRI", "XXX"] }, "unknown-participant", "content.owing[1]");
        Decides(Pledge() with { Addressees = ["cri"] }, "unknown-participant", "content.addressees[0]");
    }

    [Fact]
    public void Codes_are_of_the_lists_in_force()
    {
        Decides(Pledge() with { Kind = (PledgeKind)9 }, "unknown-code", "content.kind");
        Decides(Pledge() with { Modality = "perhaps" }, "unknown-code", "content.modality");
        Decides(Pledge() with { Natures = ["process", "magic"] }, "unknown-code", "content.natures[1]");
        Decides(Pledge() with { Level = "galactic" }, "unknown-code", "content.level");
        Decides(Pledge() with { Populations = ["birds"] }, "unknown-code", "content.populations[0]");
        Decides(Pledge() with { JourneyStages = ["nowhere"] }, "unknown-code", "content.journeyStages[0]");
        Decides(Pledge() with { Conditions = ["hiccups"] }, "unknown-code", "content.conditions[0]");
    }

    [Fact]
    public void A_code_of_a_retired_list_is_refused() =>
        Given(("framework/level/1", new FrameworkEvent.Retired(EffectiveDate.On(2020, 1, 1), "replaced")))
            .When(Record(Pledge())).ThenRefused("unknown-code", "content.level");

    [Fact]
    public void Meeting_source_and_language_are_known()
    {
        Decides(Pledge() with { Meeting = "IMRF-1822" }, "unknown-meeting", "content.meeting");
        Decides(Pledge() with { Source = new SourcePlace("hearsay", "page 1") }, "unknown-source", "content.source.source");
        Decides(Pledge() with { Source = new SourcePlace("notes", "") }, "missing", "content.source.place");
        Decides(Pledge() with { Language = "English" }, "not-a-language", "content.language");
        Decides(Pledge() with { Language = "en\n" }, "not-a-language", "content.language");
        Decides(Pledge() with { Language = "zh-Hant" }, null, "content.language");
    }

    [Fact]
    public void Dates_are_as_exact_as_the_source_and_no_more()
    {
        Decides(Pledge() with { AnnouncedOn = new EffectiveDate("03/04/2022") }, "not-a-date", "content.announcedOn");
        Decides(Pledge() with { AnnouncedOn = new EffectiveDate("2022-05-17", " ") }, "missing", "content.announcedOn.words");
        Decides(Pledge() with { AnnouncedOn = new EffectiveDate("2022-34") }, null, "content.announcedOn");
    }

    [Fact]
    public void What_is_due_is_due_on_a_date_at_a_meeting_or_in_words()
    {
        Decides(Pledge() with { Due = new Due() }, "missing", "content.due");
        Decides(Pledge() with { Due = new Due(Words: "in two years") }, null, "content.due");
        Decides(Pledge() with { Due = new Due(Meeting: "IMRF-2026") }, null, "content.due");
        Decides(Pledge() with { Due = new Due(Meeting: "IMRF-9999") }, "unknown-meeting", "content.due.meeting");
        Decides(Pledge() with { Due = null }, null, "content.due");
    }

    [Fact]
    public void Nothing_is_due_before_it_was_announced()
    {
        Decides(Pledge() with { Due = new Due(new EffectiveDate("2021")) }, "before-announced", "content.due.date");
        Decides(Pledge() with { Due = new Due(new EffectiveDate("2022")) }, null, "content.due.date");
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Given().When(Record(Pledge() with { Title = "", Owing = [], Meeting = "IMRF-1822" }))
            .ThenRefused("missing", "content.title").ThenRefused("nobody-owes").ThenRefused("unknown-meeting");

    private static RecordPledge Record(PledgeContent content, params MappingReason[] mappings) => new(content, mappings);

    private static void Decides(PledgeContent content, string? refusal, string field)
    {
        var decided = Given().When(Record(content));
        if (refusal is null)
        {
            decided.ThenRecorded(content.Kind == PledgeKind.Pledge ? "pledge/IMRF-2022-0001" : "pledge/RCM-2016-0001", new PledgeEvent.Recorded(content));
        }
        else
        {
            decided.ThenRefused(refusal, field);
        }
    }
}
