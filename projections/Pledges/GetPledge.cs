using MediatR;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>Asks for one pledge, of any kind.</summary>
public sealed record GetPledge(Reading Reading, string Id) : IRequest<PledgeView?>;

/// <summary>A pledge at a basis: what it says on that day, who owes what, and all that was said about it.</summary>
/// <param name="Version">How many entries it has: the token to change it with.</param>
/// <param name="EarlierWordings">Wordings that no longer hold, or don't hold yet, on that day: the drift of the promise.</param>
public sealed record PledgeView(
    Basis Basis, string Id, long Version, long Position, DateTimeOffset RecordedAt,
    Coded Kind, Coded Modality, PledgeContent Content,
    IReadOnlyList<Named> By, IReadOnlyList<PartyLine> Parties,
    Named Meeting, Named? Source, DateOnly? DueOn, Named? DueMeeting,
    IReadOnlyList<Coded> Natures, Coded? Level, IReadOnlyList<Coded> Populations, IReadOnlyList<Coded> JourneyStages, IReadOnlyList<Coded> Conditions,
    IReadOnlyList<PledgeMapping> Mappings, IReadOnlyList<PledgeReport> Reports, IReadOnlyList<PledgeReview> Reviews,
    WithdrawalRow? Withdrawal, bool Withdrawn, IReadOnlyList<Wording> EarlierWordings, bool NotYetMade)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "pledge/1";
}

/// <summary>A party's own line: never another's.</summary>
public sealed record PartyLine(
    Named Participant, Part Part, Named? Collective,
    Coded? Claimed, DateOnly? ClaimedOn, Freshness Freshness, Timeliness Timeliness, Coded? Answer, AnswerRow? AnswerRow);

public sealed record PledgeMapping(LabelledItem Item, string Reason, bool Retrospective, long Position, long? RetiredAt, string? RetiredReason);

public sealed record PledgeReport(int Number, Named Party, Coded Status, ProgressReport Report, DateTimeOffset RecordedAt, string? OnBehalfOf, long Position, long? CorrectedAt, bool HoldsYet);

public sealed record PledgeReview(int Number, Named By, Coded View, Review Review, DateTimeOffset RecordedAt, long Position, IReadOnlyList<ReplyRow> Replies, bool HoldsYet);

public sealed class GetPledgeHandler(ReadModels models) : IRequestHandler<GetPledge, PledgeView?>
{
    public Task<PledgeView?> Handle(GetPledge request, CancellationToken cancellationToken) =>
        Task.FromResult(models.Pledges.At(request.Id, request.Reading.Size) is { } row ? View(row, request.Reading) : null);

    private PledgeView View(PledgeRow row, Reading reading)
    {
        var labels = new Labels(models, reading);
        var content = row.On(reading.On);
        var meeting = models.Meetings.Meeting(content.Meeting, reading.Size);
        var due = FollowUpRules.DueOn(content, models.Meetings, reading.Size);
        return new PledgeView(
            reading.Basis, row.Id, row.Version, row.Position, row.RecordedAt,
            labels.Code("pledge-kind", content.Kind.Code()), labels.Code("modality", content.Modality), content,
            [.. content.By.Select(labels.Participant)],
            [.. new Parties(models.Participants, reading).In(content).Where(p => p.Part != Part.Said).Select(p => Line(p, row, content, due, meeting?.Content.Series ?? "", labels, reading))],
            labels.Meeting(content.Meeting), content.Source is { } s ? labels.Source(s.Source) : null, due, content.Due?.Meeting is { } m ? labels.Meeting(m) : null,
            labels.Codes("nature", content.Natures), labels.OptionalCode("level", content.Level), labels.Codes("population", content.Populations),
            labels.Codes("journey-stage", content.JourneyStages), labels.Codes("condition", content.Conditions),
            [.. row.Mappings.Select(x => new PledgeMapping(labels.Item(x.Item), x.Reason, x.Retrospective, x.Position, x.RetiredAt, x.RetiredReason))],
            [.. row.Reports.Select(r => new PledgeReport(r.Number, labels.Participant(r.Report.Party), labels.Code("claimed-status", r.Report.Status.Code()), r.Report, r.RecordedAt, r.OnBehalfOf, r.Position, r.CorrectedAt, r.HoldsFrom <= reading.On))],
            [.. row.Reviews.Select(r => new PledgeReview(r.Number, labels.Participant(r.Review.By), labels.Code("review-view", r.Review.View.Code()), r.Review, r.RecordedAt, r.Position, r.Replies, r.HoldsFrom <= reading.On))],
            row.Withdrawal, row.WithdrawnOn(reading.On),
            [.. row.Wordings.Where(w => !ReferenceEquals(w.Content, content))], !row.MadeBy(reading.On));
    }

    private PartyLine Line(PartIn part, PledgeRow row, PledgeContent content, DateOnly? due, string series, Labels labels, Reading reading)
    {
        var owes = part.Part is Part.Owes or Part.OwesAsMember;
        var report = owes ? row.LatestReport(reading.On, part.Participant) : null;
        var answer = owes ? null : row.AnswerOf(part.Participant, reading.On);
        // A collective's promise isn't its members' own: only the collective, and who reported, can be silent or late.
        var judged = part.Part == Part.Owes || report is not null;
        return new PartyLine(
            labels.Participant(part.Participant), part.Part, part.Collective is { } c ? labels.Participant(c) : null,
            labels.OptionalCode("claimed-status", report?.Report.Status.Code()), report?.HoldsFrom,
            judged ? FollowUpRules.Freshness(row, content, part.Participant, models.Meetings.Calendar(series, reading.Size), reading.On) : Freshness.NotApplicable,
            judged ? FollowUpRules.Timeliness(row, part.Participant, due, reading.On) : Timeliness.NotApplicable,
            labels.OptionalCode("addressee-answer", answer?.Answer.Code()), answer);
    }
}
