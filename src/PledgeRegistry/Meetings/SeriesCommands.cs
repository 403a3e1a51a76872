using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Meetings;

/// <summary>Opens a series of meetings, under a code that begins the public ids of what is recorded there.</summary>
public sealed record OpenSeries(string Code, SeriesSettings Settings) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => new Check(head)
        .That(Participants.ParticipantRules.IsCode(Code), "not-a-code", "A series' code has capital letters, digits and hyphens, and starts with a letter.", "code")
        .That(!head.Series.ContainsKey(Code ?? ""), "series-exists", $"'{Code}' is open already.", "code", RefusalKind.Conflict, Code ?? "")
        .Settings(Settings)
        .Refusal ?? Decision.Accept($"series/{Code}", new SeriesEvent.Opened(Settings));
}

/// <summary>Changes a series' settings: what counts as silent, who is told what beforehand, and whether reviews apply.</summary>
public sealed record ChangeSeriesSettings(string Code, long ExpectedVersion, SeriesSettings Settings, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => head.Series.GetValueOrDefault(Code ?? "") switch
    {
        null => Decision.Refuse(new Refusal("unknown-series", $"There is no series '{Code}'.", "code", RefusalKind.NotFound, Code ?? "")),
        { } series => new Check(head).Version($"series/{Code}", ExpectedVersion).Settings(Settings).Text(Reason, "reason").Refusal
            ?? (StoredJson.Same(Settings, series.Settings) ? Decision.NothingToDo : Decision.Accept($"series/{Code}", new SeriesEvent.SettingsChanged(Settings, Reason))),
    };
}

/// <summary>Registers a source document, with the SHA-256 of the file as it was read.</summary>
public sealed record RegisterSource(string Id, string Title, string? Publisher, string Language, EffectiveDate? Issued, string Sha256, string? Url, string? Note) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => new Check(head)
        .Id(Id, "id")
        .That(!head.Sources.ContainsKey(Id ?? ""), "source-exists", $"'{Id}' is registered already. Another text is another source.", "id", RefusalKind.Conflict, Id ?? "")
        .Text(Title, "title", Check.ShortText).OptionalText(Publisher, "publisher", Check.ShortText).Language(Language, "language")
        .OptionalDate(Issued, "issued").Text(Sha256, "sha256", 64).Digest(Sha256, "sha256")
        .OptionalAddress(Url, "url")
        .OptionalText(Note, "note", 2000)
        .Refusal ?? Decision.Accept($"source/{Id}", new SourceEvent.Registered(Title, Publisher, Language, Issued, Sha256, Url, Note));
}

internal static class SeriesRules
{
    public static Check Settings(this Check check, SeriesSettings? settings) => settings is null
        ? check.That(false, "missing", "The settings are needed.", "settings")
        : check.Texts(settings.Names, "settings.names", Check.ShortText)
            .OptionalCode(settings.RegularMeetingType, "meeting-type", "settings.regularMeetingType")
            .Between(settings.ReportingMonths, 1, 60, "settings.reportingMonths")
            .Between(settings.NoticeWeeks, 0, 104, "settings.noticeWeeks")
            .Between(settings.SilentAfterMonths, 1, 120, "settings.silentAfterMonths")
            // Told of a silence before it could have begun, a party would be warned on the day that it reports.
            .Between(settings.EarlyNoticeWeeks, 0, 4 * Math.Clamp(settings.SilentAfterMonths, 1, 120), "settings.earlyNoticeWeeks")
            .OptionalText(settings.Note, "settings.note", 2000);

    private static Check Between(this Check check, int number, int least, int most, string field) =>
        check.That(least <= number && number <= most, "out-of-range", $"This is a whole number of {least} to {most}.", field, RefusalKind.Invalid, $"{least}", $"{most}");
}
