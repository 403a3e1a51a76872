using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Tests.Rules;

/// <summary>Those about joint pledges, endings, translations, contested mappings and partnerships.</summary>
internal sealed partial class RandomCommands
{
    private ICommand PledgeCommand() => random.Next(12) switch
    {
        0 => new RecordPledge(SampleRegistry.CommonPledge(), []),
        1 or 2 or 3 or 4 or 5 => JointCommand(Pick(Those(p => p.Content.Type == PledgeType.Common && p.Ending is null), Those(p => p.Content.Type == PledgeType.Common), PledgeId())),
        6 or 7 => EndingCommand(),
        8 => new TranslatePledge(PledgeId(), new Translation(Pick("es", "fr", "en", "Spanish"), Text(), Text(), Pick(TranslationStanding.Official, TranslationStanding.Machine))),
        9 or 10 => MappingCommand(),
        _ => random.Next(2) == 0
            ? new FormPartnership(Pick("g-1", "g-2", "g 3"), Partnership())
            : new CorrectPartnership(Pick("g-1", "g-2"), VersionOf("partnership"), Partnership(), Text()),
    };

    /// <summary>One of the commands by which parties come, share and go, about this pledge.</summary>
    public ICommand JointCommand(string pledge)
    {
        var party = Pick("CRI", "HND", "COL", "IOM", "RCM-MEMBERS", "WORKSHOP", Participant());
        return random.Next(9) switch
        {
            0 => new OpenForSignature(pledge, Date(), Pick(null, Date()), Text()),
            1 => new CloseForSignature(pledge, Date(), Text()),
            2 => new InviteParty(pledge, party, Date(), Text()),
            3 or 4 => new AcceptPledge(pledge, Pick(party, Invited(pledge) ?? party), Date(), Text(), Pick("en", "es"), null),
            5 => Decline(pledge, party),
            6 or 7 => new DeclareShare(pledge, party, SampleRegistry.Share(Pick("1", "2", "3")) with { Text = Text(), Targets = [new ShareTarget(Pick("I1", "I1", "I9"), "5")], Due = null }, Date(), Pick(null, Text())),
            _ => new LeavePledge(pledge, party, Date(), Text()),
        };
    }

    private DeclinePledge Decline(string pledge, string party)
    {
        var id = Pick(pledge, Those(p => p.Ending is null && p.Parties.Values.Any(s => s.Invited)));
        return new DeclinePledge(id, Pick(party, Invited(id) ?? party), Date(), Text(), "en");
    }

    private ICommand EndingCommand()
    {
        var id = PledgeId();
        var version = state.VersionOf($"pledge/{id}") - (random.Next(8) == 0 ? 1 : 0);
        return random.Next(9) switch
        {
            0 => new SupersedePledge(id, version, PledgeId(), Date(), Text()),
            1 or 2 => Complete(),
            3 => new MarkDuplicate(id, version, PledgeId(), Text()),
            4 => new SplitPledge(id, version, [PledgeId(), PledgeId()], Date(), Text()),
            5 => new MergePledge(id, version, PledgeId(), Date(), Text()),
            _ => Reinstate(),
        };
    }

    private CompletePledge Complete()
    {
        var id = Those(p => p.Ending is null && p.Reports.Any(r => r.Status == ClaimedStatus.Fulfilled));
        return new CompletePledge(id, state.VersionOf($"pledge/{id}"), random.Next(2) == 0 ? Date() : new EffectiveDate("2027"), Text(), []);
    }

    private ReinstatePledge Reinstate()
    {
        var id = Those(p => p.Ending is not null);
        return new ReinstatePledge(id, state.VersionOf($"pledge/{id}"), random.Next(2) == 0 ? Date() : new EffectiveDate("2027"), Text());
    }

    private ICommand MappingCommand()
    {
        var id = Those(p => !p.Mappings.IsEmpty);
        var mapped = At(id)?.Mappings.Keys.OrderBy(i => i.Item, StringComparer.Ordinal).FirstOrDefault() ?? Item();
        return random.Next(5) switch
        {
            0 => new MarkMapping(id, mapped, random.Next(2) == 0, Text()),
            1 => new MoveMapping(id, mapped, Item(), Text()),
            2 or 3 => new ContestMapping(id, mapped, Participant(), Text(), "en"),
            _ => Answer(),
        };
    }

    private AnswerContest Answer()
    {
        var id = Those(p => !p.Contests.IsEmpty);
        return new AnswerContest(id, random.Next(2 + (At(id)?.Contests.Count ?? 0)), Participant(), random.Next(2) == 0, Text(), "en");
    }

    // From each standing, by whom it suits and by whom it doesn't.
    private Review Review()
    {
        var standing = Pick(ReviewStanding.Independent, ReviewStanding.Secretariat, ReviewStanding.Reviewer);
        var suits = standing switch { ReviewStanding.Secretariat => SampleRegistry.Secretariat, ReviewStanding.Reviewer => SampleRegistry.Reviewer, _ => "IOM" };
        return SampleRegistry.Review(Pick(suits, Participant()), Pick(ReviewView.Verified, ReviewView.Disagrees), Pick<int?>(null, 1, 2)) with { Reason = Text(), Standing = standing };
    }

    private ProgressReport Report() => SampleRegistry.Report(Pick("CRI", Participant()), Pick(ClaimedStatus.Planning, ClaimedStatus.InProgress, ClaimedStatus.Fulfilled)) with
    {
        EffectiveOn = Date(),
        Narrative = Text(),
        Values = [.. Maybe(new IndicatorValue(Pick("I1", "I2"), "3", new EffectiveDate("2023"), null)).Take(random.Next(2))],
    };

    private PartnershipContent Partnership() => new(Names(), Names(), Pick(null, Participant()), null);

    private string? Invited(string pledge) => At(pledge)?.Parties.Where(p => p.Value.Invited).Select(p => p.Key).Order(StringComparer.Ordinal).FirstOrDefault();

    private PledgeState? At(string? id) => id is null ? null : state.Pledges.GetValueOrDefault(id);

    private string Those(Func<PledgeState, bool> suit) => Known(state.Pledges.Where(p => suit(p.Value)).Select(p => p.Key));
}
