using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Testing;

/// <summary>
/// A small registry that decisions can be tried on: code lists, two frameworks, two series with a meeting each and more,
/// participants with roles and collectives, the IMRF's secretariat and its reviewer, one source. No pledge and no initiative: a test gives its own.
/// </summary>
public static class SampleRegistry
{
    public const string Pledge1 = "IMRF-2022-0001";

    /// <summary>The participant that is the IMRF's secretariat.</summary>
    public const string Secretariat = "NETWORK";

    /// <summary>The participant that has the mandate to review in the IMRF.</summary>
    public const string Reviewer = "PANEL";

    public const string Conclusion1 = "RCM-2016-0001";
    public const string Initiative1 = "RCM-2016-I0001";
    public const string Need1 = "RCM-2016-X0001";

    public static readonly Author Author = new("a-01", Author.Operator, null);

    public static readonly DateOnly Start = new(2016, 1, 1);

    private static readonly (string Scheme, string[] Codes)[] Lists =
    [
        ("participant-type", ["state", "international-organization", "collective", "other"]),
        ("participant-role", ["member", "observer-country", "network-member", "secretariat", "reviewer"]),
        ("meeting-type", ["forum", "vice-ministerial", "rcgm", "workshop", "other"]),
        ("modality", ["will", "agreed", "should", "urged"]),
        ("nature", ["financial", "process", "policy-legislative"]),
        ("level", ["local", "national", "regional"]),
        ("population", ["all-migrants", "women", "children"]),
        ("journey-stage", ["origin", "transit", "destination"]),
        ("condition", ["tuberculosis", "mental-health"]),
        ("initiative-kind", ["policy", "programme", "project", "news"]),
        ("novelty", ["new", "updated", "completed", "discontinued"]),
        ("sector", ["migration", "health", "both"]),
    ];

    /// <summary>What happened, in order.</summary>
    public static readonly IReadOnlyList<(string Stream, IEvent Event)> History = [.. Happened()];

    /// <summary>A tree whose roots <see cref="State"/> knows; of a log that begins with two entries, whatever they are.</summary>
    public static readonly MerkleTree Tree = OfTwo();

    /// <summary>The state after <see cref="History"/>.</summary>
    public static readonly RegistryState State = After(RegistryState.Empty.On(Tree), History);

    public static RegistryState After(RegistryState state, IEnumerable<(string Stream, IEvent Event)> happened) =>
        happened.Aggregate(state, (s, h) => s.Evolve(h.Stream, h.Event));

    private static MerkleTree OfTwo()
    {
        var tree = new MerkleTree();
        tree.Append(MerkleTree.LeafHash("first"u8));
        tree.Append(MerkleTree.LeafHash("second"u8));
        return tree;
    }

    /// <summary>A pledge of the IMRF of 2022 that Costa Rica owes: valid as it is; change it with <c>with</c>.</summary>
    public static PledgeContent Pledge() => new(
        PledgeKind.Pledge, "will", "Primary care for every migrant child",
        string.Concat(Enumerable.Repeat("Every migrant child is received in primary care, whatever its papers say. ", 5)).Trim(),
        "en", "IMRF-2022", EffectiveDate.On(2022, 5, 17), ["CRI"], ["CRI"], [], new SourcePlace("notes", "page 2"),
        new Due(new EffectiveDate("2026-05")), ["policy-legislative"], "national", ["CRI"], ["children"], ["destination"], ["mental-health"],
        null, null, null, null, null, null, null, [], [], []);

    /// <summary>A common pledge that Costa Rica and Honduras owe, with two milestones, two indicators and an amount.</summary>
    public static PledgeContent CommonPledge() => Pledge() with
    {
        Title = "Health posts on both sides of the border",
        By = ["CRI", "HND"],
        Owing = ["CRI", "HND"],
        Type = PledgeType.Common,
        Concreteness = Concreteness.ConcreteAction,
        Lead = "The two ministries of health",
        Milestones =
        [
            new Milestone("M1", "The first post is open.", new Due(new EffectiveDate("2023-06"))),
            new Milestone("M2", "All posts are open.", new Due(Meeting: "IMRF-2026")),
        ],
        Indicators =
        [
            new Indicator("I1", IndicatorType.Process, "Health posts that are open", "posts", new Measured("2", new EffectiveDate("2021")), new Target("20", new Due(new EffectiveDate("2026-05"))), null),
            new Indicator("I2", IndicatorType.Outcome, "Children who were seen", "percent", null, new Target("90", null), "Of the children who crossed."),
        ],
        Amounts = [new Amount("2500000", "USD", "Posts and nurses", new Period(new EffectiveDate("2022"), new EffectiveDate("2025")))],
    };

    /// <summary>A party's own part of <see cref="CommonPledge"/>.</summary>
    public static Share Share(string posts = "12") => new(
        "Posts on its own side of the border.", "en", "The ministry of health", new Due(new EffectiveDate("2025")),
        [new Amount("1000000", "USD", null, null)], [new ShareTarget("I1", posts)]);

    /// <summary>A conclusion of the RCM workshop of 2016 that its member countries owe together.</summary>
    public static PledgeContent Conclusion() => new(
        PledgeKind.Conclusion, "agreed", "Focal points for health", "Each country names a focal point for health.", "en",
        "RCM-2016-WORKSHOP", EffectiveDate.On(2016, 9, 29), [], ["RCM-MEMBERS"], [], null,
        new Due(Meeting: "RCM-2016-XXI"), ["process"], null, [], [], [], [], null, null, null, null, null, null, null, [], [], []);

    /// <summary>A recommendation to Honduras, which owes nothing by it.</summary>
    public static PledgeContent Recommendation() => Conclusion() with
    {
        Kind = PledgeKind.Recommendation,
        Modality = "should",
        Owing = [],
        Addressees = ["HND", "RCM-MEMBERS"],
    };

    public static InitiativeContent Initiative() => new(
        "CRI", "programme", "new", ["RCM-A1"], Texts.Of(("en", "Health posts at the border")), Texts.Of(("en", "Three posts opened.")),
        "RCM-2016-XXI", EffectiveDate.On(2016, 11, 1), null, null, null, "both", [], ["all-migrants"], [], ["transit"],
        null, null, null, null, null, [new Result("Posts", "3", "posts", null)], [new ItemRef("gcm/2018", "GCM-15")], null, null, [], null);

    /// <summary>What Costa Rica needs: money and training for health posts.</summary>
    public static ExchangeContent Need(string party = "CRI") => new(
        Direction.Need, party, Texts.Of(("en", "Training of nurses"), ("es", "Formación de enfermeras")), Texts.Of(("en", "Forty nurses at the border need training.")),
        ["financial", "process"], [new ItemRef("gcm/2018", "GCM-15")], ["CRI"], ["children"], "RCM-2016-XXI", EffectiveDate.On(2016, 11, 17), null, null, null, null, null);

    /// <summary>What Colombia offers: courses.</summary>
    public static ExchangeContent Offer(string party = "COL") => Need(party) with
    {
        Direction = Direction.Offer,
        Title = Texts.Of(("en", "Courses for nurses")),
        Description = Texts.Of(("es", "Cursos para quienes atienden a migrantes.")),
        Natures = ["process"],
        Items = [new ItemRef("gcm/2018", "GCM-15.e")],
        Places = ["CRI", "HND"],
    };

    /// <summary>A report; where there is little progress it says what stood in the way, as it has to.</summary>
    public static ProgressReport Report(string party = "CRI", ClaimedStatus status = ClaimedStatus.InProgress) => new(
        party, status, EffectiveDate.On(2023, 6, 1), "Forty clinics take part.", "en", null,
        status is ClaimedStatus.NotStarted or ClaimedStatus.Planning or ClaimedStatus.Discontinued ? "Few nurses." : null, null, [], [], [], [], null, null, null);

    public static Review Review(string by = "IOM", ReviewView view = ReviewView.Verified, int? report = null) => new(
        by, ReviewStanding.Independent, view, report, EffectiveDate.On(2023, 9, 1), "Seen on site.", "en", []);

    private static IEnumerable<(string, IEvent)> Happened()
    {
        yield return ("registry", new RegistryEvent.Opened(Texts.Of(("en", "Sample")), Demonstration: true));
        foreach (var (scheme, codes) in Lists)
        {
            foreach (var e in Framework(scheme, "1", "2016", codeList: true, codes))
            {
                yield return e;
            }
        }
        foreach (var e in Framework("gcm", "2018", "2018-12-19", codeList: false, "GCM-01", "GCM-15", "GCM-15.e")
                     .Concat(Framework("rcm-areas", "2016", "2016-09-29", codeList: false, "RCM-A1", "RCM-A2")))
        {
            yield return e;
        }
        yield return ("series/RCM", new SeriesEvent.Opened(new SeriesSettings(Texts.Of(("en", "Regional Conference on Migration")), "vice-ministerial", 12, 8, 12, 4, ReviewsApply: false, null)));
        yield return ("series/IMRF", new SeriesEvent.Opened(new SeriesSettings(Texts.Of(("en", "International Migration Review Forum")), "forum", 12, 8, 12, 4, ReviewsApply: true, null)));
        yield return ("source/notes", new SourceEvent.Registered("Notes of the side event", null, "en", null, new string('a', 64), null, null));
        foreach (var (id, series, type, ordinal, day) in new[]
                 {
                     ("RCM-2016-WORKSHOP", "RCM", "workshop", (int?)null, new DateOnly(2016, 9, 28)),
                     ("RCM-2016-XXI", "RCM", "vice-ministerial", 21, new DateOnly(2016, 11, 17)),
                     ("IMRF-2022", "IMRF", "forum", 1, new DateOnly(2022, 5, 17)),
                     ("IMRF-2026", "IMRF", "forum", 2, new DateOnly(2026, 5, 5)),
                 })
        {
            yield return ($"meeting/{id}", new MeetingEvent.Announced(new MeetingContent(
                series, type, ordinal, day.Year, Texts.Of(("en", id)), EffectiveDate.On(day), EffectiveDate.On(day.AddDays(1)), null, null, "notes")));
        }
        foreach (var (code, type, role) in new[]
                 {
                     ("CRI", "state", "member"), ("HND", "state", "member"), ("COL", "state", "observer-country"), ("IOM", "international-organization", null),
                 })
        {
            yield return ($"participant/{code}", new ParticipantEvent.Registered(type, Texts.Of(("en", code)), null, "notes", []));
            if (role is not null)
            {
                yield return ($"participant/{code}", new ParticipantEvent.RoleStarted(role, "RCM", EffectiveDate.On(Start), "notes"));
            }
        }
        yield return ("participant/RCM-MEMBERS", new ParticipantEvent.Registered("collective", Texts.Of(("en", "RCM member countries")), null, "notes", [new RoleIn("member", "RCM")]));
        yield return ("participant/WORKSHOP", new ParticipantEvent.Registered("collective", Texts.Of(("en", "Those who took part")), null, "notes", []));
        yield return ("participant/WORKSHOP", new ParticipantEvent.MemberJoined("COL", EffectiveDate.On(Start), "notes"));
        foreach (var (code, role) in new[] { (Secretariat, "secretariat"), (Reviewer, "reviewer") })
        {
            yield return ($"participant/{code}", new ParticipantEvent.Registered("other", Texts.Of(("en", code)), null, "notes", []));
            yield return ($"participant/{code}", new ParticipantEvent.RoleStarted(role, "IMRF", EffectiveDate.On(Start), "notes"));
        }
    }

    private static IEnumerable<(string, IEvent)> Framework(string scheme, string version, string validFrom, bool codeList, params string[] codes) =>
    [
        ($"framework/{scheme}/{version}", new FrameworkEvent.Opened(scheme, version, Texts.Of(("en", scheme)), "notes", new EffectiveDate(validFrom), null, codeList)),
        .. codes.Select(c => ($"framework/{scheme}/{version}", (IEvent)new FrameworkEvent.ItemAdded(c, null, null, Texts.Of(("en", c)), Texts.None, null))),
        ($"framework/{scheme}/{version}", new FrameworkEvent.Closed(codes.Length)),
    ];
}
