using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Tests.Rules.RandomParties;

namespace PledgeRegistry.Tests.Rules;

/// <summary>Whatever several parties and collectives do about a common pledge, in whatever order.</summary>
public sealed class JointPledgeProperties
{
    private static readonly DateOnly Announced = new(2022, 5, 17);

    [Fact]
    public void No_partys_act_changes_another_partys_line() => Holds(LeavesOthers, JointCommand);

    [Fact]
    public void Who_owes_on_a_day_is_what_the_list_of_events_says() => Holds(AgreesWithOracle, JointOrCorrect);

    [Fact]
    public void On_every_day_since_it_was_announced_somebody_owes_it() => Holds(step => step.After.Pledges.Values.All(p =>
        p.OwingOn(Announced).Any() && Enumerable.Range(0, 10).Select(_ => Day(step.Random)).Where(d => d >= Announced).All(d => p.OwingOn(d).Any())), JointCommand);

    [Fact]
    public void A_partys_spans_are_in_order_and_do_not_overlap() => Holds(step => step.After.Pledges.Values.SelectMany(p => p.Parties.Values).All(p =>
        p.Owed.Zip(p.Owed.Skip(1)).All(pair => pair.First.Until is { } until && pair.Second.From is { } from && until <= from)
        && p.Owed.All(s => s.From is not { } from || s.Until is not { } until || from <= until)), JointCommand);

    [Fact]
    public void Only_who_was_invited_or_finds_it_open_comes_in() => Holds(step =>
        step is not { Accepted: true, Command: AcceptPledge c } || step.Before.Pledges[c.Id] is { Signature: not null } || step.Before.Pledges[c.Id].Parties[c.Party].Invited, JointCommand);

    [Fact]
    public void A_report_is_of_a_day_on_which_its_party_owes_itself_or_in_a_collective() => Holds(step =>
        step is not { Accepted: true, Command: ReportProgress c }
        || Parties.Any(p => OwingOracle.Owes(Of(step, c.Id), p, c.Report.EffectiveOn.Last())
            && (p == c.Report.Party || step.Before.Participants[p].IsCollective)), JointCommand);

    /// <summary>The properties above would hold of nothing at all: see that the sequences get everywhere.</summary>
    [Fact]
    public void The_sequences_accept_and_refuse_every_joint_command_for_every_sort_of_party()
    {
        var steps = Fixed(JointCommand).ToList();
        foreach (var type in Joint)
        {
            Assert.True(steps.Count(s => s.Command.GetType() == type && s.Accepted) >= 20, $"{type.Name} is hardly ever accepted.");
            Assert.True(steps.Count(s => s.Command.GetType() == type && s.Refused) >= 20, $"{type.Name} is hardly ever refused.");
        }
        foreach (var party in Parties)
        {
            Assert.True(steps.Any(s => s is { Accepted: true, Command: AcceptPledge c } && c.Party == party), $"{party} never accepts.");
            Assert.True(steps.Any(s => s is { Accepted: true, Command: LeavePledge c } && c.Party == party), $"{party} never leaves.");
            Assert.True(steps.Any(s => s is { Accepted: true, Command: DeclareShare c } && c.Party == party), $"{party} never declares a share.");
        }
        Assert.True(steps.Any(s => s.After.Pledges.Values.Any(p => p.Parties.Values.Any(q => q.Owed.Count >= 2))), "Nobody comes back.");
        string[] codes = ["before-announced", "party-already", "not-invited", "spans-overlap", "not-a-party", "last-party", "signature-open", "signature-not-open", "period-reversed"];
        var refused = steps.Select(s => s.Decision).OfType<Decision.Refused>().SelectMany(r => r.Reasons).Select(r => r.Code).ToHashSet();
        Assert.Empty(codes.Except(refused));
    }

    [Fact]
    public void The_oracle_is_asked_about_parties_that_owe_and_that_do_not()
    {
        var answers = Fixed(JointOrCorrect).Where(s => s.Accepted).SelectMany(s => Ids.SelectMany(id => Parties.Select(p =>
            OwingOracle.Owes(Of(s, id), p, Day(s.Random))))).GroupBy(a => a).ToDictionary(g => g.Key, g => g.Count());
        Assert.True(answers[true] > 1_000 && answers[false] > 1_000);
        Assert.True(Fixed(JointOrCorrect).Any(s => s is { Accepted: true, Command: CorrectPledge c } && s.Before.Pledges[c.Id].Parties.Values.Any(p => p.Owed.Count > 0)), "Nothing is corrected after parties came or left.");
    }

    [Fact]
    public void The_oracle_knows_what_anybody_would_say()
    {
        PledgeEvent[] story =
        [
            Recorded(1),
            new PledgeEvent.PartyAccepted("COL", new EffectiveDate("2023"), null, null, null),
            new PledgeEvent.PartyLeft("CRI", new EffectiveDate("2024-24"), "Moved."),
        ];
        Assert.True(OwingOracle.Owes(story, "CRI", new DateOnly(2025, 2, 27)));
        Assert.False(OwingOracle.Owes(story, "CRI", new DateOnly(2025, 2, 28)));
        Assert.False(OwingOracle.Owes(story, "COL", new DateOnly(2023, 12, 30)));
        Assert.True(OwingOracle.Owes(story, "COL", new DateOnly(2023, 12, 31)));
        Assert.False(OwingOracle.Owes(story, "HND", new DateOnly(2023, 12, 31)));
    }

    private static bool LeavesOthers(Step step)
    {
        if (step.Decision is not Decision.Accepted { Stream: var stream })
        {
            return true;
        }
        var id = stream["pledge/".Length..];
        var (before, after) = (step.Before.Pledges[id], step.After.Pledges[id]);
        var actor = step.Command switch
        {
            InviteParty c => c.Party,
            AcceptPledge c => c.Party,
            DeclinePledge c => c.Party,
            DeclareShare c => c.Party,
            LeavePledge c => c.Party,
            ReportProgress c => c.Report.Party,
            _ => null,
        };
        DateOnly[] days = [.. Enumerable.Range(0, 5).Select(_ => Day(step.Random))];
        return StoredJson.Same(before.Content, after.Content)
            && Parties.Where(p => p != actor).All(p => Line(before, p, days) == Line(after, p, days))
            && Ids.Where(other => other != id).All(other => ReferenceEquals(step.Before.Pledges[other], step.After.Pledges[other]));
    }

    // Everything that is a party's own in a pledge.
    private static string Line(PledgeState pledge, string party, DateOnly[] days)
    {
        var own = pledge.Parties.GetValueOrDefault(party, PartyState.None);
        return DeepText.Of(new
        {
            own.Invited,
            own.Share,
            Spans = own.Owed.ToArray(),
            Owes = days.Select(d => pledge.OwesItself(party, d)).ToArray(),
            Claims = days.Select(d => $"{pledge.Claimed(party, d)}").ToArray(),
            Reports = pledge.Reports.Where(r => r.Party == party).ToArray(),
        });
    }

    private static bool AgreesWithOracle(Step step)
    {
        // Also on the days around each act, where mistakes hide.
        DateOnly[] days = [Day(step.Random), .. step.Happened.Select(h => h.Event).Select(ActedOn).OfType<DateOnly>().Distinct().SelectMany(d => new[] { d.AddDays(-1), d })];
        return !step.Accepted || Ids.All(id => days.All(day =>
            Parties.All(p => step.After.Pledges[id].OwesItself(p, day) == OwingOracle.Owes(Of(step, id), p, day))
            && step.After.Pledges[id].OwingOn(day).ToHashSet().SetEquals(Parties.Where(p => OwingOracle.Owes(Of(step, id), p, day)))));
    }

    private static DateOnly? ActedOn(PledgeEvent happened) => happened switch { PledgeEvent.PartyAccepted e => e.From.Last(), PledgeEvent.PartyLeft e => e.From.Last(), _ => null };

    private static PledgeEvent[] Of(Step step, string id) => [.. step.Happened.Where(h => h.Id == id).Select(h => h.Event)];
}
