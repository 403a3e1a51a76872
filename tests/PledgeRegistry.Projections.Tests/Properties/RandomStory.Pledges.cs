using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>What happens to pledges: their content, their parties, how they end, their mappings.</summary>
internal sealed partial class RandomStory
{
    // Who owes it on some day, itself.
    private static string[] Owing(PledgeState pledge) => [.. pledge.Content.Owing.Union(pledge.Accepted())];

    private static ItemRef[] Mapped(PledgeState pledge) => [.. pledge.Mappings.Keys.OrderBy(i => i.Item, StringComparer.Ordinal)];

    private string[] Where(Func<PledgeState, bool> which) => [.. State.Pledges.Where(p => which(p.Value)).Select(p => p.Key).Order(StringComparer.Ordinal)];

    // Each does something that it may do, so far as the pledge has such a party.
    private Task<Outcome> OnParties()
    {
        if (Where(p => p is { Content.Type: PledgeType.Common, Ending: null } && p.Content.Kind != PledgeKind.Recommendation) is not { Length: > 0 } common)
        {
            return given.TriesAsync(new RecordPledge(Common(Pledge()), []));
        }
        var id = Pick(common);
        var pledge = State.Pledges[id];
        var invited = pledge.Parties.Where(p => p.Value.Invited).Select(p => p.Key).Order(StringComparer.Ordinal).ToArray();
        var owing = Owing(pledge);
        var free = Parties.Except(owing.Where(p => !pledge.Parties.TryGetValue(p, out var s) || s.Owed is [] or [.., { Until: null }])).ToArray();
        var date = Date(pledge.Content.AnnouncedOn.Last());
        return random.Next(9) switch
        {
            0 when pledge.Signature is null => given.TriesAsync(new OpenForSignature(id, date, random.Next(2) == 0 ? null : Date(date.Last()), Words())),
            1 when pledge.Signature is { } open => given.TriesAsync(new CloseForSignature(id, Date(open.From.Last()), Words())),
            0 or 1 or 2 or 3 when invited.Length > 0 => random.Next(4) == 0
                ? given.TriesAsync(new DeclinePledge(id, Pick(invited), date, Words(), "es"))
                : given.TriesAsync(new AcceptPledge(id, Pick(invited), date, null, null, null)),
            4 when free.Length > 0 => given.TriesAsync(new AcceptPledge(id, Pick(free), date, Words(), "fr", null)),
            5 or 6 when owing.Length > 0 => given.TriesAsync(new DeclareShare(id, Pick(owing), Share(pledge), date, Words())),
            7 when owing.Length > 1 => given.TriesAsync(new LeavePledge(id, Pick(owing), date, Words())),
            _ when free.Length > 0 => given.TriesAsync(new InviteParty(id, Pick(free), date, Words())),
            _ => given.TriesAsync(new DeclareShare(id, Pick(owing), Share(pledge), date, Words())),
        };
    }

    private Task<Outcome> OnEnding(string[] pledges)
    {
        if (random.Next(2) == 0 && Where(p => p.Ending is not null) is { Length: > 0 } ended)
        {
            var again = Pick(ended);
            return given.TriesAsync(new ReinstatePledge(again, given.VersionOf(again), Date(State.Pledges[again].Ending!.From?.Last()), Words()));
        }
        if (Where(p => p.Ending is null) is not { Length: > 2 } standing)
        {
            return given.TriesAsync(new RecordPledge(Pledge(), []));
        }
        var id = Pick(standing);
        var pledge = State.Pledges[id];
        var (version, date) = (given.VersionOf(id), Date(pledge.Content.AnnouncedOn.Last()));
        return random.Next(6) switch
        {
            0 => given.TriesAsync(new SupersedePledge(id, version, Pick(pledges), date, Words())),
            1 => given.TriesAsync(new SplitPledge(id, version, OneOf(2, 3, [.. standing.Where(p => p != id)], p => p), date, Words())),
            2 => given.TriesAsync(new MergePledge(id, version, Pick(pledges), date, Words())),
            _ => CompleteAsync(standing),
        };
    }

    // Of the pledge that lacks the least: whoever hasn't reports that it did its part; then it is closed.
    private Task<Outcome> CompleteAsync(string[] standing)
    {
        var (id, pledge, last, open) = standing.Where(p => State.Pledges[p].Content.Owing.Count > 0).DefaultIfEmpty(standing[0]).Select(Lacking).MinBy(p => p.Open.Length);
        return open.Length == 0
            ? given.TriesAsync(new CompletePledge(id, given.VersionOf(id), EffectiveDate.On(last), Words(), []))
            : given.TriesAsync(new ReportProgress(id, Report(pledge, open[0]) with { Status = ClaimedStatus.Fulfilled, EffectiveOn = EffectiveDate.On(last) }));
    }

    private (string Id, PledgeState Pledge, DateOnly Last, string[] Open) Lacking(string id)
    {
        var pledge = State.Pledges[id];
        var last = pledge.Reports.Select(r => r.EffectiveOn.Last()).Concat(pledge.Parties.SelectMany(p => p.Value.Owed).Select(s => s.From ?? DateOnly.MinValue))
            .Append(pledge.Content.AnnouncedOn.Last()).Append(OnlyAfter ?? DateOnly.MinValue).Max().AddDays(1);
        return (id, pledge, last, [.. pledge.OwingOn(last).Where(p => pledge.Claimed(p, last) is not (ClaimedStatus.Fulfilled or ClaimedStatus.Discontinued))]);
    }

    private Task<Outcome> Duplicate(string[] pledges)
    {
        var id = Pick(pledges);
        return given.TriesAsync(new MarkDuplicate(id, given.VersionOf(id), Pick(pledges), Words()));
    }

    private Task<Outcome> Translate(string id) =>
        given.TriesAsync(new TranslatePledge(id, new Translation(Pick("es", "fr", "ar"), Words(), Words(), Pick(Enum.GetValues<TranslationStanding>()))));

    private Task<Outcome> OnMapping(string id)
    {
        var pledge = State.Pledges[id];
        if (Mapped(pledge) is not { Length: > 0 } mapped)
        {
            return given.TriesAsync(new MapPledge(id, Given.Item(Pick(Items)), Words(), Main: true));
        }
        var open = pledge.Contests.FindIndex(c => !c.Answered);
        return random.Next(4) switch
        {
            0 => given.TriesAsync(new MarkMapping(id, Pick(mapped), random.Next(2) == 0, Words())),
            1 => given.TriesAsync(new MoveMapping(id, Pick(mapped), Given.Item(Pick(Items)), Words())),
            2 when open >= 0 => given.TriesAsync(new AnswerContest(id, open + 1, Pick("IOM", "MAR"), random.Next(2) == 0, Words(), "en")),
            _ => given.TriesAsync(new ContestMapping(id, Pick(mapped), Pick(Parties), Words(), "ar")),
        };
    }

    private Task<Outcome> OnPartnership()
    {
        var content = new PartnershipContent(Texts.Of(("en", Words())), Texts.Of(("en", Words()), ("ar", Words())), random.Next(2) == 0 ? null : Pick(Parties), null);
        var known = State.Partnerships.Keys.Order(StringComparer.Ordinal).ToArray();
        return known.Length > 0 && random.Next(2) == 0
            ? CorrectPartnership(Pick(known), content)
            : given.TriesAsync(new FormPartnership($"PARTNERSHIP-{known.Length + 1}", content));
    }

    private Task<Outcome> CorrectPartnership(string id, PartnershipContent content) =>
        given.TriesAsync(new CorrectPartnership(id, State.VersionOf($"partnership/{id}"), content, Words()));

    private PledgeContent Pledge()
    {
        var kind = Pick(Enum.GetValues<PledgeKind>());
        var owing = kind == PledgeKind.Recommendation ? [] : OneOf(kind == PledgeKind.Pledge ? 1 : 0, 3, Parties, p => p);
        var text = string.Concat(Enumerable.Repeat(Words() + " ", 30)).Trim();
        // Now and then somebody says what was said already.
        var said = State.Pledges.Count > 0 && random.Next(4) == 0 ? State.Pledges[Pick(Where(_ => true))].Content : null;
        return Typed(SampleRegistry.Pledge() with
        {
            Kind = kind,
            Title = said?.Title ?? Words(),
            Text = said is { Text.Length: >= 300 } ? said.Text : text.Length < 300 ? text.PadRight(300, '.') : text,
            Meeting = Pick(MeetingIds),
            AnnouncedOn = Date(),
            By = OneOf(kind == PledgeKind.Statement ? 1 : 0, 2, Parties, p => p),
            Owing = owing,
            Addressees = [.. OneOf(0, 3, Parties, p => p).Except(owing)],
            Due = null,
            Cycle = random.Next(4) == 0 ? Pick(2022, 2026) : null,
        });
    }

    private PledgeContent Typed(PledgeContent content)
    {
        content = content with { Due = random.Next(3) switch { 0 => null, 1 => new Due(Date(content.AnnouncedOn.Last())), _ => new Due(Meeting: Pick(MeetingIds)) } };
        return random.Next(6) switch
        {
            0 when State.Pledges.Count > 0 => content with { Type = PledgeType.Matching, Matches = Pick(Where(_ => true)) },
            1 when State.Partnerships.Count > 0 => content with { Type = PledgeType.InPartnership, Partnership = Pick([.. State.Partnerships.Keys.Order(StringComparer.Ordinal)]) },
            2 when content.Owing.Count < 2 => content with { Type = PledgeType.Individual },
            3 or 4 when content.Kind != PledgeKind.Recommendation => Common(content),
            _ => content,
        };
    }

    private PledgeContent Common(PledgeContent content)
    {
        var common = SampleRegistry.CommonPledge();
        return content with
        {
            Kind = content.Kind == PledgeKind.Recommendation ? PledgeKind.Conclusion : content.Kind,
            Type = PledgeType.Common,
            Concreteness = common.Concreteness,
            Lead = common.Lead,
            Amounts = common.Amounts,
            Indicators = [common.Indicators[0] with { Target = new Target("20", null) }, common.Indicators[1]],
            Milestones = [new Milestone("M1", Words(), new Due(Date(content.AnnouncedOn.Last()))), new Milestone("M2", Words(), new Due(Meeting: Pick(MeetingIds)))],
        };
    }

    private PledgeContent Corrected(PledgeContent content)
    {
        var read = Pledge();
        // Now and then the record was wrong about who accepted.
        string[] owing = content.Kind == PledgeKind.Recommendation || random.Next(3) > 0 ? [.. content.Owing] : [.. content.Owing.Append(Pick(Parties)).Distinct().Except(content.Addressees).Skip(random.Next(2))];
        read = read with { Kind = content.Kind, By = content.Kind == PledgeKind.Statement ? content.By : read.By, Owing = owing, Addressees = content.Addressees, Meeting = content.Meeting };
        return content.Type == PledgeType.Common ? Common(read) with { Matches = null, Partnership = null }
            : read.Type is PledgeType.Individual or PledgeType.Common ? read with { Type = null }
            : read;
    }

    private PledgeContent Amended(PledgeContent content) => content with { Title = Words(), Due = new Due(Date(content.AnnouncedOn.Last())) };

    private Share Share(PledgeState pledge) => SampleRegistry.Share($"{random.Next(30)}") with
    {
        Text = Words(),
        Due = random.Next(3) switch { 0 => null, 1 => new Due(Meeting: Pick(MeetingIds)), _ => new Due(Date(pledge.Content.AnnouncedOn.Last())) },
        Targets = pledge.Content.Indicators.Count == 0 ? [] : [new ShareTarget("I1", $"{random.Next(30)}")],
    };

    private ProgressReport Report(PledgeState pledge, string party) => SampleRegistry.Report(party, Pick(Enum.GetValues<ClaimedStatus>())) with
    {
        EffectiveOn = random.Next(3) == 0 ? Date() : Date(pledge.Content.AnnouncedOn.Last()),
        Narrative = Words(),
        Values = pledge.Content.Indicators.Count == 0 ? [] : OneOf(0, 2, ["I1", "I2"], i => new IndicatorValue(i, $"{random.Next(100)}", Date(), null)),
        Milestones = pledge.Content.Milestones.Count == 0 ? [] : OneOf(0, 2, ["M1", "M2"], m => new MilestoneReached(m, Date())),
    };

    private Review Review(PledgeState pledge)
    {
        var standing = Pick(Enum.GetValues<ReviewStanding>());
        var by = standing == ReviewStanding.Independent ? "UNFPA" : Given.By(standing);
        return SampleRegistry.Review(by, Pick([.. Enum.GetValues<ReviewView>(), ReviewView.ClarificationAsked]), pledge.Reports.Count > 0 && random.Next(2) == 0 ? random.Next(pledge.Reports.Count) + 1 : null) with
        {
            Standing = standing,
            // Before 2016 nobody had the mandate.
            EffectiveOn = Date(new DateOnly(2016, 1, 1)),
            Reason = Words(),
        };
    }
}
