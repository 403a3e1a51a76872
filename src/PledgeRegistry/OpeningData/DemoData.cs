using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.OpeningData;

/// <summary>
/// Invented initiatives, pledges, reports and reviews, so that a newcomer sees full views. Every title begins with a
/// mark, and nothing is attributed to a document. Loaded after <see cref="FiveDocuments"/>, into a demonstration only.
/// </summary>
public static class DemoData
{
    /// <summary>The name of the set, and the version that keys and the closing entry carry.</summary>
    public const string Set = "demo", Version = "2";

    internal const string Keys = $"{Set}/{Version}";

    /// <summary>What every invented title begins with, by language.</summary>
    public static readonly Texts Marks = Texts.Of(("ar", "[مثال مختلق] "), ("en", "[Invented example] "), ("es", "[Ejemplo inventado] "), ("fr", "[Exemple inventé] "));

    /// <summary>True once all of it is in the log, or all that an earlier release had.</summary>
    public static bool IsLoaded(RegistryState state) => state.OpeningData.Any(s => s.StartsWith($"{Set}/", StringComparison.Ordinal));

    /// <summary>Why it can't be loaded into this registry, or null. Its steps name public ids, so nothing else may have been given one before.</summary>
    public static string? Obstacle(RegistryState state) =>
        IsLoaded(state) ? null
        : !state.Demonstration ? "This registry wasn't created for demonstration; invented examples never go into a real one. Load them into a new folder."
        : state.Pledges.Values.Count(p => !IsMarked(p.Content.Title)) != FiveDocuments.PledgeKeys().Count || state.Initiatives.Values.Any(i => !i.Content.Title.All(t => IsMarked(t.Value)))
            ? "This registry already holds records of its own. Load the invented examples into a new folder."
        : null;

    public static IReadOnlyList<OpeningStep> Steps()
    {
        var steps = new DemoSteps();
        foreach (var pledge in FiveDocuments.Read<FiveDocuments.PledgeData>("demo/pledges.json"))
        {
            steps.Add("pledge", pledge.Key, FiveDocuments.Pledge(pledge));
        }
        foreach (var initiative in FiveDocuments.Read<InitiativeData>("demo/initiatives.json"))
        {
            steps.Add("initiative", initiative.Key, new RecordInitiative(Content(initiative)));
        }
        foreach (var change in FiveDocuments.Read<ChangeData>("demo/changes.json"))
        {
            Change(steps, change);
        }
        DemoStory.Tell(steps);
        steps.Add("registry", "complete", new CompleteOpeningData(Set, Version));
        return steps.Taken;
    }

    private static bool IsMarked(string title) => Marks.Any(mark => title.StartsWith(mark.Value, StringComparison.Ordinal));

    private static void Change(DemoSteps steps, ChangeData change)
    {
        var stream = steps.StreamOf(change.Pledge is null ? "initiative" : "pledge", change.Pledge ?? change.Initiative!);
        var (id, version) = (stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..], steps.State.VersionOf(stream));
        var pledge = steps.State.Pledges.GetValueOrDefault(id)?.Content;
        var initiative = steps.State.Initiatives.GetValueOrDefault(id)?.Content;
        void Add<TCommand>(TCommand command) where TCommand : class, ICommand => steps.Add("change", change.Key, command);
        switch (change)
        {
            case { Report: { } report }: Add(new ReportProgress(id, report)); break;
            case { CorrectReport: { } c }: Add(new CorrectReport(id, version, c.Number, c.Report, c.Reason)); break;
            case { Review: { } review }: Add(new ReviewPledge(id, review)); break;
            case { Reply: { } r }: Add(new ReplyToReview(id, r.Review, r.Party, r.Text, r.Language)); break;
            case { Amend: { } c }: Add(new AmendPledge(id, version, Changed(pledge!, c), c.From!, c.Reason)); break;
            case { Update: { } c }: Add(new UpdateInitiative(id, version, Changed(initiative!, c), c.Reason)); break;
            case { Correct: { } c } when pledge is not null: Add(new CorrectPledge(id, version, Changed(pledge, c), c.Reason)); break;
            case { Correct: { } c }: Add(new CorrectInitiative(id, version, Changed(initiative!, c), c.Reason)); break;
            case { Withdraw: { } c } when pledge is not null: Add(new WithdrawPledge(id, version, c.From!, c.Reason)); break;
            case { Withdraw: { } c }: Add(new WithdrawInitiative(id, version, c.From!, c.Reason)); break;
            default: throw new InvalidOperationException($"'{change.Key}' says no change.");
        }
    }

    private static PledgeContent Changed(PledgeContent content, ContentChange change) =>
        content with { Title = change.Title ?? content.Title, Due = change.Due ?? content.Due, Places = change.Places ?? content.Places };

    private static InitiativeContent Changed(InitiativeContent content, ContentChange change) =>
        content with { Novelty = change.Novelty ?? content.Novelty, EffectiveOn = change.EffectiveOn ?? content.EffectiveOn, Areas = change.Areas ?? content.Areas };

    private static InitiativeContent Content(InitiativeData i) => new(
        i.Participant, i.Kind, i.Novelty, i.Areas, i.Title, i.Description, i.Meeting, i.EffectiveOn, i.Period, null, i.LeadInstitution, i.Sector,
        i.Partners ?? [], i.Populations ?? [], i.Conditions ?? [], i.JourneyStages ?? [], i.Challenge, i.Response, i.Lesson, i.GoodPractice, i.ReusableMaterial,
        i.Results ?? [], i.Links ?? [], i.Needs, i.Offers, i.Evidence ?? [], null);

    private sealed record InitiativeData(
        string Key, string Participant, string Kind, string Novelty, IReadOnlyList<string> Areas, Texts Title, Texts Description, string Meeting, EffectiveDate EffectiveOn, Period? Period,
        string? LeadInstitution, string? Sector, IReadOnlyList<string>? Partners, IReadOnlyList<string>? Populations, IReadOnlyList<string>? Conditions, IReadOnlyList<string>? JourneyStages,
        string? Challenge, string? Response, string? Lesson, string? GoodPractice, string? ReusableMaterial, IReadOnlyList<Result>? Results, IReadOnlyList<ItemRef>? Links,
        string? Needs, string? Offers, IReadOnlyList<Evidence>? Evidence);
    private sealed record ReplyData(int Review, string Party, string Text, string Language);
    private sealed record ReportCorrection(int Number, ProgressReport Report, string Reason);
    private sealed record ContentChange(
        EffectiveDate? From, string Reason, string? Title, Due? Due, IReadOnlyList<string>? Places, string? Novelty, EffectiveDate? EffectiveOn, IReadOnlyList<string>? Areas);
    private sealed record ChangeData(
        string Key, string? Pledge, string? Initiative, ProgressReport? Report, ReportCorrection? CorrectReport, Review? Review, ReplyData? Reply,
        ContentChange? Amend, ContentChange? Correct, ContentChange? Withdraw, ContentChange? Update);
}
