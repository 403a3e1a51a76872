using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

/// <summary>What happens to a mapping after it was made: marked, moved, contested, answered.</summary>
public sealed class ContestMappingTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly ItemRef Health = new("gcm/2018", "GCM-15"), Data = new("gcm/2018", "GCM-01"), Action = new("gcm/2018", "GCM-15.e"), Newer = new("gcm/2030", "GCM-15");
    private static readonly PledgeEvent.Mapped Mapped = new(Health, "It is about health.", Retrospective: false);
    private static readonly PledgeEvent.MappingContested Contested = new(1, Health, "HND", "It is about papers.", "en");
    private static readonly PledgeEvent.ContestAnswered Answered = new(1, "PANEL", Upheld: false, "It is about both.", "en");

    private static GivenWhenThen Pledged(params IEvent[] more) =>
        Given([(Stream, new PledgeEvent.Recorded(Pledge())), (Stream, Mapped), .. more.Select(e => (Stream, e))]);

    // The compact in a newer version, and the old one out of force.
    private static GivenWhenThen Revised(params IEvent[] more) => Given(
    [
        (Stream, new PledgeEvent.Recorded(Pledge())), (Stream, Mapped), .. more.Select(e => (Stream, e)),
        ("framework/gcm/2030", new FrameworkEvent.Opened("gcm", "2030", Texts.Of(("en", "gcm")), "notes", new EffectiveDate("2030"), null, CodeList: false)),
        ("framework/gcm/2030", new FrameworkEvent.ItemAdded("GCM-15", null, null, Texts.None, Texts.None, null)),
        ("framework/gcm/2030", new FrameworkEvent.Closed(1)),
        ("framework/gcm/2018", new FrameworkEvent.Retired(new EffectiveDate("2030"), "revised")),
    ]);

    [Fact]
    public void A_mapping_is_made_a_main_one_from_the_start() =>
        Given((Stream, new PledgeEvent.Recorded(Pledge()))).When(new MapPledge(Pledge1, Health, Mapped.Reason, Main: true)).ThenRecorded(Stream, Mapped with { Main = true });

    [Fact]
    public void A_mapping_is_marked_as_a_main_one_and_unmarked()
    {
        Pledged().When(new MarkMapping(Pledge1, Health, true, "It matters most.")).ThenRecorded(Stream, new PledgeEvent.MappingMarked(Health, Main: true, "It matters most."));
        Pledged().When(new MarkMapping(Pledge1, Health, false, "It doesn't.")).ThenNothing();
        var marked = Pledged(new PledgeEvent.MappingMarked(Health, Main: true, "It matters most."));
        marked.When(new MarkMapping(Pledge1, Health, true, "Again.")).ThenNothing();
        marked.When(new MarkMapping(Pledge1, Health, false, "Less.")).ThenRecorded(Stream, new PledgeEvent.MappingMarked(Health, Main: false, "Less."));
    }

    [Fact]
    public void More_than_three_may_be_main_ones()
    {
        var many = new[] { Health, Data, Action, new ItemRef("rcm-areas/2016", "RCM-A1") }.Select(i => (Stream, (IEvent)new PledgeEvent.Mapped(i, "Why.", Retrospective: false, Main: true)));
        Given([(Stream, new PledgeEvent.Recorded(Pledge())), .. many]).When(new MapPledge(Pledge1, new ItemRef("rcm-areas/2016", "RCM-A2"), "Why.", Main: true))
            .ThenRecorded(Stream, new PledgeEvent.Mapped(new ItemRef("rcm-areas/2016", "RCM-A2"), "Why.", Retrospective: false, Main: true));
    }

    [Fact]
    public void Only_a_mapping_that_is_there_is_marked_moved_or_contested()
    {
        Pledged().When(new MarkMapping(Pledge1, Data, true, "Why.")).ThenRefused("not-mapped", "item");
        Pledged().When(new MarkMapping(Pledge1, null!, true, "Why.")).ThenRefused("not-mapped", "item");
        Pledged().When(new MoveMapping(Pledge1, Data, Action, "Why.")).ThenRefused("not-mapped", "from");
        Pledged().When(new ContestMapping(Pledge1, Data, "HND", "Why.", "en")).ThenRefused("not-mapped", "item");
        Pledged(new PledgeEvent.MappingRetired(Health, "wrong")).When(new ContestMapping(Pledge1, Health, "HND", "Why.", "en")).ThenRefused("not-mapped", "item");
    }

    [Fact]
    public void A_mapping_moves_to_another_item_and_keeps_its_mark()
    {
        Pledged().When(new MoveMapping(Pledge1, Health, Action, "The action is named.")).ThenRecorded(Stream, new PledgeEvent.MappingMoved(Health, Action, "The action is named.", Retrospective: false));
        var moved = Pledged(new PledgeEvent.MappingMarked(Health, Main: true, "It matters."), new PledgeEvent.MappingMoved(Health, Action, "Why.", Retrospective: false));
        moved.When(new MarkMapping(Pledge1, Action, true, "Why.")).ThenNothing();
        moved.When(new RetireMapping(Pledge1, Health, "wrong")).ThenRefused("not-mapped", "item");
        moved.When(new MapPledge(Pledge1, Health, "Again.")).ThenRecorded(Stream, new PledgeEvent.Mapped(Health, "Again.", Retrospective: false));
    }

    [Fact]
    public void It_moves_from_a_framework_out_of_force_to_one_in_force_and_not_back()
    {
        Revised().When(new MoveMapping(Pledge1, Health, Newer, "A new version.")).ThenRecorded(Stream, new PledgeEvent.MappingMoved(Health, Newer, "A new version.", Retrospective: true));
        Revised(new PledgeEvent.MappingMoved(Health, Newer, "A new version.", Retrospective: true)).When(new MoveMapping(Pledge1, Newer, Health, "Back.")).ThenRefused("unknown-item", "to");
        Revised().When(new MapPledge(Pledge1, Data, "Why.")).ThenRefused("unknown-item", "item");
        Revised().When(new MarkMapping(Pledge1, Health, true, "Why.")).ThenRecorded(Stream, new PledgeEvent.MappingMarked(Health, Main: true, "Why."));
    }

    [Fact]
    public void It_does_not_move_onto_an_item_that_is_mapped_already()
    {
        Pledged(new PledgeEvent.Mapped(Action, "Why.", Retrospective: false)).When(new MoveMapping(Pledge1, Health, Action, "Why.")).ThenRefused("mapped-already", "to");
        Pledged().When(new MoveMapping(Pledge1, Health, Health, "Why.")).ThenRefused("mapped-already", "to");
    }

    [Fact]
    public void Moving_keeps_to_its_form()
    {
        Pledged().When(new MoveMapping(Pledge1, Health, null!, "Why.")).ThenRefused("unknown-item", "to");
        Pledged().When(new MoveMapping(Pledge1, Health, new ItemRef("level/1", "national"), "Why.")).ThenRefused("unknown-item", "to");
        Pledged().When(new MoveMapping(Pledge1, null!, Action, "Why.")).ThenRefused("not-mapped", "from");
        Pledged().When(new MoveMapping(Pledge1, Health, Action, "")).ThenRefused("missing", "reason");
        Pledged().When(new MarkMapping(Pledge1, Health, true, new string('x', 2_001))).ThenRefused("too-long", "reason");
    }

    [Fact]
    public void A_mapping_is_contested_by_anybody_with_why()
    {
        Pledged().When(new ContestMapping(Pledge1, Health, "HND", Contested.Reason, "en")).ThenRecorded(Stream, Contested);
        Pledged(Contested).When(new ContestMapping(Pledge1, Health, "IOM", "Nor is it health.", "en")).ThenRecorded(Stream, new PledgeEvent.MappingContested(2, Health, "IOM", "Nor is it health.", "en"));
        Pledged().When(new ContestMapping(Pledge1, Health, "XXX", "Why.", "en")).ThenRefused("unknown-participant", "by");
        Pledged().When(new ContestMapping(Pledge1, Health, "HND", " ", "en")).ThenRefused("missing", "reason");
        Pledged().When(new ContestMapping(Pledge1, Health, "HND", "Why.", "")).ThenRefused("not-a-language", "language");
    }

    [Fact]
    public void Who_contests_waits_for_an_answer()
    {
        Pledged(Contested).When(new ContestMapping(Pledge1, Health, "HND", Contested.Reason, "en")).ThenNothing();
        Pledged(Contested).When(new ContestMapping(Pledge1, Health, "HND", "Besides.", "en")).ThenRefused("contest-open", "item");
        Pledged(Contested, Answered).When(new ContestMapping(Pledge1, Health, "HND", Contested.Reason, "en")).ThenRecorded(Stream, Contested with { Number = 2 });
        Pledged(Contested, new PledgeEvent.Mapped(Data, "Why.", Retrospective: false)).When(new ContestMapping(Pledge1, Data, "HND", "This too.", "en"))
            .ThenRecorded(Stream, new PledgeEvent.MappingContested(2, Data, "HND", "This too.", "en"));
    }

    [Fact]
    public void A_contested_mapping_stands_until_the_contest_is_upheld()
    {
        Pledged(Contested).When(new MapPledge(Pledge1, Health, "Again.")).ThenNothing();
        Pledged(Contested).When(new AnswerContest(Pledge1, 1, "PANEL", Upheld: false, Answered.Text, "en")).ThenRecorded(Stream, Answered);
        Pledged(Contested, Answered).When(new MapPledge(Pledge1, Health, "Again.")).ThenNothing();
    }

    [Fact]
    public void An_upheld_contest_retires_the_mapping() =>
        Pledged(Contested).When(new AnswerContest(Pledge1, 1, "PANEL", Upheld: true, "So it is.", "en"))
            .ThenRecorded(Stream, new PledgeEvent.ContestAnswered(1, "PANEL", Upheld: true, "So it is.", "en"), new PledgeEvent.MappingRetired(Health, "So it is."));

    [Fact]
    public void What_was_retired_meanwhile_is_not_retired_again() =>
        Pledged(Contested, new PledgeEvent.MappingRetired(Health, "wrong")).When(new AnswerContest(Pledge1, 1, "PANEL", Upheld: true, "So it was.", "en"))
            .ThenRecorded(Stream, new PledgeEvent.ContestAnswered(1, "PANEL", Upheld: true, "So it was.", "en"));

    [Fact]
    public void A_contest_that_waits_goes_over_with_a_mapping_that_moves()
    {
        var moved = Pledged(Contested, new PledgeEvent.MappingMoved(Health, Action, "Why.", Retrospective: false));
        moved.When(new AnswerContest(Pledge1, 1, "PANEL", Upheld: true, "So it is.", "en"))
            .ThenRecorded(Stream, new PledgeEvent.ContestAnswered(1, "PANEL", Upheld: true, "So it is.", "en"), new PledgeEvent.MappingRetired(Action, "So it is."));
        moved.When(new ContestMapping(Pledge1, Action, "HND", "Besides.", "en")).ThenRefused("contest-open", "item");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Only_a_contest_that_is_there_is_answered(int number) =>
        Pledged(Contested).When(new AnswerContest(Pledge1, number, "PANEL", Upheld: true, "So it is.", "en")).ThenRefused("unknown-contest", "number");

    [Fact]
    public void A_contest_is_answered_once_and_by_somebody_else()
    {
        Pledged(Contested, Answered).When(new AnswerContest(Pledge1, 1, "PANEL", Upheld: false, Answered.Text, "en")).ThenRefused("contest-answered", "number");
        Pledged(Contested).When(new AnswerContest(Pledge1, 1, "HND", Upheld: true, "So it is.", "en")).ThenRefused("own-contest", "by");
    }

    [Fact]
    public void An_answer_keeps_to_its_form()
    {
        Pledged(Contested).When(new AnswerContest(Pledge1, 1, "XXX", Upheld: true, "So it is.", "en")).ThenRefused("unknown-participant", "by");
        Pledged(Contested).When(new AnswerContest(Pledge1, 1, "PANEL", Upheld: true, "", "en")).ThenRefused("missing", "text");
        Pledged(Contested).When(new AnswerContest(Pledge1, 1, "PANEL", Upheld: true, "So it is.", "e")).ThenRefused("not-a-language", "language");
    }

    [Fact]
    public void What_is_not_there_is_not_marked_moved_contested_or_answered()
    {
        Pledged().When(new MarkMapping("IMRF-2022-0002", Health, true, "Why.")).ThenRefused("unknown-pledge", "id");
        Pledged().When(new MoveMapping("IMRF-2022-0002", Health, Action, "Why.")).ThenRefused("unknown-pledge", "id");
        Pledged().When(new ContestMapping("IMRF-2022-0002", Health, "HND", "Why.", "en")).ThenRefused("unknown-pledge", "id");
        Pledged().When(new AnswerContest("IMRF-2022-0002", 1, "PANEL", Upheld: true, "So it is.", "en")).ThenRefused("unknown-pledge", "id");
    }
}
