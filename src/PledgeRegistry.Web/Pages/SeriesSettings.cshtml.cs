using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form that changes a series' settings. It replaces the version that it was opened with, and no later one.</summary>
public sealed class SeriesSettingsPage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public SeriesView View { get; private set; } = null!;

    /// <summary>The version that the person saw.</summary>
    public string Version => Typed("expectedVersion", Show.Plain(View.Version));

    public IReadOnlyList<Option> YesOrNo() => [new("true", T["Series.ReviewsApply"]), new("false", T["Series.ReviewsDoNot"])];

    public ChoicesModel Reviews() =>
        Choices("settings.reviewsApply", "Series.Reviews", YesOrNo(), one: true, required: true) with { Chosen = [Typed("settings.reviewsApply", View.Settings.ReviewsApply ? "true" : "false")] };

    /// <summary>The field for the series' name in one language, called by the name of that language.</summary>
    public FieldModel NameIn(string language) =>
        LineOf($"settings.names.{language}", "Field.names", View.Settings.Names[language]) with { Label = CultureInfo.GetCultureInfo(language).DisplayName, Language = language };

    public async Task<IActionResult> OnGetAsync(string code)
    {
        MayWrite();
        return await FindAsync(code) ? Page() : Missing(code);
    }

    public async Task<IActionResult> OnPostAsync(string code)
    {
        if (!await FindAsync(code))
        {
            return Missing(code);
        }
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return Take() ? await RecordAsync(Command(code), series => $"/series/{series}") : Page();
    }

    private async Task<bool> FindAsync(string code)
    {
        if (await Ask(new GetSeries(Reading, code)) is not { } view)
        {
            return false;
        }
        View = view;
        return true;
    }

    private ChangeSeriesSettings Command(string code) => new(
        code,
        long.TryParse(Values.One("expectedVersion"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1,
        new SeriesSettings(
            Names(), Values.One("settings.regularMeetingType"), Number("settings.reportingMonths"), Number("settings.noticeWeeks"), Number("settings.silentAfterMonths"),
            Number("settings.earlyNoticeWeeks"), Values.One("settings.reviewsApply") == "true", Values.One("settings.note")),
        Values.One("reason") ?? "");

    // Names in languages that the form doesn't have stay as they are.
    private Texts Names() => new(
        View.Settings.Names.Where(n => !Languages.All.Contains(n.Key))
            .Concat(Languages.All.Select(l => KeyValuePair.Create(l, Values.One($"settings.names.{l}") ?? "")).Where(n => n.Value.Length > 0)));

    // What is no whole number is out of range, whatever the range.
    private int Number(string field) => int.TryParse(Values.One(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
