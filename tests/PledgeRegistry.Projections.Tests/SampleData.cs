using PledgeRegistry.Frameworks;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests;

/// <summary>
/// What the tests' registries start with, through commands: the code lists, series, meetings and participants of
/// <see cref="SampleRegistry"/>, and what views need beyond that.
/// </summary>
internal static class SampleData
{
    private static readonly string[] Replaced = ["gcm", "rcm-areas", "participant-role", "pledge-kind", "claimed-status"];

    public static async Task RecordAsync(Given given)
    {
        await given.DoesAsync(new OpenRegistry(Texts.Of(("en", "Sample"), ("es", "Muestra")), Demonstration: true));
        foreach (var (stream, happened) in SampleRegistry.History.Where(h => h.Event is FrameworkEvent && !Replaced.Contains(h.Stream.Split('/')[1])))
        {
            await FrameworkAsync(given, stream["framework/".Length..], (FrameworkEvent)happened);
        }
        await VersionAsync(given, "participant-role", "1", "2016", true,
            [("member", null), ("observer-country", null), ("observer-organization", null), ("civil-society", null), ("participant", null), ("network-member", null), ("secretariat", null), ("reviewer", null)]);
        await VersionAsync(given, "pledge-kind", "1", "2016", true, [("pledge", null), ("conclusion", null), ("statement", null), ("recommendation", null)]);
        await VersionAsync(given, "claimed-status", "1", "2016", true, [("in-progress", null), ("fulfilled", null)]);
        await VersionAsync(given, "gcm", "2018", "2018-12-19", false, [("GCM-01", null), ("GCM-02", null), ("GCM-15", null), ("GCM-15.e", "GCM-15")]);
        await VersionAsync(given, "rcm-areas", "2016", "2016-09-29", false, [("RCM-A1", null), ("RCM-A2", null), ("RCM-A3", null)]);
        foreach (var (stream, happened) in SampleRegistry.History)
        {
            await HappenedAsync(given, stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..], happened);
        }
        await MoreAsync(given);
    }

    /// <summary>A whole version of a framework. An item with a parent is an action, one without an objective.</summary>
    public static async Task VersionAsync(Given given, string scheme, string version, string validFrom, bool codeList, (string Code, string? Parent)[] items, string? validUntil = null)
    {
        var id = $"{scheme}/{version}";
        await given.DoesAsync(new OpenFramework(scheme, version, Both(id), "notes", new EffectiveDate(validFrom), validUntil is null ? null : new EffectiveDate(validUntil), codeList));
        foreach (var (code, parent) in items)
        {
            await given.DoesAsync(new AddFrameworkItem(id, code, codeList ? "code" : parent is null ? "objective" : "action", parent, Both($"{code} of {version}"), Texts.None, null));
        }
        await given.DoesAsync(new CloseFramework(id, items.Length));
    }

    public static MeetingContent Meeting(string series, string type, int year, string? from, string? to, string? partOf = null) => new(
        series, type, null, year, Both($"{series} {year} {type}"), from is null ? null : new EffectiveDate(from), to is null ? null : new EffectiveDate(to), null, partOf, "notes");

    private static async Task MoreAsync(Given given)
    {
        foreach (var (id, content) in new[]
                 {
                     ("RCM-2017-XXII", Meeting("RCM", "vice-ministerial", 2017, "2017-11-16", "2017-11-17")),
                     ("IMRF-2022-SIDE", Meeting("IMRF", "workshop", 2022, "2022-05-19", "2022-05-19", "IMRF-2022")),
                     ("IMRF-2030", Meeting("IMRF", "forum", 2030, null, null)),
                 })
        {
            await given.DoesAsync(new AnnounceMeeting(id, content, [], []));
        }
        await given.DoesAsync(new AttachDocument("IMRF-2022", "notes"));
        await given.DoesAsync(new SetClusters("IMRF-2022", given.Registry.State.VersionOf("meeting/IMRF-2022"), [new Cluster("RT1", ["GCM-02"]), new Cluster("RT3", ["GCM-15"])], "notes"));
        foreach (var (code, type, role, scope, from) in new[]
                 {
                     ("MEX", "state", "member", "RCM", null),
                     ("PAN", "state", "member", "RCM", "2017"),
                     ("UNFPA", "international-organization", "observer-organization", "RCM", null),
                     ("RNCOM", "other", "civil-society", "RCM", null),
                     ("ILO", "international-organization", "participant", "RCM-2016-WORKSHOP", null),
                 })
        {
            await given.DoesAsync(new RegisterParticipant(code, type, Both(code), null, "notes", [], [new RoleStart(role, scope, from is null ? null : new EffectiveDate(from), "notes")], []));
        }
        await given.DoesAsync(new RegisterParticipant("MAR", "state", Texts.Of(("en", "Morocco"), ("es", "Marruecos")), "Kingdom of Morocco", "notes", [], [], []));
    }

    private static Texts Both(string text) => Texts.Of(("en", text), ("es", $"{text} (es)"));

    private static Task<string> FrameworkAsync(Given given, string id, FrameworkEvent happened) => happened switch
    {
        FrameworkEvent.Opened e => given.DoesAsync(new OpenFramework(e.Scheme, e.Version, e.Names, e.Source, e.ValidFrom, e.ValidUntil, e.CodeList)),
        FrameworkEvent.ItemAdded e => given.DoesAsync(new AddFrameworkItem(id, e.Code, e.Level, e.Parent, Both(e.Code), e.Descriptions, e.Note)),
        FrameworkEvent.Closed e => given.DoesAsync(new CloseFramework(id, e.Items)),
        _ => throw new InvalidOperationException($"No command for {happened.GetType()}."),
    };

    private static Task HappenedAsync(Given given, string id, Log.IEvent happened) => happened switch
    {
        SeriesEvent.Opened e => given.DoesAsync(new OpenSeries(id, e.Settings)),
        SourceEvent.Registered e => given.DoesAsync(new RegisterSource(id, e.Title, e.Publisher, e.Language, e.Issued, e.Sha256, e.Url, e.Note)),
        MeetingEvent.Announced e => given.DoesAsync(new AnnounceMeeting(id, e.Content, [], [])),
        ParticipantEvent.Registered e => given.DoesAsync(new RegisterParticipant(id, e.Type, e.Names, e.NameInSource, e.Source, e.MembersByRole, [], [])),
        ParticipantEvent.RoleStarted e => given.DoesAsync(new StartRole(id, e.Role, e.Scope, e.From, e.Source)),
        ParticipantEvent.MemberJoined e => given.DoesAsync(new AddMember(id, e.Member, e.From, e.Source)),
        _ => Task.CompletedTask,
    };
}
