using System.Globalization;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Testing;

/// <summary>Random commands on a registry that began as <see cref="SampleRegistry"/>: most are accepted, some refused, some change nothing.</summary>
public sealed class RandomCommands(Random random)
{
    private static readonly string[] Parties = ["CRI", "HND", "COL", "IOM", "RCM-MEMBERS", "WORKSHOP"];
    private static readonly ItemRef[] Items = [new("gcm/2018", "GCM-01"), new("gcm/2018", "GCM-15"), new("rcm-areas/2016", "RCM-A1"), new("gcm/2018", "GCM-99")];

    private int made;

    /// <summary>One that suits what is known at this head, more or less.</summary>
    public ICommand Next(RegistryState head)
    {
        made++;
        var pledge = Known(head.Pledges.Keys, SampleRegistry.Pledge1);
        var initiative = Known(head.Initiatives.Keys, SampleRegistry.Initiative1);
        var version = head.VersionOf($"pledge/{pledge}") - (random.Next(8) == 0 ? 1 : 0);
        var reports = head.Pledges.GetValueOrDefault(pledge)?.Reports.Count ?? 0;
        return random.Next(28) switch
        {
            0 => new RecordPledge(SampleRegistry.Pledge() with { Title = Words(), Owing = [Party()] }, [new MappingReason(Item(), Words())]),
            1 => new RecordPledge(SampleRegistry.Conclusion() with { Title = Words(), Owing = ["RCM-MEMBERS"] }, []),
            2 => new RecordPledge(SampleRegistry.Recommendation() with { Addressees = [Party()] }, []),
            3 => new CorrectPledge(pledge, version, (head.Pledges.GetValueOrDefault(pledge)?.Content ?? SampleRegistry.Pledge()) with { Title = Words() }, Words()),
            4 => new AmendPledge(pledge, version, (head.Pledges.GetValueOrDefault(pledge)?.Content ?? SampleRegistry.Pledge()) with { Due = new Due(Date()) }, Date(), Words()),
            5 => new MapPledge(pledge, Item(), Words(), Main: random.Next(3) == 0),
            6 => new RetireMapping(pledge, Item(), Words()),
            7 or 8 => new ReportProgress(pledge, SampleRegistry.Report(Party(), Any<ClaimedStatus>()) with { EffectiveOn = Date() }),
            9 => new CorrectReport(pledge, version, random.Next(reports + 2), SampleRegistry.Report(Party(), Any<ClaimedStatus>()), Words()),
            10 => new ReviewPledge(pledge, Review(Any<ReviewView>(), random.Next(2) == 0 ? null : reports)),
            11 => new AnswerAsAddressee(pledge, Party(), Any<AddresseeAnswer>(), Words(), "en", Date()),
            12 when random.Next(4) == 0 => Ending(pledge, version, Known(head.Pledges.Keys, SampleRegistry.Pledge1)),
            13 => new RecordInitiative(SampleRegistry.Initiative() with { Participant = Party(), Pledge = random.Next(2) == 0 ? null : pledge }),
            14 => new UpdateInitiative(initiative, head.VersionOf($"initiative/{initiative}"),
                (head.Initiatives.GetValueOrDefault(initiative)?.Content ?? SampleRegistry.Initiative()) with { Novelty = "updated", Needs = Words() }, Words()),
            15 => random.Next(2) == 0
                ? new StartRole(Party(), "network-member", "IMRF", Date(), "notes")
                : new EndRole(Party(), "network-member", "IMRF", Date(), Words(), "notes"),
            16 => random.Next(2) == 0 ? new AddMember("WORKSHOP", Party(), Date(), "notes") : new RemoveMember("WORKSHOP", Party(), Date(), Words(), "notes"),
            17 => new RecordPledge(SampleRegistry.CommonPledge() with { Title = Words() }, []),
            18 or 19 => Joint(Common(head) ?? pledge),
            20 => new TranslatePledge(pledge, new Translation(random.Next(2) == 0 ? "es" : "ar", Words(), Words(), Any<TranslationStanding>())),
            21 => Mapping(pledge, head.Pledges.GetValueOrDefault(pledge)),
            22 => random.Next(3) == 0
                ? new CorrectPartnership("P-1", head.VersionOf("partnership/P-1"), new PartnershipContent(Texts.Of(("en", Words())), Texts.Of(("en", Words())), Party(), null), Words())
                : new FormPartnership(random.Next(4) == 0 ? "P-1" : string.Create(CultureInfo.InvariantCulture, $"P-{made}"), new PartnershipContent(Texts.Of(("en", Words())), Texts.Of(("es", Words())), null, null)),
            23 => new RecordNeedOrOffer(random.Next(2) == 0 ? SampleRegistry.Need(Party()) : SampleRegistry.Offer(Party())),
            24 => random.Next(3) == 0
                ? new CloseNeedOrOffer(Entry(head), head.VersionOf($"exchange/{Entry(head)}"), Any<Closing>(), Date(), Words())
                : new ProposeMatch(Entry(head), Entry(head), Party(), Date(), Words()),
            25 => random.Next(3) == 0
                ? new EndMatch(Entry(head), 1 + random.Next(2), Party(), Date(), Words())
                : new AnswerMatch(Entry(head), 1 + random.Next(2), Party(), Any<MatchAnswer>(), Date(), Words(), "es"),
            26 => random.Next(2) == 0
                ? new AppointActor("CRI", Actor(), ActorRole.FocalPoint, "CRI", Date(), null)
                : new SetClearance("CRI", random.Next(2) == 0, Words()),
            _ => new RegisterSource(string.Create(CultureInfo.InvariantCulture, $"source-{made}-{random.Next(3)}"), Words(), null, "en", null, new string('b', 64), null, null),
        };
    }

    private ICommand Joint(string pledge) => random.Next(7) switch
    {
        0 => new OpenForSignature(pledge, Later(), null, Words()),
        1 => new CloseForSignature(pledge, Later(), Words()),
        2 => new InviteParty(pledge, Party(), Later(), Words()),
        3 => random.Next(2) == 0 ? new AcceptPledge(pledge, Party(), Later(), null, null, null) : new AcceptPledge(pledge, Party(), Later(), Words(), "es", null),
        4 => new DeclinePledge(pledge, Party(), Later(), Words(), "es"),
        5 => new DeclareShare(pledge, Party(), SampleRegistry.Share(random.Next(2) == 0 ? "5" : "7.5"), Later(), Words()),
        _ => new LeavePledge(pledge, Party(), Later(), Words()),
    };

    private ICommand Mapping(string id, PledgeState? pledge)
    {
        var mapped = pledge?.Mappings.Keys.OrderBy(i => i.Item, StringComparer.Ordinal).FirstOrDefault() ?? Item();
        return random.Next(4) switch
        {
            0 => new MarkMapping(id, mapped, random.Next(2) == 0, Words()),
            1 => new MoveMapping(id, mapped, Item(), Words()),
            2 => new ContestMapping(id, mapped, Party(), Words(), "es"),
            _ => new AnswerContest(id, pledge?.Contests.Count ?? 0, Party(), random.Next(2) == 0, Words(), "es"),
        };
    }

    private ICommand Ending(string pledge, long version, string other) => random.Next(8) switch
    {
        0 => new SupersedePledge(pledge, version, other, Later(), Words()),
        1 => new CompletePledge(pledge, version, Later(), Words(), []),
        2 => new MarkDuplicate(pledge, version, other, Words()),
        3 => new SplitPledge(pledge, version, [other, SampleRegistry.Pledge1], Later(), Words()),
        4 => new MergePledge(pledge, version, other, Later(), Words()),
        5 or 6 => new ReinstatePledge(pledge, version, Later(), Words()),
        _ => new WithdrawPledge(pledge, version, Date(), Words()),
    };

    private Review Review(ReviewView view, int? report) => random.Next(3) switch
    {
        0 => SampleRegistry.Review(SampleRegistry.Secretariat, view, report) with { Standing = ReviewStanding.Secretariat },
        1 => SampleRegistry.Review(SampleRegistry.Reviewer, view, report) with { Standing = ReviewStanding.Reviewer },
        _ => SampleRegistry.Review("IOM", view, report),
    };

    private string? Common(RegistryState head) =>
        head.Pledges.Where(p => p.Value is { Content.Type: PledgeType.Common, Ending: null }).Select(p => p.Key).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } common
            ? common[random.Next(common.Count)]
            : null;

    private string Known(IEnumerable<string> ids, string otherwise) =>
        ids.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } known ? known[random.Next(known.Count)] : otherwise;

    private string Entry(RegistryState head) => Known(head.Exchange.Keys, SampleRegistry.Need1);

    private string Party() => Parties[random.Next(Parties.Length)];

    private string Actor() => $"a-{new string((char)('a' + random.Next(3)), 26)}";

    private ItemRef Item() => Items[random.Next(Items.Length)];

    private T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private EffectiveDate Date() => random.Next(3) switch
    {
        0 => EffectiveDate.On(2016 + random.Next(10), 1 + random.Next(12), 1 + random.Next(28)),
        1 => new EffectiveDate(string.Create(CultureInfo.InvariantCulture, $"{2016 + random.Next(10)}-{33 + random.Next(4)}")),
        _ => new EffectiveDate(string.Create(CultureInfo.InvariantCulture, $"{2016 + random.Next(10)}")),
    };

    // After the forum of 2022.
    private EffectiveDate Later() => EffectiveDate.On(2022 + random.Next(4), 6 + random.Next(7), 1 + random.Next(28));

    private string Words() => string.Create(CultureInfo.InvariantCulture, $"Salud de los migrantes \u2013 {(random.Next(2) == 0 ? "Me\u0301xico" : "México")} {random.Next(100)}");
}
