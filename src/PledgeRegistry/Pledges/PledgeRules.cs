using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Rules that the commands about pledges share.</summary>
internal static class PledgeRules
{
    /// <summary>Characters of an IMRF pledge's text, as on the UN Network's form.</summary>
    public const int LeastPledgeText = 300, MostPledgeText = 3_000;

    /// <summary>Characters of any other kind's text.</summary>
    public const int MostText = 20_000;

    public static Decision Of(RegistryState head, string id, Func<PledgeState, Decision> decide) =>
        head.Pledges.TryGetValue(id ?? "", out var pledge)
            ? decide(pledge)
            : Decision.Refuse(new Refusal("unknown-pledge", $"No pledge has the id '{id}'.", "id", RefusalKind.NotFound, id ?? ""));

    public static Decision Accept(string id, params IReadOnlyList<IEvent> events) => Decision.Accept($"pledge/{id}", events);

    public static Check Standing(this Check check, PledgeState pledge) => pledge.Ending switch
    {
        null => check,
        { Kind: EndingKind.Withdrawn } => check.That(false, "pledge-withdrawn", "This pledge was withdrawn; it takes no more of this.", null, RefusalKind.Conflict),
        { Kind: EndingKind.Completed } => check.That(false, "pledge-completed", "This pledge was completed; it takes no more of this. Reinstate it first, if it goes on.", null, RefusalKind.Conflict),
        { Continues: var ids } => check.That(false, "pledge-continued", $"This pledge goes on as {string.Join(", ", ids)}; record it there.", null, RefusalKind.Conflict, string.Join(", ", ids)),
    };

    /// <param name="id">The pledge's id, or null where it has none yet.</param>
    public static Check Content(this Check check, RegistryState head, PledgeContent? content, string? id = null)
    {
        if (content is null)
        {
            return check.That(false, "missing", "What was pledged is needed.", "content");
        }
        check.That(Enum.IsDefined(content.Kind), "unknown-code", "This is no kind of pledge.", "content.kind", RefusalKind.Invalid, $"{content.Kind}", "pledge-kind")
            .Code(content.Modality, "modality", "content.modality")
            .Text(content.Title, "content.title", Check.ShortText)
            .Text(content.Text, "content.text",
                content.Kind == PledgeKind.Pledge ? MostPledgeText : MostText,
                content.Kind == PledgeKind.Pledge ? LeastPledgeText : 1)
            .Language(content.Language, "content.language")
            .Meeting(content.Meeting, "content.meeting")
            .Date(content.AnnouncedOn, "content.announcedOn")
            .Participants(content.By, "content.by")
            .Participants(content.Owing, "content.owing")
            .Participants(content.Addressees, "content.addressees")
            .Source(content.Source, "content.source")
            .Due(content.Due, content.AnnouncedOn, "content.due")
            .Codes(content.Natures, "nature", "content.natures")
            .OptionalCode(content.Level, "level", "content.level")
            .Each(content.Places, "content.places", (place, field) => check.Text(place, field, 100))
            .Codes(content.Populations, "population", "content.populations")
            .Codes(content.JourneyStages, "journey-stage", "content.journeyStages")
            .Codes(content.Conditions, "condition", "content.conditions");
        return check.Parties(content, [.. head.AcceptedLater(id)]).Terms(head, content, id);
    }

    /// <summary>Who accepted a pledge after it was made: what its record is corrected to has to suit them.</summary>
    public static IEnumerable<string> AcceptedLater(this RegistryState head, string? id) => head.Pledges.GetValueOrDefault(id ?? "")?.Accepted() ?? [];

    /// <summary>Only who accepted owes; who was asked owes nothing.</summary>
    private static Check Parties(this Check check, PledgeContent content, IReadOnlyList<string> acceptedLater)
    {
        var owing = content.Owing ?? [];
        var both = (content.Addressees ?? []).FirstOrDefault(owing.Contains);
        return check
            .That(content.Kind != PledgeKind.Pledge || owing.Count > 0, "nobody-owes", "A pledge names who owes it.", "content.owing")
            .That(content.Kind != PledgeKind.Statement || content.By is { Count: > 0 }, "nobody-said-it", "A statement names whose it is.", "content.by")
            .That(content.Kind != PledgeKind.Recommendation || (owing.Count == 0 && acceptedLater.Count == 0), "recommendation-owed", "A recommendation is asked of addressees; nobody owes it. Who accepts it makes a pledge or a statement.", "content.owing")
            .That(both is null, "owes-and-asked", $"'{both}' either owes this or is asked for it.", "content.addressees", RefusalKind.Invalid, both ?? "");
    }

    public static Check Due(this Check check, Due? due, EffectiveDate? announcedOn, string field)
    {
        if (due is null)
        {
            return check;
        }
        check.That(due.Date is not null || due.Meeting is not null || due.Words is not null, "missing", "Say when it is due: a date, a meeting, or the source's words.", field)
            .OptionalDate(due.Date, $"{field}.date").OptionalText(due.Words, $"{field}.words", Check.ShortText)
            .InOrder(announcedOn, due.Date, "It would be due before it was announced.", $"{field}.date", "before-announced");
        return due.Meeting is null ? check : check.Meeting(due.Meeting, $"{field}.meeting");
    }

    /// <param name="before">The report that this one corrects: on its own day, whose report it is was settled then; and what it named it still may.</param>
    public static Check Report(this Check check, RegistryState head, PledgeState pledge, ProgressReport? report, ProgressReport? before = null)
    {
        if (report is null)
        {
            return check.That(false, "missing", "The report is needed.", "report");
        }
        check.That(Enum.IsDefined(report.Status), "unknown-code", "This is no status.", "report.status", RefusalKind.Invalid, $"{report.Status}", "claimed-status")
            .Date(report.EffectiveOn, "report.effectiveOn")
            .Text(report.Narrative, "report.narrative").Language(report.Language, "report.language")
            .Period(report.Period, "report.period")
            .OptionalText(report.Challenges, "report.challenges").OptionalText(report.NextSteps, "report.nextSteps")
            .OptionalText(report.Lesson, "report.lesson").OptionalText(report.GoodPractice, "report.goodPractice").OptionalText(report.ReusableMaterial, "report.reusableMaterial")
            .Evidence(report.Evidence, "report.evidence").Values(pledge.Content, report, before)
            .That(!LittleProgress(report.Status) || report.Challenges is not null || before is { Challenges: null } && before.Status == report.Status, "challenges-missing",
                "Say what stood in the way: it is asked for where little was done.", "report.challenges")
            .Participant(report.Party, "report.party");
        return check.That(report.EffectiveOn?.IsValid() != true || report.EffectiveOn == before?.EffectiveOn || head.Owes(pledge, report.Party ?? "", report.EffectiveOn.Last()), "not-a-party",
            $"'{report.Party}' doesn't owe this pledge, so it has nothing to report on.", "report.party", RefusalKind.Invalid, report.Party ?? "");
    }

    /// <summary>True if a party owes it on that day, itself or as the member of a collective.</summary>
    public static bool Owes(this RegistryState head, PledgeState pledge, string party, DateOnly on) =>
        pledge.OwesItself(party, on) || Participants.Membership.Includes(head, pledge.OwingOn(on), party, on);

    /// <summary>Statuses with which a report says what stood in the way.</summary>
    public static bool LittleProgress(ClaimedStatus status) => status is ClaimedStatus.NotStarted or ClaimedStatus.Planning or ClaimedStatus.Discontinued;

    /// <summary>True if the item came into being after the commitment.</summary>
    public static bool Retrospective(RegistryState head, PledgeContent content, ItemRef item) =>
        head.Frameworks[item.Framework].ValidFrom.First() > content.AnnouncedOn.Last();
}
