using System.Globalization;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Tests.Rules;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.EffectiveDates;

/// <summary>
/// From which day on something with a date of each precision is so: <c>holds.csv</c>, worked out from the calendar and not
/// from the code. Each row is run through commands: what they decide on the day before is otherwise than on the day itself.
/// Only what decisions look at is in the table; which text, status or lateness a view shows on a day is for the views' tests.
/// </summary>
public sealed class HoldsTests
{
    private const string Id = SampleRegistry.Pledge1;

    // Long before any date of the table.
    private static readonly EffectiveDate Long = EffectiveDate.On(2020, 1, 1);

    private static readonly PledgeContent Joint = SampleRegistry.CommonPledge() with { AnnouncedOn = Long };

    // What makes it so with the date of the row, and whether it is so on a day.
    private static readonly Dictionary<string, (Func<EffectiveDate, RegistryState> After, Func<RegistryState, EffectiveDate, DateOnly, bool> IsSo)> Kinds = new()
    {
        ["report"] = (on => Done(Recorded(Joint), new ReportProgress(Id, SampleRegistry.Report() with { EffectiveOn = on })), (state, _, day) => state.Pledges[Id].Claimed("CRI", day) is not null),
        ["acceptance"] = (on => Done(Recorded(Joint), new OpenForSignature(Id, Long, null, "More."), new AcceptPledge(Id, "COL", on, null, null, null)), (state, _, day) => Reports(state, "COL", day)),
        ["leaving"] = (on => Done(Recorded(Joint), new LeavePledge(Id, "HND", on, "Moved.")), (state, _, day) => !Reports(state, "HND", day)),
        ["deadline past"] = (_ => SampleRegistry.State, (state, on, day) => !Passes(state, new RecordPledge(Joint with { AnnouncedOn = EffectiveDate.On(day), Due = new Due(on), Milestones = [], Indicators = [] }, []), "before-announced")),
        ["signature closed"] = (on => Done(Recorded(Joint), new OpenForSignature(Id, Long, on, "More.")), (state, _, day) => !Accepts(state, day)),
        ["completion too early for the claim"] = (_ => Recorded(Joint with { Owing = ["CRI"] }), (state, on, day) =>
            !Passes(Done(state, new ReportProgress(Id, SampleRegistry.Report(status: ClaimedStatus.Fulfilled) with { EffectiveOn = EffectiveDate.On(day) })), new CompletePledge(Id, 2, on, "Done.", []), "not-fulfilled")),
        ["role"] = (on => Done(Recorded(Joint), new StartRole("IOM", "secretariat", "IMRF", on, "notes")), (state, _, day) => Reviews(state, "IOM", day)),
        ["role ended"] = (on => Done(Recorded(Joint), new EndRole(SampleRegistry.Secretariat, "secretariat", "IMRF", on, "Handed over.", "notes")), (state, _, day) => !Reviews(state, SampleRegistry.Secretariat, day)),
        ["membership"] = (on => Done(Recorded(Joint with { Owing = ["WORKSHOP"] }), new AddMember("WORKSHOP", "IOM", on, "notes")), (state, _, day) => Reports(state, "IOM", day)),
        ["membership ended"] = (on => Done(Recorded(Joint with { Owing = ["WORKSHOP"] }), new RemoveMember("WORKSHOP", "COL", on, "Moved.", "notes")), (state, _, day) => !Reports(state, "COL", day)),
        ["signature open"] = (on => Done(Recorded(Joint), new OpenForSignature(Id, on, null, "More.")), (state, _, day) => Accepts(state, day)),
        ["announced"] = (on => Recorded(Joint with { AnnouncedOn = on, Due = null, Milestones = [], Indicators = [] }), (state, _, day) => Passes(state, new WithdrawPledge(Id, 1, EffectiveDate.On(day), "Moved."), "before-announced")),
        ["reinstatable after withdrawal"] = (on => Done(Recorded(Joint), new WithdrawPledge(Id, 1, on, "Moved.")), (state, _, day) => Passes(state, new ReinstatePledge(Id, 2, EffectiveDate.On(day), "On."), "before-ended")),
    };

    public static TheoryData<string, string, string, string, string, string> Rows()
    {
        var data = new TheoryData<string, string, string, string, string, string>();
        foreach (var cells in Table())
        {
            data.Add(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_is_so_from_the_day_that_the_table_says(string what, string precision, string date, string words, string lastDayNot, string firstDay)
    {
        var on = new EffectiveDate(date, words.Length == 0 ? null : words);
        Assert.Equal(precision, on.Precision().ToString().ToLowerInvariant());
        var (after, isSo) = Kinds[what];
        var state = after(on);
        var (before, from) = (Parse(lastDayNot), Parse(firstDay));
        Assert.Equal(before.AddDays(1), from);
        Assert.False(isSo(state, on, before), $"On {lastDayNot} it isn't so yet.");
        Assert.True(isSo(state, on, from), $"On {firstDay} it is so.");
        Assert.False(isSo(state, on, before.AddYears(-1)), "Nor is it so a year before.");
        Assert.True(isSo(state, on, from.AddYears(1)), "And it is so a year later.");
    }

    [Fact]
    public void The_table_has_every_precision_for_everything_and_nothing_twice()
    {
        var rows = Table().Select(c => (What: c[0], Precision: c[1], Date: c[2])).ToList();
        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.Equal(Kinds.Keys.Order(StringComparer.Ordinal), rows.Select(r => r.What).Distinct().Order(StringComparer.Ordinal));
        var precisions = Enum.GetNames<DatePrecision>().Select(n => n.ToLowerInvariant()).ToHashSet();
        Assert.All(rows.GroupBy(r => r.What), of => Assert.True(precisions.SetEquals(of.Select(r => r.Precision)), $"'{of.Key}' lacks a precision."));
        Assert.All(rows.GroupBy(r => r.What), of => Assert.Contains(of, r => r.Date.EndsWith("-24", StringComparison.Ordinal)));
    }

    private static IEnumerable<string[]> Table() =>
        File.ReadLines(Path.Combine(Repository.Root, "tests", "PledgeRegistry.Tests", "EffectiveDates", "holds.csv")).Skip(1).Select(l => l.Split(','));

    private static DateOnly Parse(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static RegistryState Recorded(PledgeContent content) => Done(SampleRegistry.State, new RecordPledge(content, []));

    private static RegistryState Done(RegistryState state, params ICommand[] commands) => commands.Aggregate(state, (s, command) => command.Decide(s, SampleRegistry.Author) switch
    {
        Decision.Accepted accepted => SampleRegistry.After(s, accepted.Events.Select(e => (accepted.Stream, e))),
        var other => throw Xunit.Sdk.FailException.ForFailure($"{command} was to be accepted: {(other is Decision.Refused r ? string.Join('\n', r.Reasons) : "nothing new")}"),
    });

    private static bool Reports(RegistryState state, string party, DateOnly day) => Passes(state, new ReportProgress(Id, SampleRegistry.Report(party) with { EffectiveOn = EffectiveDate.On(day) }), "not-a-party");

    private static bool Reviews(RegistryState state, string by, DateOnly day) =>
        Passes(state, new ReviewPledge(Id, SampleRegistry.Review(by) with { Standing = ReviewStanding.Secretariat, EffectiveOn = EffectiveDate.On(day) }), "no-mandate");

    private static bool Accepts(RegistryState state, DateOnly day) => Passes(state, new AcceptPledge(Id, "COL", EffectiveDate.On(day), null, null, null), "not-invited");

    // Accepted, or refused for this reason and for no other.
    private static bool Passes(RegistryState state, ICommand command, string code)
    {
        var decision = command.Decide(state, SampleRegistry.Author);
        if (decision is Decision.Refused refused)
        {
            Assert.All(refused.Reasons, r => Assert.Equal(code, r.Code));
            return false;
        }
        Assert.IsType<Decision.Accepted>(decision);
        return true;
    }
}
