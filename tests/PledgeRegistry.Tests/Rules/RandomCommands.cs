using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Tests.Rules;

/// <summary>Commands of every type, most of them about what is there, some about what isn't, and some that break a rule.</summary>
internal sealed partial class RandomCommands(int seed, RegistryState state)
{
    private static readonly string[] Participants = ["CRI", "HND", "COL", "IOM", "RCM-MEMBERS", "WORKSHOP", "P-1", "P-2", SampleRegistry.Secretariat, SampleRegistry.Reviewer];
    private static readonly string[] Meetings = ["RCM-2016-WORKSHOP", "RCM-2016-XXI", "IMRF-2022", "IMRF-2026", "M-1", "M-2"];
    private static readonly string[] Dates = ["2015-12-31", "2016", "2018-24", "2022-05-17", "2022-05", "2023-33", "2024", "2026-41"];
    private static readonly string[] Items = ["GCM-01", "GCM-15", "GCM-15.e"];

    private readonly Random random = new(Mixed((uint)seed));

    // Random's first numbers for neighbouring seeds are neighbours too: mixed (as in SplitMix32), every choice comes up.
    private static int Mixed(uint seed)
    {
        unchecked
        {
            seed = (seed ^ (seed >> 16)) * 0x85EBCA6B;
            seed = (seed ^ (seed >> 13)) * 0xC2B2AE35;
            return (int)((seed ^ (seed >> 16)) & int.MaxValue);
        }
    }

    public ICommand Next()
    {
        return random.Next(3) == 0 ? PledgeCommand() : random.Next(61) switch
        {
            0 => new RecordPledge(Content(), [.. Maybe(new MappingReason(Item(), Text()))]),
            1 => new CorrectPledge(PledgeId(), VersionOf("pledge"), Content(), Text()),
            2 => new AmendPledge(PledgeId(), VersionOf("pledge"), Amended(), Date(), Text()),
            3 => new WithdrawPledge(PledgeId(), VersionOf("pledge"), Date(), Text()),
            4 or 30 => new MapPledge(PledgeId(), Item(), Text()),
            5 => new RetireMapping(PledgeId(), Item(), Text()),
            6 or 31 => new ReportProgress(PledgeId(), Report()),
            7 or 33 => CorrectReport(),
            8 or 32 => new ReviewPledge(PledgeId(), Review()),
            9 or 34 => ReplyToReview(),
            10 or 28 => new AnswerAsAddressee(Those(p => p.Content.Addressees.Count > 0), Pick("HND", Participant()), Pick(AddresseeAnswer.Noted, AddresseeAnswer.Supported), Text(), "en", Date()),
            11 => new RecordInitiative(Initiative()),
            12 => new UpdateInitiative(InitiativeId(), VersionOf("initiative"), Initiative(), Text()),
            13 => new CorrectInitiative(InitiativeId(), VersionOf("initiative"), Initiative(), Text()),
            14 or 36 => WithdrawInitiative(),
            15 => new RegisterParticipant(Pick("P-1", "P-2", "CRI"), Pick("state", "collective"), Names(), null, "notes", [.. Maybe(new RoleIn("member", "IMRF"))], [.. Maybe(new RoleStart("member", "RCM", Date(), "notes"))], [.. Maybe(new MemberStart("HND", Date(), "notes"))]),
            16 => new RenameParticipant(Participant(), Names(), Text(), "notes"),
            17 => new StartRole(Pick("CRI", "HND", Participant()), Role(), Scope(), Pick(null, Date()), "notes"),
            18 => new EndRole(Pick("CRI", "HND", Participant()), Role(), Scope(), Date(), Text(), "notes"),
            19 => new AddMember(Pick("WORKSHOP", Participant()), Pick("COL", "IOM", Participant()), Pick(null, Date()), "notes"),
            20 => new RemoveMember(Pick("WORKSHOP", Participant()), Pick("COL", "IOM", Participant()), Date(), Text(), "notes"),
            21 => new AnnounceMeeting(Pick("M-1", "M-2", "IMRF-2022"), Meeting(), [.. Maybe("notes")], [.. Maybe(new Cluster("RT1", [Pick(Items)]))]),
            22 or 35 => CorrectMeeting(),
            23 => new AttachDocument(Pick(Meetings), Pick("notes", "s-1", "s-2")),
            24 => new SetClusters(Pick(Meetings), VersionOf("meeting"), [.. Maybe(new Cluster("RT1", [Pick(Items)]))], "notes"),
            25 => new OpenSeries(Pick("S-1", "RCM"), Settings()),
            26 => new ChangeSeriesSettings(Pick("RCM", "IMRF", "S-1"), VersionOf("series"), Settings(), Text()),
            27 => new RegisterSource(Pick("s-1", "s-2", "notes"), Text(), null, "en", Date(), new string(Pick('a', 'b'), 64), null, null),
            44 => new AppointActor(Pick("CRI", Participant()), Actor(), Pick(ActorRole.FocalPoint, ActorRole.Deputy, ActorRole.Reviewer, (ActorRole)9), Pick("CRI", "RCM"), Date(), Pick(null, Date())),
            45 or 46 => End(),
            48 => new AppointActor("CRI", Actor(), Pick(ActorRole.FocalPoint, ActorRole.Deputy), "CRI", Date(), null),
            49 or 50 => Hand(),
            47 => Pick<ICommand>(Hand(), Hand(), new SetClearance(Participant(), Pick(true, false), Text())),
            29 => Pick<ICommand>(new CompleteOpeningData("base", Pick("1", "2")), new OpenRegistry(Names(), Demonstration: true), Key(), Key()),
            56 => Pick<ICommand>(Key(), Seal(), Withhold()),
            37 or 38 => new RecordNeedOrOffer(Exchange()),
            39 => CorrectExchange(),
            40 when random.Next(3) == 0 => new CloseNeedOrOffer(ExchangeId(), VersionOf("exchange"), Pick(Closing.Met, Closing.Withdrawn), Date(), Text()),
            40 or 41 => new ProposeMatch(ExchangeId(Direction.Need), ExchangeId(Direction.Offer), Participant(), Date(), Text()),
            51 => new ProposeMatch(ExchangeId(Direction.Need), ExchangeId(Direction.Offer), Participant(), Date(), Text()),
            42 or 52 or 53 => AnswerMatch(),
            43 or 54 or 55 => EndMatch(),
            _ => Framework(),
        };
    }

    private WithdrawInitiative WithdrawInitiative()
    {
        var id = InitiativeId();
        return new WithdrawInitiative(id, random.Next(4) > 0 ? state.VersionOf($"initiative/{id}") : VersionOf("initiative"), Date(), Text());
    }

    private AnswerMatch AnswerMatch()
    {
        var (need, number, match) = Match();
        return new AnswerMatch(need, number, Pick(match is null ? Participant() : state.Exchange[match.Proposed.Offer].Content.Participant, state.Exchange.GetValueOrDefault(need ?? "")?.Content.Participant ?? Participant(), Participant()),
            Pick(MatchAnswer.Accepted, MatchAnswer.Accepted, MatchAnswer.Declined), Date(), Text(), "en");
    }

    private EndMatch EndMatch()
    {
        var (need, number, match) = Match();
        return new EndMatch(need, number, Pick(match?.Proposed.By ?? Participant(), Participant()), Date(), Text());
    }

    private (string Need, int Number, MatchState? Match) Match()
    {
        var matched = state.Exchange.Where(e => e.Value.Matches.Count > 0).OrderBy(e => e.Key, StringComparer.Ordinal).ToArray();
        if (matched.Length == 0 || random.Next(6) == 0)
        {
            return (ExchangeId(), random.Next(3), null);
        }
        var (need, entry) = Pick(matched);
        var number = 1 + random.Next(entry.Matches.Count);
        return (need, number, entry.Matches[number - 1]);
    }

    // Of what there is, most of the time.
    private CorrectNeedOrOffer CorrectExchange()
    {
        var id = ExchangeId();
        return state.Exchange.TryGetValue(id ?? "", out var entry) && random.Next(4) > 0
            ? new CorrectNeedOrOffer(id!, state.VersionOf($"exchange/{id}"), entry.Content with { Places = [Pick("HND", "CRI", "PAN")] }, Text())
            : new CorrectNeedOrOffer(id!, VersionOf("exchange"), Exchange(), Text());
    }

    private ExchangeContent Exchange() => Pick(SampleRegistry.Need(Participant()), SampleRegistry.Offer(Participant())) with
    {
        EffectiveOn = Date(),
        OpenUntil = random.Next(6) == 0 ? Date() : null,
        Amount = Pick(null, new Amount(Pick("100", "-1"), Pick("USD", "usd"), null, null)),
        Pledge = random.Next(6) == 0 ? PledgeId() : null,
    };

    private string ExchangeId(Direction? direction = null) => Known(state.Exchange.Where(e => direction is null || random.Next(8) == 0 || e.Value.Content.Direction == direction).Select(e => e.Key));

    private ICommand Framework()
    {
        var open = state.Frameworks.Where(f => !f.Value.Closed).Select(f => f.Key).Order(StringComparer.Ordinal).ToArray();
        var id = open.Length > 0 && random.Next(3) > 0 ? Pick(open) : FrameworkId();
        return random.Next(6) switch
        {
            4 => new AddCrosswalk("gcm/2018", Pick("GCM-01", "GCM-15"), new ItemRef(Pick("rcm-areas/2016", id), Pick("RCM-A1", "RCM-A2", "X-1")), Pick(CrosswalkRelation.Close, CrosswalkRelation.Narrower), Text()),
            5 => new RetireCrosswalk("gcm/2018", Pick("GCM-01", "GCM-15"), new ItemRef("rcm-areas/2016", Pick("RCM-A1", "RCM-A2")), Text()),
            0 => new OpenFramework(Pick("sdg", "gcm"), Pick("2015", "2018"), Names(), "notes", Date(), Pick(null, Date()), CodeList: false),
            1 => new AddFrameworkItem(id, Pick("X-1", "X-2", "GCM-01"), null, Pick(null, "X-1"), Texts.None, Texts.None, null),
            2 => new CloseFramework(id, Pick(random.Next(3), state.Frameworks.GetValueOrDefault(id)?.Items.Count ?? 0)),
            _ => new RetireFramework(Pick("sdg/2015", "sdg/2018", "gcm/2015", id), Date(), Text()),
        };
    }

    private CorrectMeeting CorrectMeeting()
    {
        string[] few = ["IMRF-2022", "IMRF-2026"];
        var id = random.Next(3) == 0 ? Pick(Meetings) : Pick(few);
        return state.Meetings.TryGetValue(id, out var meeting) && random.Next(4) > 0
            ? new CorrectMeeting(id, state.VersionOf($"meeting/{id}"), meeting.Content with { PartOf = Pick(few), Place = Text() }, Text())
            : new CorrectMeeting(id, VersionOf("meeting"), Meeting(), Text());
    }

    private CorrectReport CorrectReport()
    {
        var reported = state.Pledges.Where(p => p.Value.Reports.Count > 0).OrderBy(p => p.Key, StringComparer.Ordinal).ToArray();
        if (reported.Length == 0 || random.Next(4) == 0)
        {
            return new CorrectReport(PledgeId(), VersionOf("pledge"), random.Next(4), Report(), Text());
        }
        var (id, pledge) = Pick(reported);
        var number = 1 + random.Next(pledge.Reports.Count);
        return new CorrectReport(id, state.VersionOf($"pledge/{id}"), number, pledge.Reports[number - 1] with { Narrative = Text() }, Text());
    }

    private ReplyToReview ReplyToReview()
    {
        var reviewed = state.Pledges.Where(p => p.Value.Reviews.Count > 0).OrderBy(p => p.Key, StringComparer.Ordinal).ToArray();
        if (reviewed.Length == 0 || random.Next(4) == 0)
        {
            return new ReplyToReview(PledgeId(), random.Next(4), Participant(), Text(), "en");
        }
        var (id, pledge) = Pick(reviewed);
        return new ReplyToReview(id, 1 + random.Next(pledge.Reviews.Count), Pick([.. pledge.Content.Owing, Participant()]), Text(), "en");
    }

    private PledgeContent Content()
    {
        var content = Pick(SampleRegistry.Pledge(), SampleRegistry.CommonPledge(), SampleRegistry.Conclusion(), SampleRegistry.Recommendation(), SampleRegistry.Pledge() with { Meeting = "IMRF-2026" });
        return random.Next(8) switch
        {
            0 => content with { Title = Text() },
            1 => content with { Owing = [Participant()] },
            2 => content with { Addressees = [Participant()], Owing = [] },
            3 => content with { AnnouncedOn = Date(), Due = null },
            4 => content with { Natures = [Pick("financial", "process", "magic")] },
            5 => content with { Type = PledgeType.Matching, Matches = PledgeId() },
            6 => content with { Type = PledgeType.InPartnership, Partnership = Pick("g-1", "g-2") },
            _ => content,
        };
    }

    // Of the pledge that is there, most of the time, so that an amendment has something to amend.
    private PledgeContent Amended() => state.Pledges.Count == 0 || random.Next(4) == 0
        ? Content()
        : state.Pledges.OrderBy(p => p.Key, StringComparer.Ordinal).ElementAt(random.Next(state.Pledges.Count)).Value.Content with { Title = Text() };

    private InitiativeContent Initiative() => SampleRegistry.Initiative() with
    {
        Participant = random.Next(3) == 0 ? Participant() : "CRI",
        Novelty = Pick("new", "updated", "completed"),
        Meeting = Pick("RCM-2016-XXI", "RCM-2016-WORKSHOP", "IMRF-2022", "M-1"),
        Needs = Pick(null, Text()),
        Pledge = random.Next(4) == 0 ? PledgeId() : null,
    };

    private MeetingContent Meeting() => new(
        Pick("RCM", "IMRF"), "forum", Pick<int?>(null, 1), Pick(2016, 2022, 2026), Names(), Pick(null, Date()), Pick(null, Date()), null, Pick(null, Pick(Meetings)), "notes");

    private SeriesSettings Settings() => new(Names(), null, Pick(0, 12), Pick(8, 105), Pick(0, 6, 12), Pick(4, 99), Pick(true, false), null);

    private EffectiveDate Date() => random.Next(20) == 0 ? Pick(null!, new EffectiveDate("2022-13"), new EffectiveDate("2022", "May")) : new EffectiveDate(Pick(Dates));

    private string Text() => random.Next(20) == 0 ? Pick(null!, "", "ana@example.org", "\u202e") : Pick("One.", "Two.", "Three: año 2022.");

    private Texts Names() => Texts.Of(("en", Text()));

    private ItemRef Item() => random.Next(8) == 0 ? Pick(null!, new ItemRef("level/1", "national"), new ItemRef("sdg/2015", "X-1")) : new ItemRef("gcm/2018", Pick(Items));

    private string Participant() => Pick(Participants);

    private EndAppointment End()
    {
        var (code, a) = Appointed();
        return new EndAppointment(code, a.Actor, a.Role, a.Scope, Date(), Text());
    }

    private HandOver Hand()
    {
        var (code, a) = Appointed();
        return new HandOver(code, a.Actor, Actor(), Date(), Text());
    }

    // Of what there is, most of the time: else one that isn't.
    private (string Code, Appointment Appointment) Appointed()
    {
        var all = state.Participants.SelectMany(p => p.Value.Appointments.Select(a => (p.Key, a))).OrderBy(a => a.Key, StringComparer.Ordinal).ToArray();
        return all.Length > 0 && random.Next(6) > 0 ? Pick(all) : ("CRI", new Appointment(Actor(), ActorRole.FocalPoint, "CRI", default, null));
    }

    private ICommand Key() => state.SigningKeys.Count > 0 && random.Next(2) == 0
        ? new RetireSigningKey(Pick([.. state.SigningKeys.Select(k => k.Key.ToString()), Samples.OtherKey]), Text())
        : Pick(new PublishSigningKey(Samples.SigningKey, Samples.SigningKeyPem), new PublishSigningKey(Samples.OtherKey, Pick(Samples.SigningKeyPem, Samples.OtherKeyPem)));

    private ICommand Withhold() => random.Next(2) == 0
        ? new AllowRedaction(Pick(true, true, false), Text())
        : new RedactEntry(random.Next(-1, (int)state.Size + 2), Pick("A court", ""), Text(), Pick("{}", "{\"a\":\"[withheld]\"}", "[]"), new string(Pick('a', 'b'), 64));

    private SealViews Seal() => new(random.Next(4), Pick(SampleRegistry.Tree.Root(1).ToString(), SampleRegistry.Tree.Root(2).ToString()), Pick("2026-05-08", "2026-05"), Pick(null!, "IMRF-2026", "IMRF-2027"), Pick(Samples.Views, []));

    private string Actor() => Pick(Samples.Ana, Samples.Ben, "a-1");

    private string Role() => Pick("member", "member", "network-member", "king");

    private string Scope() => Pick("RCM", "RCM", "IMRF");

    private string FrameworkId() => Pick("sdg/2015", "sdg/2018", "gcm/2018", "gcm/2015");

    private string PledgeId() => Known(state.Pledges.Keys);

    private string InitiativeId() => Known(state.Initiatives.Keys);

    private string Known(IEnumerable<string> ids)
    {
        var known = ids.Order(StringComparer.Ordinal).Take(3).ToArray();
        return known.Length == 0 || random.Next(12) == 0 ? Pick(null!, "IMRF-2022-0099") : Pick(known);
    }

    // A version that some stream of the family is at: right as often as not.
    private long VersionOf(string family)
    {
        var versions = state.Versions.Where(v => v.Key.StartsWith(family, StringComparison.Ordinal)).Select(v => v.Value).Distinct().Order().ToArray();
        return versions.Length == 0 ? 0 : Pick(versions);
    }

    private IEnumerable<T> Maybe<T>(T item) => random.Next(2) == 0 ? [item] : random.Next(10) == 0 ? [item, item] : [];

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
