using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.OpeningData;

/// <summary>
/// What every registry starts with: the vocabularies, and what the five documents hold. The data are the JSON files
/// beside this one; <c>tests/…/OpeningData/sentences.csv</c> lists every normative sentence and where it went.
/// </summary>
public static class FiveDocuments
{
    /// <summary>The name of the set, and the version that keys and the closing entry carry.</summary>
    public const string Set = "five-documents", Version = "1";

    /// <summary>What was added later, as a set of its own: a registry that was opened before gets it too.</summary>
    public const string Additions = "2";

    private static readonly Texts RegistryNames = Texts.Of(
        ("ar", "سجل التعهدات"), ("en", "PledgeRegistry"), ("es", "Registro de compromisos"), ("fr", "Registre des engagements"));

    private static readonly Texts DemonstrationNames = Texts.Of(
        ("ar", "سجل التعهدات (عرض تجريبي)"), ("en", "PledgeRegistry (demonstration)"), ("es", "Registro de compromisos (demostración)"), ("fr", "Registre des engagements (démonstration)"));

    /// <summary>True once all of it is in the log.</summary>
    public static bool IsLoaded(RegistryState state) => state.OpeningData.Contains($"{Set}/{Version}") && state.OpeningData.Contains($"{Set}/{Additions}");

    public static IReadOnlyList<OpeningStep> Steps(bool demonstration) =>
    [
        Step("registry", "open", new OpenRegistry(demonstration ? DemonstrationNames : RegistryNames, demonstration)),
        .. Frameworks("frameworks/", Version),
        .. Read<SeriesData>("series.json").Select(s => Step("series", s.Code, new OpenSeries(s.Code, new SeriesSettings(
            s.Names, s.RegularMeetingType, s.ReportingMonths, s.NoticeWeeks, s.SilentAfterMonths, s.EarlyNoticeWeeks, s.ReviewsApply, s.Note)))),
        .. Read<SourceData>("sources.json").Select(s => Step("source", s.Id, new RegisterSource(s.Id, s.Title, s.Publisher, s.Language, s.Issued, s.Sha256, s.Url, s.Note))),
        // Members before the collectives they are in.
        .. Read<ParticipantData>("participants.json").OrderBy(p => p.Type == "collective").Select(p => Step("participant", p.Code, Participant(p))),
        .. Read<MeetingData>("meetings.json").OrderBy(m => m.PartOf is not null).Select(m => Step("meeting", m.Id, Meeting(m))),
        .. Read<PledgeData>("pledges.json").Select(p => Step("pledge", p.Key, Pledge(p))),
        Step("registry", "complete", new CompleteOpeningData(Set, Version)),
        .. Added(),
    ];

    private static IEnumerable<OpeningStep> Added() =>
    [
        .. Frameworks("additions/frameworks/", Additions),
        .. Read<ExchangeData>("additions/exchange.json").Select(x => Step("exchange", x.Key, new RecordNeedOrOffer(x.Content()), $"{Set}/{Additions}")),
        .. Read<AddedRoleData>("additions/roles.json").Select(r => Step("role", $"{r.Participant}/{r.Role}/{r.Scope}", new StartRole(r.Participant, r.Role, r.Scope, r.From, r.Source), $"{Set}/{Additions}")),
        .. Read<CrosswalkData>("additions/crosswalks.json").Select(c => Step("crosswalk", $"{c.Framework}/{c.Item}/{c.To.Framework}/{c.To.Item}",
            new AddCrosswalk(c.Framework, c.Item, c.To, c.Relation, c.Source), $"{Set}/{Additions}")),
        Step("registry", "complete", new CompleteOpeningData(Set, Additions), $"{Set}/{Additions}"),
    ];

    /// <summary>The keys of the pledges, in the order in which they are recorded.</summary>
    public static IReadOnlyList<string> PledgeKeys() => [.. Read<PledgeData>("pledges.json").Select(p => p.Key)];

    private static IEnumerable<OpeningStep> Frameworks(string folder, string version)
    {
        var set = $"{Set}/{version}";
        foreach (var name in Files(folder))
        {
            var f = ReadOne<FrameworkData>(name);
            var id = $"{f.Scheme}/{f.Version}";
            yield return Step("framework", id, new OpenFramework(f.Scheme, f.Version, f.Names, f.Source, f.ValidFrom, f.ValidUntil, f.CodeList), set);
            foreach (var item in f.Items)
            {
                yield return Step("framework-item", $"{id}/{item.Code}",
                    new AddFrameworkItem(id, item.Code, item.Level, item.Parent, item.Labels, item.Descriptions ?? Texts.None, item.Note), set);
            }
            yield return Step("framework-close", id, new CloseFramework(id, f.Items.Count), set);
        }
    }

    private static RegisterParticipant Participant(ParticipantData p) => new(
        p.Code, p.Type, p.Names, p.NameInSource, p.Source, p.MembersByRole ?? [],
        [.. (p.Roles ?? []).Select(r => new RoleStart(r.Role, r.Scope, r.From, r.Source))],
        [.. (p.Members ?? []).Select(m => new MemberStart(m.Member, m.From, m.Source))]);

    private static AnnounceMeeting Meeting(MeetingData m) => new(
        m.Id, new MeetingContent(m.Series, m.Type, m.Ordinal, m.Year, m.Names, m.From, m.To, m.Place, m.PartOf, m.Source), m.Documents ?? [], m.Clusters ?? []);

    internal static RecordPledge Pledge(PledgeData p) => new(
        new PledgeContent(
            p.Kind, p.Modality, p.Title, p.Text, p.Language, p.Meeting, p.AnnouncedOn, p.By, p.Owing, p.Addressees,
            p.Source is { } source ? new SourcePlace(source.Id, source.Place) : null, p.Due, p.Natures ?? [], p.Level, p.Places ?? [], p.Populations ?? [], p.JourneyStages ?? [], p.Conditions ?? [],
            p.Type, p.Matches, p.Partnership, p.Mirror, p.Concreteness, p.Lead, p.Cycle, p.Milestones ?? [], p.Indicators ?? [], p.Amounts ?? []),
        [.. p.Mappings.Select(m => new MappingReason(new ItemRef(m.Framework, m.Item), m.Reason, m.Main ?? false))]);

    internal static OpeningStep Step<TCommand>(string kind, string key, TCommand command, string set = $"{Set}/{Version}", string? onBehalfOf = null, string? clearedBy = null) where TCommand : class, ICommand =>
        OpeningStep.Of($"{set}/{kind}/{key}", command, onBehalfOf, clearedBy);

    internal static IReadOnlyList<T> Read<T>(string name) => ReadOne<List<T>>($"OpeningData/{name}");

    private static IEnumerable<string> Files(string folder) => typeof(FiveDocuments).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith($"OpeningData/{folder}", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static T ReadOne<T>(string resource)
    {
        using var stream = typeof(FiveDocuments).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The program lacks its own data file {resource}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return StoredJson.Decode<T>(bytes.ToArray());
    }

    private sealed record SeriesData(
        string Code, Texts Names, string? RegularMeetingType, int ReportingMonths, int NoticeWeeks, int SilentAfterMonths, int EarlyNoticeWeeks, bool ReviewsApply, string? Note);
    private sealed record SourceData(string Id, string Title, string? Publisher, string Language, EffectiveDate? Issued, string Sha256, string? Url, string? Note);
    private sealed record ExchangeData(
        string Key, Direction Direction, string Participant, Texts Title, Texts Description, IReadOnlyList<string> Natures, IReadOnlyList<ItemRef> Items, IReadOnlyList<string> Places, IReadOnlyList<string> Populations,
        string Meeting, EffectiveDate EffectiveOn, string? Pledge, SourcePlace? Source)
    {
        public ExchangeContent Content() => new(
            Direction, Participant, Title, Description, Natures, Items, Places, Populations, Meeting, EffectiveOn, null, Pledge, null, null, Source);
    }

    private sealed record AddedRoleData(string Participant, string Role, string Scope, EffectiveDate? From, string Source);
    private sealed record CrosswalkData(string Framework, string Item, ItemRef To, CrosswalkRelation Relation, string Source);
    private sealed record RoleData(string Role, string Scope, EffectiveDate? From, string Source);
    private sealed record MemberData(string Member, EffectiveDate? From, string Source);
    private sealed record ParticipantData(
        string Code, string Type, Texts Names, string? NameInSource, string Source, IReadOnlyList<RoleData>? Roles, IReadOnlyList<RoleIn>? MembersByRole, IReadOnlyList<MemberData>? Members);
    private sealed record MeetingData(
        string Id, string Series, string Type, int? Ordinal, int Year, Texts Names, EffectiveDate? From, EffectiveDate? To, string? Place, string? PartOf, string Source,
        IReadOnlyList<string>? Documents, IReadOnlyList<Cluster>? Clusters);
    internal sealed record PlaceData(string Id, string Place);
    internal sealed record MappingData(string Framework, string Item, string Reason, bool? Main);
    internal sealed record PledgeData(
        string Key, PledgeKind Kind, string Modality, string Title, string Text, string Language, PlaceData? Source, string Meeting, EffectiveDate AnnouncedOn,
        IReadOnlyList<string> By, IReadOnlyList<string> Owing, IReadOnlyList<string> Addressees, Due? Due, IReadOnlyList<string>? Natures, string? Level,
        IReadOnlyList<string>? Places, IReadOnlyList<string>? Populations, IReadOnlyList<string>? JourneyStages, IReadOnlyList<string>? Conditions, IReadOnlyList<MappingData> Mappings,
        PledgeType? Type, string? Matches, string? Partnership, MirrorPledge? Mirror, Concreteness? Concreteness, string? Lead, int? Cycle,
        IReadOnlyList<Milestone>? Milestones, IReadOnlyList<Indicator>? Indicators, IReadOnlyList<Amount>? Amounts);
    private sealed record ItemData(string Code, string? Level, string? Parent, Texts Labels, Texts? Descriptions, string? Note);
    private sealed record FrameworkData(
        string Scheme, string Version, Texts Names, string Source, EffectiveDate ValidFrom, EffectiveDate? ValidUntil, bool CodeList, IReadOnlyList<ItemData> Items);
}
