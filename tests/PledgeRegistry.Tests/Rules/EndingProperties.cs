using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Tests.Rules.RandomParties;

namespace PledgeRegistry.Tests.Rules;

/// <summary>However pledges end, go on in each other and come back.</summary>
public sealed class EndingProperties
{
    [Fact]
    public void An_ended_pledge_takes_no_reports_until_it_is_reinstated() => Holds(TakesReportsOnlyWhileItStands, EndingCommand);

    [Fact]
    public void No_pledge_goes_on_in_itself_however_many_steps_away() => Holds(step => !Loops(step), EndingCommand);

    [Fact]
    public void Every_pledge_that_goes_on_leads_to_one_that_stands_or_was_taken_back_or_done() => Holds(step => Ids.All(id =>
        Reached(step, id).Any(end => NextOf(step, end).Length == 0)), EndingCommand);

    [Fact]
    public void A_pledge_ends_only_while_it_stands_and_comes_back_only_once_it_ended() => Holds(step =>
        step is not { Accepted: true, Command: var command } || !Endings.Contains(command.GetType())
        || Ended(step.Happened.Take(step.Happened.Count - 1), step.Happened[^1].Id) == command is ReinstatePledge, EndingCommand);

    [Fact]
    public void A_pledge_is_complete_only_if_all_who_owe_it_say_it_is_done_or_given_up() => Holds(step =>
        step is not { Accepted: true, Command: CompletePledge c }
        || Parties.Where(p => OwingOracle.Owes(step.Happened.Where(h => h.Id == c.Id).Select(h => h.Event), p, c.From.Last()))
            .All(p => step.Happened.Any(h => h.Id == c.Id && h.Event is PledgeEvent.ProgressReported { Report: { Status: ClaimedStatus.Fulfilled or ClaimedStatus.Discontinued } r } && r.Party == p)), EndingCommand);

    /// <summary>The properties above would hold of nothing at all: see that the sequences get everywhere.</summary>
    [Fact]
    public void The_sequences_end_and_reinstate_in_every_way_and_try_loops()
    {
        var steps = Fixed(EndingCommand).ToList();
        foreach (var type in Endings)
        {
            Assert.True(steps.Count(s => s.Command.GetType() == type && s.Accepted) >= 5, $"{type.Name} is hardly ever accepted.");
            Assert.True(steps.Count(s => s.Command.GetType() == type && s.Refused) >= 5, $"{type.Name} is hardly ever refused.");
        }
        Assert.True(steps.Any(s => s is { Accepted: true, Command: ReportProgress c } && s.Happened.Any(h => h.Id == c.Id && h.Event is PledgeEvent.Reinstated)), "Nothing that came back is reported on.");
        var refused = steps.Select(s => s.Decision).OfType<Decision.Refused>().SelectMany(r => r.Reasons).GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(new[] { "leads-back", "before-ended", "pledge-standing", "pledge-withdrawn", "pledge-completed", "pledge-continued", "not-fulfilled", "twice" },
            code => Assert.True(refused.GetValueOrDefault(code) >= 5, $"'{code}' is hardly ever the reason."));
        Assert.True(steps.Any(s => s.Decision is Decision.Refused { Reasons: var reasons } && reasons.Any(r => r.Code == "leads-back" && r.Args[0] != r.Args[1] && !NextOf(s, r.Args[0]).Contains(r.Args[1]))),
            "No loop over more than two pledges is tried.");
    }

    private static bool TakesReportsOnlyWhileItStands(Step step) => Ids.All(id =>
    {
        if (step.After.Pledges[id].OwingOn(new DateOnly(2026, 1, 1)).FirstOrDefault() is not { } party)
        {
            return false;
        }
        var report = SampleRegistry.Report(party) with { EffectiveOn = new EffectiveDate("2026-01-01"), Narrative = $"Report {step.Happened.Count}." };
        var decision = new ReportProgress(id, report).Decide(step.After, SampleRegistry.Author);
        return Ended(step.Happened, id) ? decision is Decision.Refused : decision is Decision.Accepted;
    });

    private static bool Ended(IEnumerable<(string Id, PledgeEvent Event)> happened, string id) => happened.Where(h => h.Id == id).Aggregate(false, (ended, h) => h.Event switch
    {
        PledgeEvent.Withdrawn or PledgeEvent.Superseded or PledgeEvent.Completed or PledgeEvent.MarkedDuplicate or PledgeEvent.Split or PledgeEvent.Merged => true,
        PledgeEvent.Reinstated => false,
        _ => ended,
    });

    // Where a pledge goes on, by the last that was said of it.
    private static string[] NextOf(Step step, string id) => step.Happened.Where(h => h.Id == id).Aggregate(Array.Empty<string>(), (next, h) => h.Event switch
    {
        PledgeEvent.Superseded e => [e.By],
        PledgeEvent.MarkedDuplicate e => [e.Of],
        PledgeEvent.Merged e => [e.Into],
        PledgeEvent.Split e => [.. e.Into],
        PledgeEvent.Withdrawn or PledgeEvent.Completed or PledgeEvent.Reinstated => [],
        _ => next,
    });

    // All that can be reached in at most as many steps as there are pledges, itself only if it is reached again.
    private static HashSet<string> Onward(Step step, string id)
    {
        var reached = NextOf(step, id).ToHashSet();
        for (var i = 0; i < Ids.Length; i++)
        {
            reached.UnionWith(reached.SelectMany(at => NextOf(step, at)).ToArray());
        }
        return reached;
    }

    private static HashSet<string> Reached(Step step, string id) => [id, .. Onward(step, id)];

    private static bool Loops(Step step) => Ids.Any(id => Onward(step, id).Contains(id));
}
