using System.Globalization;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>
/// Random commands against a registry, mostly such as the rules accept, at times that move on, with dates of every
/// precision before and after them. The same seed makes the same commands.
/// </summary>
internal sealed partial class RandomStory(Given given, Random random)
{
    private static readonly string[] Parties = ["CRI", "HND", "MEX", "PAN", "COL", "IOM", "MAR", "RCM-MEMBERS", "WORKSHOP"];
    private static readonly string[] Items = ["gcm/2018 GCM-01", "gcm/2018 GCM-02", "gcm/2018 GCM-15", "gcm/2018 GCM-15.e", "rcm-areas/2016 RCM-A1", "rcm-areas/2016 RCM-A2", "rcm-areas/2016 RCM-A3"];
    private static readonly string[] MeetingIds = ["RCM-2016-WORKSHOP", "RCM-2016-XXI", "RCM-2017-XXII", "IMRF-2022", "IMRF-2022-SIDE", "IMRF-2026"];

    /// <summary>How many commands were recorded, and how many there were.</summary>
    public (int Recorded, int All) Count { get; private set; }

    /// <summary>If set, only commands whose effect has a date, and that date is after this day: nothing about the day changes.</summary>
    public DateOnly? OnlyAfter { get; init; }

    /// <summary>Lets so many commands happen.</summary>
    public async Task GoOnAsync(int commands)
    {
        for (var i = 0; i < commands; i++)
        {
            // Now and then several in one millisecond.
            given.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(4) == 0 ? 0 : random.Next(1, 40_000_000)));
            var outcome = await NextAsync();
            Assert.True(outcome is Outcome.Recorded or Outcome.Refused or Outcome.NothingNew, outcome.ToString());
            Count = (Count.Recorded + (outcome is Outcome.Recorded ? 1 : 0), Count.All + 1);
        }
    }

    private RegistryState State => given.Registry.State;

    private Task<Outcome> NextAsync()
    {
        var pledges = State.Pledges.Keys.Order(StringComparer.Ordinal).ToArray();
        var initiatives = State.Initiatives.Keys.Order(StringComparer.Ordinal).ToArray();
        // What has a date comes first: only that may happen once a day is past.
        var choice = random.Next(OnlyAfter is null ? 65 : 32);
        return choice switch
        {
            < 3 => given.TriesAsync(new RecordPledge(Pledge(), OneOf(0, 3, Items, i => new MappingReason(Given.Item(i), "It says so.")))),
            < 5 => given.TriesAsync(new RecordInitiative(Initiative("new"))),
            _ when pledges.Length == 0 => given.TriesAsync(new RecordPledge(Pledge(), [])),
            < 11 => OnPledge(Pick(pledges), choice),
            < 15 => OnPledge(Pick(pledges), choice == 11 ? 11 : 5),
            < 18 when initiatives.Length > 0 => OnInitiative(Pick(initiatives), choice),
            < 20 => OnRole(Pick("CRI", "HND", "PAN", "MAR"), choice),
            >= 62 => OnActors(Pick("CRI", "HND"), Pick("a", "b", "c")),
            >= 56 => OnExchange(choice - 22),
            < 29 => OnParties(),
            < 32 => OnEnding(pledges),
            < 39 => OnRecord(Pick([.. pledges.Where(p => choice < 36 || State.Pledges[p].Reports.Count + State.Pledges[p].Reviews.Count > 0).DefaultIfEmpty(pledges[0])]), choice - 12),
            < 42 when initiatives.Length > 0 => CorrectInitiative(Pick(initiatives)),
            < 46 => OnRegistry(choice - 12),
            < 48 => Translate(Pick(pledges)),
            < 53 => OnMapping(Pick([.. pledges.Where(p => State.Pledges[p].Mappings.Count > 0).DefaultIfEmpty(pledges[0])])),
            < 55 => OnPartnership(),
            _ => Duplicate(pledges),
        };
    }

    private Task<Outcome> OnPledge(string id, int choice)
    {
        var pledge = State.Pledges[id];
        var version = given.VersionOf(id);
        return choice switch
        {
            5 or 6 or 7 when Owing(pledge).Length > 0 => given.TriesAsync(new ReportProgress(id, Report(pledge, Member(Pick(Owing(pledge)))))),
            8 when Owing(pledge).Length > 0 => given.TriesAsync(new ReviewPledge(id, Review(pledge))),
            9 or 10 when pledge.Content.Addressees.Count > 0 => given.TriesAsync(
                new AnswerAsAddressee(id, Member(Pick([.. pledge.Content.Addressees])), Pick(Enum.GetValues<AddresseeAnswer>()), Words(), "en", Date())),
            11 => given.TriesAsync(new AmendPledge(id, version, Amended(pledge.Content), Date(), Words())),
            _ when random.Next(4) == 0 => given.TriesAsync(new WithdrawPledge(id, version, Date(), Words())),
            _ => given.TriesAsync(new AmendPledge(id, version, pledge.Content with { Title = Words() }, Date(), Words())),
        };
    }

    private Task<Outcome> OnRecord(string id, int choice)
    {
        var pledge = State.Pledges[id];
        var version = given.VersionOf(id);
        return choice switch
        {
            20 or 21 => given.TriesAsync(new CorrectPledge(id, version, Corrected(pledge.Content), Words())),
            22 => given.TriesAsync(new MapPledge(id, Given.Item(Pick(Items)), Words())),
            23 when pledge.Mappings.Count > 0 => given.TriesAsync(new RetireMapping(id, Pick(Mapped(pledge)), Words())),
            24 or 25 when pledge.Reports.Count > 0 => CorrectReport(id, version, random.Next(pledge.Reports.Count) + 1),
            26 when pledge.Reviews.Count > 0 && Owing(pledge).Length > 0 => given.TriesAsync(new ReplyToReview(id, random.Next(pledge.Reviews.Count) + 1, Member(Pick(Owing(pledge))), Words(), "en")),
            _ => given.TriesAsync(new MapPledge(id, Given.Item(Pick(Items)), Words())),
        };
    }

    private Task<Outcome> CorrectReport(string id, long version, int number) =>
        given.TriesAsync(new CorrectReport(id, version, number, Report(State.Pledges[id], State.Pledges[id].Reports[number - 1].Party), Words()));

    private Task<Outcome> OnInitiative(string id, int choice) => choice < 17
        ? given.TriesAsync(new UpdateInitiative(id, given.VersionOf(id), Initiative(Pick("updated", "completed")) with { Participant = State.Initiatives[id].Content.Participant }, Words()))
        : given.TriesAsync(new WithdrawInitiative(id, given.VersionOf(id), Date(), Words()));

    private Task<Outcome> CorrectInitiative(string id) =>
        given.TriesAsync(new CorrectInitiative(id, given.VersionOf(id), Initiative("updated") with { Participant = State.Initiatives[id].Content.Participant }, Words()));

    private Task<Outcome> OnRole(string code, int choice)
    {
        var member = new RoleIn("member", "RCM");
        return choice < 19
            ? State.Participants[code].HasOpenRole(member)
                ? given.TriesAsync(new EndRole(code, member.Role, member.Scope, Date(), Words(), "notes"))
                : given.TriesAsync(new StartRole(code, member.Role, member.Scope, Date(), "notes"))
            : State.Participants["WORKSHOP"].HasMember(code)
                ? given.TriesAsync(new RemoveMember("WORKSHOP", code, Date(), Words(), "notes"))
                : given.TriesAsync(new AddMember("WORKSHOP", code, Date(), "notes"));
    }

    private Task<Outcome> OnRegistry(int choice)
    {
        switch (choice)
        {
            case 30:
                return given.TriesAsync(new RenameParticipant(Pick(Parties), Texts.Of(("en", Words()), ("es", Words())), Words(), "notes"));
            case 31 when random.Next(3) == 0:
                var area = Given.Item("rcm-areas/2016 RCM-A1");
                return State.Frameworks["gcm/2018"].Crosswalks.Contains(("GCM-15", area))
                    ? given.TriesAsync(new RetireCrosswalk("gcm/2018", "GCM-15", area, Words()))
                    : given.TriesAsync(new AddCrosswalk("gcm/2018", "GCM-15", area, Pick(Enum.GetValues<CrosswalkRelation>()), Words()));
            case 31:
                var meeting = Pick(MeetingIds);
                return given.TriesAsync(new CorrectMeeting(meeting, State.VersionOf($"meeting/{meeting}"), Moved(State.Meetings[meeting].Content), Words()));
            case 32:
                return given.TriesAsync(new SetClusters("IMRF-2022", State.VersionOf("meeting/IMRF-2022"), [new Cluster("RT1", OneOf(0, 2, ["GCM-01", "GCM-02", "GCM-15"], i => i))], "notes"));
            default:
                return given.TriesAsync(new ChangeSeriesSettings("IMRF", State.VersionOf("series/IMRF"), State.Series["IMRF"].Settings with { SilentAfterMonths = random.Next(1, 25) }, Words()));
        }
    }

    private Task<Outcome> OnExchange(int choice)
    {
        string[] Ids(Direction direction) => [.. State.Exchange.Where(e => e.Value.Content.Direction == direction).Select(e => e.Key).Order(StringComparer.Ordinal)];
        var (needs, offers) = (Ids(Direction.Need), Ids(Direction.Offer));
        if (choice < 36 || needs.Length == 0 || offers.Length == 0)
        {
            var party = Pick(Parties);
            return given.TriesAsync(new RecordNeedOrOffer((random.Next(2) == 0 ? SampleRegistry.Need(party) : SampleRegistry.Offer(party)) with
            {
                EffectiveOn = Date(),
                OpenUntil = random.Next(4) == 0 ? Date() : null,
                Items = OneOf(0, 3, Items, Given.Item),
            }));
        }
        var need = Pick(needs);
        var (entry, version) = (State.Exchange[need], State.VersionOf($"exchange/{need}"));
        if (choice == 36 || entry.Matches.Count == 0)
        {
            return given.TriesAsync(new ProposeMatch(need, Pick(offers), Pick(Parties), Date(), Words()));
        }
        var number = random.Next(entry.Matches.Count) + 1;
        var sides = new[] { entry.Content.Participant, State.Exchange[entry.Matches[number - 1].Proposed.Offer].Content.Participant };
        return choice switch
        {
            37 or 38 => given.TriesAsync(new AnswerMatch(need, number, Pick(sides), random.Next(5) == 0 ? MatchAnswer.Declined : MatchAnswer.Accepted, Date(), Words(), "en")),
            _ when random.Next(3) == 0 => given.TriesAsync(new EndMatch(need, number, Pick(sides), Date(), Words())),
            _ when random.Next(2) == 0 => given.TriesAsync(new CloseNeedOrOffer(need, version, Pick(Enum.GetValues<Closing>()), Date(), Words())),
            _ => given.TriesAsync(new CorrectNeedOrOffer(need, version, entry.Content with { Places = OneOf(0, 2, ["CRI", "PAN", "HND"], p => p) }, Words())),
        };
    }

    // Who acts for whom; now and then with the clearance of one who may.
    private Task<Outcome> OnActors(string code, string letter)
    {
        var actor = $"a-{string.Concat(Enumerable.Repeat(code == "CRI" ? letter : $"{letter}2", 26))[..26]}";
        var held = State.Participants[code].Appointments.FindLast(a => a.Actor == actor);
        var by = State.Participants[code].Appointments.Find(a => a.Holds(DateOnly.FromDateTime(given.Clock.Now.UtcDateTime)))?.Actor;
        return random.Next(4) switch
        {
            0 => given.TriesAsync(new SetClearance(code, !State.Participants[code].ClearanceRequired, Words()), SampleRegistry.Author with { OnBehalfOf = code, ClearedBy = by }),
            1 when held is not null => given.TriesAsync(new EndAppointment(code, actor, held.Role, held.Scope, Date(), Words())),
            2 when held is not null => given.TriesAsync(new HandOver(code, actor, $"{actor[..^1]}z", Date(), Words())),
            _ => given.TriesAsync(new AppointActor(code, actor, Pick(ActorRole.FocalPoint, ActorRole.Deputy), code, Date(), null)),
        };
    }

    private InitiativeContent Initiative(string novelty) => SampleRegistry.Initiative() with
    {
        Participant = Pick("CRI", "HND", "COL", "MAR"),
        Kind = Pick("policy", "programme", "project", "news"),
        Novelty = novelty,
        Title = Texts.Of(("en", Words())),
        Areas = OneOf(1, 2, ["RCM-A1", "RCM-A2", "RCM-A3"], a => a),
        Meeting = Pick("RCM-2016-XXI", "RCM-2017-XXII"),
        EffectiveOn = Date(),
        Links = OneOf(0, 2, Items, Given.Item),
    };

    // A meeting's days become known better, within its year; what is due there is due then.
    private MeetingContent Moved(MeetingContent meeting)
    {
        var day = new DateOnly(meeting.Year, 1, 1).AddDays(random.Next(360));
        return random.Next(2) == 0 ? meeting with { Place = Words() } : meeting with { From = EffectiveDate.On(day), To = EffectiveDate.On(day.AddDays(random.Next(4))) };
    }

    // The collective itself, or one that may be a member of it.
    private string Member(string party) => party is "RCM-MEMBERS" or "WORKSHOP" && random.Next(2) == 0 ? Pick("CRI", "HND", "MEX", "COL") : party;

    // Of the years of the story; or of some years after a day, mostly.
    private EffectiveDate Date(DateOnly? after = null)
    {
        var first = OnlyAfter > after || after is null ? OnlyAfter?.AddDays(1) ?? new DateOnly(2015, 1, 1) : after.Value.AddDays(1);
        var day = first.AddDays(random.Next(OnlyAfter is null && after is null ? 365 * 14 : 365 * 4));
        var year = day.Year.ToString(CultureInfo.InvariantCulture);
        EffectiveDate[] forms =
        [
            EffectiveDate.On(day), EffectiveDate.On(day), new($"{year}-{day.Month:00}"), new($"{year}-{33 + (day.Month - 1) / 3}"), new($"{year}-{21 + random.Next(4)}"),
            new($"{year}-{40 + (day.Month - 1) / 6}"), new(year), EffectiveDate.On(day) with { Words = Words() },
        ];
        return forms.Where(f => OnlyAfter is not { } past || f.First() > past).ElementAtOrDefault(random.Next(forms.Length)) ?? forms[0];
    }

    private string Words() => $"{Pick("care", "salud", "santé", "الصحة", "data")} {Pick("at the border", "for all", "=1+1", "ß", "第一")} {random.Next(1000)}";

    private T Pick<T>(params T[] all) => all[random.Next(all.Length)];

    private List<TItem> OneOf<T, TItem>(int least, int most, T[] all, Func<T, TItem> make) =>
        [.. all.OrderBy(_ => random.Next()).Take(random.Next(least, most + 1)).Select(make)];
}
