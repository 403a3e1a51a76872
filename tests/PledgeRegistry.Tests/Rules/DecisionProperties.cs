using FsCheck;
using FsCheck.Fluent;
using PledgeRegistry.Exchange;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Rules;

/// <summary>What stays true whatever is asked, in whatever order. A failure prints its seeds, and the shortest list of them found.</summary>
public sealed class DecisionProperties
{
    private const int Sequences = 200;

    [Fact]
    public void Versions_count_each_streams_events_without_a_gap() => Holds((before, step) =>
    {
        if (step.Decision is not Decision.Accepted accepted)
        {
            return true;
        }
        var after = SampleRegistry.After(before, accepted.Events.Select(e => (accepted.Stream, e)));
        return accepted.Events.Count > 0
            && after.VersionOf(accepted.Stream) == before.VersionOf(accepted.Stream) + accepted.Events.Count
            && after.Versions.Remove(accepted.Stream).All(v => before.VersionOf(v.Key) == v.Value);
    });

    [Fact]
    public void Only_what_was_accepted_makes_a_stream()
    {
        foreach (var seeds in Seeds())
        {
            var accepted = SampleRegistry.History.Select(h => h.Stream).ToHashSet();
            var last = SampleRegistry.State;
            foreach (var (_, step, after) in Run(seeds))
            {
                if (step.Decision is Decision.Accepted a)
                {
                    accepted.Add(a.Stream);
                }
                last = after;
            }
            Assert.Equal(accepted.Order(StringComparer.Ordinal), last.Versions.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_same_command_at_the_same_state_is_decided_the_same() =>
        Holds((before, step) => Told(step.Decision) == Told(step.Command.Decide(before, SampleRegistry.Author)));

    [Fact]
    public void A_decision_changes_nothing_by_itself() => Holds((before, step) =>
    {
        var versions = before.Versions;
        _ = step.Command.Decide(before, SampleRegistry.Author);
        return ReferenceEquals(versions, before.Versions) && before.Names is not null;
    });

    [Fact]
    public void A_refusal_says_why_and_where() =>
        Holds((_, step) => step.Decision is not Decision.Refused refused || (refused.Reasons.Count > 0 && refused.Reasons.All(r => r.Code.Length > 0 && r.Message.Length > 0)
            && refused.Reasons.Select(r => (r.Code, r.Field)).Distinct().Count() == refused.Reasons.Count));

    [Fact]
    public void What_was_accepted_and_is_asked_again_decides_nothing_or_is_refused() => Holds((before, step) =>
        step.Decision is not Decision.Accepted accepted
        || step.Command is RecordPledge or PledgeRegistry.Initiatives.RecordInitiative or RecordNeedOrOffer
        || step.Command.Decide(SampleRegistry.After(before, accepted.Events.Select(e => (accepted.Stream, e))), SampleRegistry.Author) is not Decision.Accepted);

    [Fact]
    public void A_public_number_is_given_once_and_the_next_is_one_more() => Holds((before, step) =>
    {
        if (step.Decision is not Decision.Accepted accepted || step.Command is not (RecordPledge or PledgeRegistry.Initiatives.RecordInitiative or RecordNeedOrOffer))
        {
            return true;
        }
        var digits = accepted.Stream.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        var number = int.Parse(accepted.Stream.AsSpan(digits), System.Globalization.CultureInfo.InvariantCulture);
        var sisters = before.Versions.Keys.Count(s => s.StartsWith(accepted.Stream[..digits], StringComparison.Ordinal) && s.AsSpan(digits).IndexOfAnyExceptInRange('0', '9') < 0);
        return !before.Versions.ContainsKey(accepted.Stream) && number == sisters + 1;
    });

    [Fact]
    public void An_event_changes_only_what_its_stream_is_about() => Holds((before, step) =>
    {
        if (step.Decision is not Decision.Accepted accepted)
        {
            return true;
        }
        var after = SampleRegistry.After(before, accepted.Events.Select(e => (accepted.Stream, e)));
        return Others(before, accepted.Stream).All(o => Others(after, accepted.Stream).Contains(o));
    });

    [Fact]
    public void One_partys_act_leaves_what_other_parties_said() => Holds((before, step) =>
    {
        if (step.Decision is not Decision.Accepted { Stream: var stream } accepted || !stream.StartsWith("pledge/", StringComparison.Ordinal)
            || !before.Pledges.TryGetValue(stream["pledge/".Length..], out var pledge))
        {
            return true;
        }
        var after = SampleRegistry.After(before, accepted.Events.Select(e => (stream, e))).Pledges[stream["pledge/".Length..]];
        var party = step.Command switch { ReportProgress c => c.Report.Party, CorrectReport c => c.Report.Party, ReplyToReview c => c.Party, AnswerAsAddressee c => c.Party, ReviewPledge c => c.Review.By, _ => null };
        return pledge.Reports.Where(r => r.Party != party).SequenceEqual(after.Reports.Where(r => r.Party != party))
            && pledge.Reviews.SequenceEqual(after.Reviews.Take(pledge.Reviews.Count))
            && pledge.Replies.IsSubsetOf(after.Replies)
            && pledge.Answers.Where(a => a.Key != party).All(a => after.Answers.GetValueOrDefault(a.Key) == a.Value);
    });

    [Fact]
    public void One_sides_answer_to_a_match_leaves_the_others_and_a_pair_has_one_open_match() => Holds((before, step) =>
    {
        var after = step.Decision is Decision.Accepted accepted ? SampleRegistry.After(before, accepted.Events.Select(e => (accepted.Stream, e))) : before;
        var others = step.Command is not AnswerMatch answer || !before.Exchange.TryGetValue(answer.Need ?? "", out var need) || answer.Match < 1 || answer.Match > need.Matches.Count
            || need.Matches[answer.Match - 1].Answers.Remove(answer.Party ?? "").All(a => after.Exchange[answer.Need!].Matches[answer.Match - 1].Answers.GetValueOrDefault(a.Key) == a.Value);
        return others && after.Exchange.Values.All(e =>
            e.Matches.Count(m => m.Open) == e.Matches.Where(m => m.Open).Select(m => m.Proposed.Offer).Distinct().Count()
            && e.Matches.All(m => e.Content.Direction == Direction.Need && after.Exchange[m.Proposed.Offer].Content is { Direction: Direction.Offer } offer && offer.Participant != e.Content.Participant));
    });

    [Fact]
    public void Spans_of_roles_and_members_never_overlap() => Holds((before, _) =>
        before.Participants.Values.SelectMany(p => p.Roles.Values.Concat(p.Members.Values)).All(spans =>
            spans.Zip(spans.Skip(1)).All(pair => pair.First.Until is { } until && pair.Second.From is { } from && until <= from)
            && spans.All(s => s.From is not { } from || s.Until is not { } until || from < until)));

    [Fact]
    public void No_meeting_is_part_of_itself() => Holds((before, _) => before.Meetings.Keys.All(id =>
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = id; at is not null; at = before.Meetings[at].Content.PartOf)
        {
            if (!seen.Add(at))
            {
                return false;
            }
        }
        return true;
    }));

    [Fact]
    public void What_is_accepted_is_stored_and_read_back_the_same() => Holds((_, step) =>
        step.Decision is not Decision.Accepted accepted || accepted.Events.All(e => StoredJson.Same(e, StoredJson.Decode(CanonicalJson.Parse(StoredJson.Encode(e)), e.GetType()))));

    /// <summary>The properties above would hold of nothing at all: see that the sequences get everywhere.</summary>
    [Fact]
    public void The_sequences_reach_every_command_and_accept_and_refuse()
    {
        var steps = Seeds().SelectMany(seeds => Run(seeds).Select(r => r.Step)).ToList();
        var accepted = steps.Where(s => s.Decision is Decision.Accepted).Select(s => s.Command.GetType()).ToHashSet();
        var missed = Samples.Commands.Select(c => c.GetType()).Where(t => t != typeof(OpenRegistry) && !accepted.Contains(t)).Select(t => t.Name);
        Assert.Empty(missed);
        Assert.InRange(steps.Count(s => s.Decision is Decision.Accepted), steps.Count / 5, steps.Count);
        Assert.InRange(steps.Count(s => s.Decision is Decision.Refused), steps.Count / 5, steps.Count);
        Assert.Contains(steps, s => s.Decision is Decision.NothingNew);
    }

    private static void Holds(Func<RegistryState, Step, bool> property) =>
        Prop.ForAll<int[]>(ArbMap.Default.ArbFor<int[]>(), seeds => Run(seeds).All(r => property(r.Before, r.Step)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithStartSize(20).WithEndSize(120));

    // The same for each run: 100 lists of 120 seeds.
    private static IEnumerable<int[]> Seeds() => Enumerable.Range(0, 100).Select(i => Enumerable.Range(i * 1_000, 120).ToArray());

    private static IEnumerable<(RegistryState Before, Step Step, RegistryState After)> Run(IEnumerable<int> seeds)
    {
        var state = SampleRegistry.State;
        foreach (var (place, seed) in seeds.Index())
        {
            var command = new RandomCommands(unchecked(seed * 7_919 + place), state).Next();
            var decision = command.Decide(state, SampleRegistry.Author);
            var after = decision is Decision.Accepted accepted ? SampleRegistry.After(state, accepted.Events.Select(e => (accepted.Stream, e))) : state;
            yield return (state, new Step(command, decision), after);
            state = after;
        }
    }

    private static string Told(Decision decision) => decision switch
    {
        Decision.Accepted a => $"{a.Stream}: {string.Join(", ", a.Events.Select(e => EventTypes.NameOf(e) + System.Text.Encoding.UTF8.GetString(StoredJson.Encode(e))))}",
        Decision.Refused r => string.Join('\n', r.Reasons),
        _ => "nothing",
    };

    private static HashSet<(string, object)> Others(RegistryState state, string stream) =>
    [
        .. All("pledge", state.Pledges).Concat(All("partnership", state.Partnerships)).Concat(All("initiative", state.Initiatives)).Concat(All("exchange", state.Exchange)).Concat(All("participant", state.Participants)).Concat(All("meeting", state.Meetings))
            .Concat(All("series", state.Series)).Concat(All("source", state.Sources)).Concat(All("framework", state.Frameworks)).Where(o => o.Item1 != stream),
    ];

    private static IEnumerable<(string, object)> All<T>(string family, IEnumerable<KeyValuePair<string, T>> states) where T : class =>
        states.Select(s => ($"{family}/{s.Key}", (object)s.Value));

    private sealed record Step(ICommand Command, Decision Decision);
}
