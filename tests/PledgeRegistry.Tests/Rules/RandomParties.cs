using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Tests.Rules;

/// <summary>Random sequences about a few common pledges: parties and collectives come, share, report and go; pledges end, go on and come back.</summary>
internal static class RandomParties
{
    public static readonly string[] Ids = [SampleRegistry.Pledge1, "IMRF-2022-0002", "IMRF-2022-0003", "IMRF-2022-0004"];
    public static readonly string[] Parties = ["CRI", "HND", "COL", "IOM", "RCM-MEMBERS", "WORKSHOP"];

    /// <summary>The commands by which parties come and go, each by itself.</summary>
    public static readonly Type[] Joint =
        [typeof(OpenForSignature), typeof(CloseForSignature), typeof(InviteParty), typeof(AcceptPledge), typeof(DeclinePledge), typeof(DeclareShare), typeof(LeavePledge), typeof(ReportProgress)];

    /// <summary>The commands that end a pledge, or undo that.</summary>
    public static readonly Type[] Endings =
        [typeof(WithdrawPledge), typeof(SupersedePledge), typeof(CompletePledge), typeof(MarkDuplicate), typeof(SplitPledge), typeof(MergePledge), typeof(ReinstatePledge)];

    private static readonly RegistryState Start = SampleRegistry.After(SampleRegistry.State, Ids.Select((id, i) => ($"pledge/{id}", (IEvent)Recorded(i))));

    public static PledgeEvent.Recorded Recorded(int number) =>
        new(SampleRegistry.CommonPledge() with { By = [], Owing = number switch { 0 => ["CRI", "HND"], 1 => ["CRI"], 2 => ["RCM-MEMBERS", "IOM"], _ => ["WORKSHOP"] } });

    /// <summary>Holds a property against random sequences; a failure prints its seeds, and the shortest list of them found.</summary>
    public static void Holds(Func<Step, bool> property, Func<Random, RegistryState, ICommand> next) =>
        Prop.ForAll<int[]>(ArbMap.Default.ArbFor<int[]>(), seeds => Run(seeds, next).All(property))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithStartSize(20).WithEndSize(150));

    /// <summary>The same sequences at each run: 40 of 150 steps.</summary>
    public static IEnumerable<Step> Fixed(Func<Random, RegistryState, ICommand> next) =>
        Enumerable.Range(0, 40).SelectMany(i => Run(Enumerable.Range(i * 1_000, 150), next));

    public static IEnumerable<Step> Run(IEnumerable<int> seeds, Func<Random, RegistryState, ICommand> next)
    {
        var (state, happened) = (Start, Ids.Select((id, i) => (id, (PledgeEvent)Recorded(i))).ToList());
        foreach (var (place, seed) in seeds.Index())
        {
            var random = new Random(Mixed(seed, place));
            var command = next(random, state);
            var decision = command.Decide(state, SampleRegistry.Author);
            var events = decision is Decision.Accepted accepted ? accepted.Events.Select(e => (accepted.Stream["pledge/".Length..], (PledgeEvent)e)).ToList() : [];
            happened.AddRange(events);
            var after = SampleRegistry.After(state, events.Select(e => ($"pledge/{e.Item1}", (IEvent)e.Item2)));
            yield return new Step(state, command, decision, after, [.. happened], random);
            state = after;
        }
    }

    public static ICommand JointCommand(Random random, RegistryState state)
    {
        var (id, party) = (Pick(random, Ids), Pick(random, Parties));
        return random.Next(8) switch
        {
            0 => new OpenForSignature(id, Date(random), random.Next(2) == 0 ? null : Date(random), "More may join."),
            1 => new CloseForSignature(id, Date(random), "Enough."),
            2 => new InviteParty(id, party, Date(random), "Please."),
            3 => new AcceptPledge(id, party, Date(random), "Gladly.", "en", null),
            4 => new DeclinePledge(id, state.Pledges[id].Parties.FirstOrDefault(p => p.Value.Invited).Key ?? party, Date(random), "Not now.", "en"),
            5 => new DeclareShare(id, party, SampleRegistry.Share($"{random.Next(9)}") with { Due = null }, Date(random), random.Next(2) == 0 ? null : "More."),
            6 => new LeavePledge(id, party, Date(random), "Moved."),
            _ => new ReportProgress(id, SampleRegistry.Report(party, (ClaimedStatus)random.Next(6)) with { EffectiveOn = Date(random) }),
        };
    }

    /// <summary>The same, and now and then the record of who accepted at first is corrected.</summary>
    public static ICommand JointOrCorrect(Random random, RegistryState state)
    {
        var id = Pick(random, Ids);
        return random.Next(10) > 0
            ? JointCommand(random, state)
            : new CorrectPledge(id, state.VersionOf($"pledge/{id}"), state.Pledges[id].Content with { Owing = [.. Parties.Where(_ => random.Next(3) == 0)] }, "misread");
    }

    public static ICommand EndingCommand(Random random, RegistryState state)
    {
        var (id, other) = (Pick(random, Ids), Pick(random, Ids));
        var version = state.VersionOf($"pledge/{id}");
        return random.Next(12) switch
        {
            0 => new WithdrawPledge(id, version, Date(random), "Moved."),
            1 => new SupersedePledge(id, version, other, Date(random), "Newer."),
            2 => new CompletePledge(id, version, Date(random), "Done.", []),
            3 => new MarkDuplicate(id, version, other, "Twice."),
            4 => new SplitPledge(id, version, [other, Pick(random, Ids)], Date(random), "Each."),
            5 => new MergePledge(id, version, other, Date(random), "Both."),
            6 or 7 or 8 => new ReinstatePledge(id, version, Date(random), "On."),
            _ => new ReportProgress(id, SampleRegistry.Report(state.Pledges[id].OwingOn(new DateOnly(2026, 1, 1)).FirstOrDefault() ?? "CRI", ClaimedStatus.Fulfilled) with { EffectiveOn = Date(random) }),
        };
    }

    /// <summary>A date of any precision, most of them after the pledges were announced.</summary>
    public static EffectiveDate Date(Random random)
    {
        var year = 2022 + random.Next(5);
        return random.Next(7) switch
        {
            0 => new EffectiveDate(Number($"{year}-{1 + random.Next(12):00}")),
            1 => new EffectiveDate(Number($"{year}-{21 + random.Next(4)}")),
            2 => new EffectiveDate(Number($"{year}-{33 + random.Next(4)}")),
            3 => new EffectiveDate(Number($"{year}-{40 + random.Next(2)}")),
            4 => new EffectiveDate(Number($"{year}")),
            5 => new EffectiveDate(Number($"{year}-{1 + random.Next(12):00}-01"), "some day"),
            _ => EffectiveDate.On(Day(random)),
        };
    }

    public static DateOnly Day(Random random) => new DateOnly(2022, 1, 1).AddDays(random.Next(6 * 365));

    // Seeds in a row make generators whose first numbers are in a row too, so their bits are mixed (Murmur3's last step).
    private static int Mixed(int seed, int place)
    {
        var bits = unchecked((uint)(seed * 7_919 + place));
        bits = unchecked((bits ^ (bits >> 16)) * 0x85EBCA6B);
        bits = unchecked((bits ^ (bits >> 13)) * 0xC2B2AE35);
        return unchecked((int)(bits ^ (bits >> 16)));
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];

    /// <param name="Happened">Everything that had happened to the pledges after this step, in order.</param>
    public sealed record Step(RegistryState Before, ICommand Command, Decision Decision, RegistryState After, IReadOnlyList<(string Id, PledgeEvent Event)> Happened, Random Random)
    {
        public bool Accepted => Decision is Decision.Accepted;

        public bool Refused => Decision is Decision.Refused;
    }
}
