using MediatR;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>Asks for one pledge, of any kind.</summary>
public sealed record GetPledge(Reading Reading, string Id) : IRequest<PledgeView?>;

/// <summary>A pledge at a basis: what it says on that day, who owes what, and all that was said about it.</summary>
/// <param name="Version">How many entries it has: the token to change it with.</param>
/// <param name="Content">The wording on that day; who owes it then is in <paramref name="Parties"/>.</param>
/// <param name="Translation">The title and text in the reader's language, where the original is in another one and a translation was made.</param>
/// <param name="Translations">The languages that it was translated into: of each the latest translation of this wording, or else the latest there is.</param>
/// <param name="DueOn">The last day of the due date or meeting, where one can be told.</param>
/// <param name="OpenForSignature">True if on that day whoever wants may accept it.</param>
/// <param name="Ending">What has ended it on that day, or will.</param>
/// <param name="Ended">The kind of ending that holds on that day; null while it stands.</param>
/// <param name="ContinuedFrom">The pledges that go on in this one.</param>
/// <param name="MatchedBy">The pledges that match this one.</param>
/// <param name="EarlierWordings">Wordings that no longer hold, or don't hold yet, on that day: the drift of the promise.</param>
public sealed record PledgeView(
    Basis Basis, string Id, long Version, long Position, DateTimeOffset RecordedAt,
    Coded Kind, Coded Modality, PledgeContent Content, TranslationView? Translation, IReadOnlyList<TranslationView> Translations,
    IReadOnlyList<Named> By, IReadOnlyList<PartyLine> Parties,
    Named Meeting, Named? Source, DateOnly? DueOn, Named? DueMeeting,
    IReadOnlyList<Coded> Natures, Coded? Level, IReadOnlyList<Coded> Populations, IReadOnlyList<Coded> JourneyStages, IReadOnlyList<Coded> Conditions,
    IReadOnlyList<MilestoneView> Milestones, IReadOnlyList<IndicatorView> Indicators, PartnershipRef? Partnership, IReadOnlyList<string> MatchedBy,
    IReadOnlyList<PledgeMapping> Mappings, IReadOnlyList<PledgeReport> Reports, IReadOnlyList<PledgeReview> Reviews,
    SignatureRow? Signature, bool OpenForSignature, EndingRow? Ending, EndingKind? Ended, IReadOnlyList<string> ContinuedFrom,
    IReadOnlyList<Wording> EarlierWordings, bool NotYetMade)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "pledge/2";
}

/// <summary>A translation, and whether it is of the wording that is shown.</summary>
/// <param name="Current">False if the original was corrected or amended after it was translated.</param>
public sealed record TranslationView(string Language, string Title, string Text, TranslationStanding Standing, bool Current, long Position);

/// <summary>A milestone on that day: by when, and who reports that it was reached.</summary>
public sealed record MilestoneView(Milestone Milestone, DateOnly? DueOn, Named? DueMeeting, IReadOnlyList<MilestoneMark> Reached, bool Late);

/// <summary>A party's word that a milestone was reached.</summary>
public sealed record MilestoneMark(Named Party, EffectiveDate On, int Report);

/// <summary>An indicator, and what the parties reported of it by that day, in order of time.</summary>
public sealed record IndicatorView(Indicator Indicator, DateOnly? TargetOn, IReadOnlyList<IndicatorPoint> Values);

/// <summary>A value that a party reported.</summary>
public sealed record IndicatorPoint(Named Party, string Value, EffectiveDate On, string? DenominatorNote, int Report);

/// <summary>The partnership under whose goal it is, and the other pledges there.</summary>
public sealed record PartnershipRef(string Id, string Name, string Goal, IReadOnlyList<string> Pledges);

/// <summary>A party's own line: never another's.</summary>
/// <param name="Since">Since when it owes, where it accepted after the pledge was made.</param>
/// <param name="DueOn">By when its own share is due: the share's day, or the pledge's.</param>
/// <param name="Act">What it did last about the pledge: was invited, accepted, declined, left; null for who was a party from the start.</param>
/// <param name="Share">The share that it declared, or null.</param>
public sealed record PartyLine(
    Named Participant, Part Part, Named? Collective, DateOnly? Since, DateOnly? DueOn, PartyAct? Act, ShareRow? Share,
    Coded? Claimed, DateOnly? ClaimedOn, Freshness Freshness, Timeliness Timeliness, Coded? Answer, AnswerRow? AnswerRow);

/// <summary>A mapping, with its contests.</summary>
public sealed record PledgeMapping(
    LabelledItem Item, string Reason, string By, bool Main, bool Retrospective, long Position, long? RetiredAt, string? RetiredReason, LabelledItem? MovedTo, IReadOnlyList<ContestRow> Contests);

public sealed record PledgeReport(int Number, Named Party, Coded Status, ProgressReport Report, DateTimeOffset RecordedAt, string? OnBehalfOf, long Position, long? CorrectedAt, bool HoldsYet);

public sealed record PledgeReview(int Number, Named By, Coded View, Review Review, DateTimeOffset RecordedAt, long Position, IReadOnlyList<ReplyRow> Replies, bool HoldsYet);

public sealed class GetPledgeHandler(ReadModels models) : IRequestHandler<GetPledge, PledgeView?>
{
    public Task<PledgeView?> Handle(GetPledge request, CancellationToken cancellationToken) =>
        Task.FromResult(models.Pledges.At(request.Id, request.Reading.Size) is { } row ? View(row, request.Reading) : null);

    internal PledgeView View(PledgeRow row, Reading reading)
    {
        var labels = new Labels(models, reading);
        var wording = row.WordingOn(reading.On);
        var content = wording.Content;
        var meeting = models.Meetings.Meeting(content.Meeting, reading.Size);
        var due = FollowUpRules.DueOn(content, models.Meetings, reading.Size);
        TranslationView[] translations =
        [
            .. row.Translations.GroupBy(t => t.Translation.Language).Select(g => g.LastOrDefault(t => t.Wording == wording.Number) ?? g.Last())
                .Select(t => new TranslationView(t.Translation.Language, t.Translation.Title, t.Translation.Text, t.Translation.Standing, t.Wording == wording.Number, t.Position)),
        ];
        return new PledgeView(
            reading.Basis, row.Id, row.Version, row.Position, row.RecordedAt,
            labels.Code("pledge-kind", content.Kind.Code()), labels.Code("modality", content.Modality), content,
            content.Language == reading.Language ? null : Array.Find(translations, t => t.Language == reading.Language), translations,
            [.. content.By.Select(labels.Participant)],
            [.. new Parties(models.Participants, reading).In(row, content).Where(p => p.Part != Part.Said).Select(p => Line(p, row, content, due, meeting?.Content.Series ?? "", labels, reading))],
            labels.Meeting(content.Meeting), content.Source is { } s ? labels.Source(s.Source) : null, due, content.Due?.Meeting is { } m ? labels.Meeting(m) : null,
            labels.Codes("nature", content.Natures), labels.OptionalCode("level", content.Level), labels.Codes("population", content.Populations),
            labels.Codes("journey-stage", content.JourneyStages), labels.Codes("condition", content.Conditions),
            Milestones(row, content, labels, reading), Indicators(row, content, labels, reading), Partnership(row, content, reading),
            [.. models.Pledges.Matching(row.Id, reading).Select(p => p.Id)],
            [.. row.Mappings.Select(x => Mapping(x, row, labels))],
            [.. row.Reports.Select(r => new PledgeReport(r.Number, labels.Participant(r.Report.Party), labels.Code("claimed-status", r.Report.Status.Code()), r.Report, r.RecordedAt, r.OnBehalfOf, r.Position, r.CorrectedAt, r.HoldsFrom <= reading.On))],
            [.. row.Reviews.Select(r => new PledgeReview(r.Number, labels.Participant(r.Review.By), labels.Code("review-view", r.Review.View.Code()), r.Review, r.RecordedAt, r.Position, r.Replies, r.HoldsFrom <= reading.On))],
            row.Signatures.LastOrDefault(), row.Signatures.Exists(x => x.Holds(reading.On)) && row.EndedOn(reading.On) is null,
            row.EndingOn(reading.On) ?? row.Endings.FindLast(e => e.Reinstated is null), row.EndedOn(reading.On),
            [.. models.Pledges.ContinuedIn(row.Id, reading).Select(p => p.Id)],
            [.. row.Wordings.Where(w => w.Number != wording.Number)], !row.MadeBy(reading.On));
    }

    private MilestoneView[] Milestones(PledgeRow row, PledgeContent content, Labels labels, Reading reading) =>
    [
        .. content.Milestones.Select(milestone =>
        {
            var due = FollowUpRules.DueOn(milestone.Due, models.Meetings, reading.Size);
            MilestoneMark[] reached =
            [
                .. row.Reports.Where(r => r.HoldsFrom <= reading.On)
                    .SelectMany(r => r.Report.Milestones.Where(x => x.Milestone == milestone.Code).Select(x => new MilestoneMark(labels.Participant(r.Report.Party), x.On, r.Number))),
            ];
            return new MilestoneView(milestone, due, milestone.Due.Meeting is { } id ? labels.Meeting(id) : null, reached, reached.Length == 0 && due < reading.On && row.EndedOn(reading.On) is null);
        }),
    ];

    private IndicatorView[] Indicators(PledgeRow row, PledgeContent content, Labels labels, Reading reading) =>
    [
        .. content.Indicators.Select(indicator => new IndicatorView(indicator, FollowUpRules.DueOn(indicator.Target?.Due, models.Meetings, reading.Size),
        [
            .. row.Reports.Where(r => r.HoldsFrom <= reading.On)
                .SelectMany(r => r.Report.Values.Where(v => v.Indicator == indicator.Code).Select(v => new IndicatorPoint(labels.Participant(r.Report.Party), v.Value, v.On, v.DenominatorNote, r.Number)))
                .OrderBy(v => v.On.Last()).ThenBy(v => v.Report),
        ])),
    ];

    private PartnershipRef? Partnership(PledgeRow row, PledgeContent content, Reading reading) =>
        content.Partnership is { } id && models.Partnerships.At(id, reading.Size) is { } partnership
            ? new PartnershipRef(id, partnership.Content.Names.For(reading.Language) ?? id, partnership.Content.Goal.For(reading.Language) ?? "",
                [.. models.Pledges.Under(id, reading).Where(p => p.Id != row.Id).Select(p => p.Id)])
            : null;

    private static PledgeMapping Mapping(MappingRow mapping, PledgeRow row, Labels labels) => new(
        labels.Item(mapping.Item), mapping.Reason, mapping.By, mapping.Main, mapping.Retrospective, mapping.Position, mapping.RetiredAt, mapping.RetiredReason,
        mapping.MovedTo is { } to ? labels.Item(to) : null,
        [.. row.Contests.Where(c => c.Mapping == mapping.Position)]);

    private PartyLine Line(PartIn part, PledgeRow row, PledgeContent content, DateOnly? due, string series, Labels labels, Reading reading)
    {
        var owes = part.Part is Part.Owes or Part.OwesAsMember;
        var report = owes || part.Part == Part.Left ? row.LatestReport(reading.On, part.Participant) : null;
        var answer = owes ? null : row.AnswerOf(part.Participant, reading.On);
        // A collective's promise isn't its members' own: only the collective, and who reported, can be silent or late.
        var judged = owes && (part.Part == Part.Owes || report is not null);
        var share = row.ShareOf(part.Participant, reading.On);
        due = share?.Share.Due is { } own ? FollowUpRules.DueOn(own, models.Meetings, reading.Size) : due;
        var since = part.Part == Part.Owes ? row.OwesSince(part.Participant, reading.On) : null;
        return new PartyLine(
            labels.Participant(part.Participant), part.Part, part.Collective is { } c ? labels.Participant(c) : null,
            since == DateOnly.MinValue ? null : since, owes ? due : null, row.Acts.FindLast(a => a.Party == part.Participant && a.HoldsFrom <= reading.On), share,
            labels.OptionalCode("claimed-status", report?.Report.Status.Code()), report?.HoldsFrom,
            judged ? FollowUpRules.Freshness(row, content, part.Participant, models.Meetings.Calendar(series, reading.Size), reading.On) : Freshness.NotApplicable,
            judged ? FollowUpRules.Timeliness(row, part.Participant, due, reading.On) : Timeliness.NotApplicable,
            labels.OptionalCode("addressee-answer", answer?.Answer.Code()), answer);
    }
}
