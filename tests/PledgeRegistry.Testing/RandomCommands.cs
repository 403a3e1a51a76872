using System.Globalization;
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
        return random.Next(18) switch
        {
            0 => new RecordPledge(SampleRegistry.Pledge() with { Title = Words(), Owing = [Party()] }, [new MappingReason(Item(), Words())]),
            1 => new RecordPledge(SampleRegistry.Conclusion() with { Title = Words(), Owing = ["RCM-MEMBERS"] }, []),
            2 => new RecordPledge(SampleRegistry.Recommendation() with { Addressees = [Party()] }, []),
            3 => new CorrectPledge(pledge, version, (head.Pledges.GetValueOrDefault(pledge)?.Content ?? SampleRegistry.Pledge()) with { Title = Words() }, Words()),
            4 => new AmendPledge(pledge, version, (head.Pledges.GetValueOrDefault(pledge)?.Content ?? SampleRegistry.Pledge()) with { Due = new Due(Date()) }, Date(), Words()),
            5 => new MapPledge(pledge, Item(), Words()),
            6 => new RetireMapping(pledge, Item(), Words()),
            7 or 8 => new ReportProgress(pledge, SampleRegistry.Report(Party(), Any<ClaimedStatus>()) with { EffectiveOn = Date() }),
            9 => new CorrectReport(pledge, version, random.Next(reports + 2), SampleRegistry.Report(Party(), Any<ClaimedStatus>()), Words()),
            10 => new ReviewPledge(pledge, SampleRegistry.Review("IOM", Any<ReviewView>(), random.Next(2) == 0 ? null : reports)),
            11 => new AnswerAsAddressee(pledge, Party(), Any<AddresseeAnswer>(), Words(), "en", Date()),
            12 when random.Next(4) == 0 => new WithdrawPledge(pledge, version, Date(), Words()),
            13 => new RecordInitiative(SampleRegistry.Initiative() with { Participant = Party(), Pledge = random.Next(2) == 0 ? null : pledge }),
            14 => new UpdateInitiative(initiative, head.VersionOf($"initiative/{initiative}"),
                (head.Initiatives.GetValueOrDefault(initiative)?.Content ?? SampleRegistry.Initiative()) with { Novelty = "updated", Needs = Words() }, Words()),
            15 => random.Next(2) == 0
                ? new StartRole(Party(), "network-member", "IMRF", Date(), "notes")
                : new EndRole(Party(), "network-member", "IMRF", Date(), Words(), "notes"),
            16 => random.Next(2) == 0 ? new AddMember("WORKSHOP", Party(), Date(), "notes") : new RemoveMember("WORKSHOP", Party(), Date(), Words(), "notes"),
            17 when random.Next(2) == 0 => random.Next(2) == 0
                ? new AppointActor("CRI", Actor(), ActorRole.FocalPoint, "CRI", Date(), null)
                : new SetClearance("CRI", random.Next(2) == 0, Words()),
            _ => new RegisterSource(string.Create(CultureInfo.InvariantCulture, $"source-{made}-{random.Next(3)}"), Words(), null, "en", null, new string('b', 64), null, null),
        };
    }

    private string Known(IEnumerable<string> ids, string otherwise) =>
        ids.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } known ? known[random.Next(known.Count)] : otherwise;

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

    private string Words() => string.Create(CultureInfo.InvariantCulture, $"Salud de los migrantes \u2013 {(random.Next(2) == 0 ? "Me\u0301xico" : "México")} {random.Next(100)}");
}
