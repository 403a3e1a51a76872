using PledgeRegistry.Meetings;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Meetings;

public sealed class SeriesCommandsTests
{
    private static readonly SeriesSettings Settings = new(Texts.Of(("en", "Pan-Caribbean Partnership")), null, 12, 8, 12, 4, ReviewsApply: false, null);
    private static readonly SeriesSettings Rcm = SampleRegistry.State.Series["RCM"].Settings;
    private static readonly RegisterSource Source = new(
        "S9", "Report of the ninth meeting", "A secretariat", "es", new EffectiveDate("2019-04"), new string('b', 64), "https://example.org/s9.pdf", "Scanned.");

    [Fact]
    public void A_series_is_opened_once()
    {
        Given().When(new OpenSeries("PANCAP", Settings)).ThenRecorded("series/PANCAP", new SeriesEvent.Opened(Settings));
        Refused(new OpenSeries("RCM", Settings), "series-exists", "code");
    }

    [Theory]
    [InlineData("")]
    [InlineData("rcm")]
    [InlineData("R/CM")]
    public void A_series_code_has_capital_letters_digits_and_hyphens(string code) => Refused(new OpenSeries(code, Settings), "not-a-code", "code");

    [Fact]
    public void Settings_keep_to_their_form()
    {
        SettingsRefused(Settings with { Names = Texts.None }, "missing", "settings.names");
        SettingsRefused(Settings with { RegularMeetingType = "party" }, "unknown-code", "settings.regularMeetingType");
        SettingsRefused(Settings with { ReportingMonths = 0 }, "out-of-range", "settings.reportingMonths");
        SettingsRefused(Settings with { ReportingMonths = 61 }, "out-of-range", "settings.reportingMonths");
        SettingsRefused(Settings with { NoticeWeeks = -1 }, "out-of-range", "settings.noticeWeeks");
        SettingsRefused(Settings with { NoticeWeeks = 105 }, "out-of-range", "settings.noticeWeeks");
        SettingsRefused(Settings with { SilentAfterMonths = 0 }, "out-of-range", "settings.silentAfterMonths");
        SettingsRefused(Settings with { SilentAfterMonths = 121 }, "out-of-range", "settings.silentAfterMonths");
        SettingsRefused(Settings with { EarlyNoticeWeeks = -1 }, "out-of-range", "settings.earlyNoticeWeeks");
        SettingsRefused(Settings with { Note = "" }, "missing", "settings.note");
        SettingsRefused(null!, "missing", "settings");
    }

    [Fact]
    public void Early_notice_of_a_silence_is_at_most_four_weeks_for_each_month_of_it()
    {
        var settings = Settings with { SilentAfterMonths = 2, EarlyNoticeWeeks = 8 };
        Given().When(new OpenSeries("PANCAP", settings)).ThenRecorded("series/PANCAP", new SeriesEvent.Opened(settings));
        SettingsRefused(settings with { EarlyNoticeWeeks = 9 }, "out-of-range", "settings.earlyNoticeWeeks");
    }

    [Fact]
    public void Settings_are_changed_with_why()
    {
        var changed = Rcm with { SilentAfterMonths = 6 };
        Given().When(new ChangeSeriesSettings("RCM", 1, changed, "agreed")).ThenRecorded("series/RCM", new SeriesEvent.SettingsChanged(changed, "agreed"));
        Given().When(new ChangeSeriesSettings("RCM", 1, Rcm, "agreed")).ThenNothing();
    }

    [Fact]
    public void A_change_needs_the_last_version_a_reason_and_a_series()
    {
        Refused(new ChangeSeriesSettings("RCM", 0, Settings, "agreed"), "stale", null);
        Refused(new ChangeSeriesSettings("RCM", 1, Settings, ""), "missing", "reason");
        Refused(new ChangeSeriesSettings("G20", 0, Settings, "agreed"), "unknown-series", "code");
    }

    [Fact]
    public void A_source_is_registered_once()
    {
        Given().When(Source).ThenRecorded("source/S9", new SourceEvent.Registered(Source.Title, Source.Publisher, "es", Source.Issued, Source.Sha256, Source.Url, Source.Note));
        Refused(Source with { Id = "notes" }, "source-exists", "id");
    }

    [Fact]
    public void A_source_keeps_to_its_form()
    {
        Refused(Source with { Id = "S 9" }, "not-an-id", "id");
        Refused(Source with { Title = "" }, "missing", "title");
        Refused(Source with { Publisher = "" }, "missing", "publisher");
        Refused(Source with { Language = "Spanish" }, "not-a-language", "language");
        Refused(Source with { Issued = new EffectiveDate("April") }, "not-a-date", "issued");
        Refused(Source with { Sha256 = "" }, "missing", "sha256");
        Refused(Source with { Sha256 = new string('B', 64) }, "not-a-sha256", "sha256");
        Refused(Source with { Url = "ftp://example.org/s9.pdf" }, "not-an-address", "url");
        Refused(Source with { Url = "s9.pdf" }, "not-an-address", "url");
        Refused(Source with { Note = "" }, "missing", "note");
    }

    private static void SettingsRefused(SeriesSettings settings, string code, string field)
    {
        Refused(new OpenSeries("PANCAP", settings), code, field);
        Refused(new ChangeSeriesSettings("RCM", 1, settings, "agreed"), code, field);
    }

    private static void Refused(ICommand command, string code, string? field) => Given().When(command).ThenRefused(code, field);
}
