namespace PledgeRegistry.Web.Codebook;

/// <summary>A version of a view.</summary>
/// <param name="View">The view and the version, as answers and citations name it.</param>
/// <param name="Since">The day from which the program makes it.</param>
/// <param name="What">What is other than in the version before, in English.</param>
public sealed record ViewChange(string View, DateOnly Since, string What);

/// <summary>
/// Every version that a view ever had, so that a citation that names an older one can be understood. Whoever raises a
/// version adds a line. The codebook's own version is made from the program, and is not in here.
/// </summary>
public static class ViewChanges
{
    private const string New = "The first version.";

    public static readonly IReadOnlyList<ViewChange> All =
    [
        Of("clearing-house/1", 2026, 11, 22, New),
        Of("clock/1", 2026, 11, 22, New),
        Of("clock-days/1", 2026, 11, 22, New),
        Of("crosswalks/1", 2026, 11, 22, New),
        Of("citation/1", 2026, 11, 22, New),
        Of("coverage/1", 2026, 11, 22, New),
        Of("coverage/2", 2026, 11, 22, "What goes on under another id is left out like what was withdrawn, and counted as ended."),
        Of("coverage/3", 2026, 11, 22, "On request, crosswalks to other frameworks are followed."),
        Of("differences/1", 2026, 11, 22, New),
        Of("duplicate-pairs/1", 2026, 11, 22, New),
        Of("duplicates/1", 2026, 11, 22, New),
        Of("entry/1", 2026, 11, 22, New),
        Of("exchange/1", 2026, 11, 22, New),
        Of("exchange-entry/1", 2026, 11, 22, New),
        Of("exchange-suggestions/1", 2026, 11, 22, New),
        Of("framework/1", 2026, 11, 22, New),
        Of("frameworks/1", 2026, 11, 22, New),
        Of("history/1", 2026, 11, 22, New),
        Of("history/2", 2026, 11, 22, "A correction or an amendment is a line of everybody who had joined; a clearance is one of those whom it cleared."),
        Of("imrf-follow-up/1", 2026, 11, 22, New),
        Of("imrf-follow-up/2", 2026, 11, 22, "Says how a commitment ended instead of whether it was withdrawn; an answered clarification is a state of its own."),
        Of("initiative/1", 2026, 11, 22, New),
        Of("initiatives/1", 2026, 11, 22, New),
        Of("mappings-to-move/1", 2026, 11, 22, New),
        Of("meeting/1", 2026, 11, 22, New),
        Of("meeting-pack/1", 2026, 11, 22, New),
        Of("meeting-pack/2", 2026, 11, 22, "Of a meeting that was recorded, or whose days were corrected, after it was over, it is made from what is known now."),
        Of("meetings/1", 2026, 11, 22, New),
        Of("participant/1", 2026, 11, 22, New),
        Of("participant/2", 2026, 11, 22, "Says whether a focal point and deputies are appointed, and whether clearance is needed."),
        Of("participants/1", 2026, 11, 22, New),
        Of("partnership/1", 2026, 11, 22, New),
        Of("partnerships/1", 2026, 11, 22, New),
        Of("pledge/1", 2026, 11, 22, New),
        Of("pledge/2", 2026, 11, 22, "Holds translations, milestones, indicator values, partnerships, and whether a mapping is contested."),
        Of("pledges/1", 2026, 11, 22, New),
        Of("pledges/2", 2026, 11, 22, "Says how a commitment ended instead of whether it was withdrawn; who owes is who does on the day."),
        Of("rcm-grid/1", 2026, 11, 22, New),
        Of("rcm-grid/2", 2026, 11, 22, "Says how what is in a cell ended, and what part the participant has in it."),
        Of("registry/1", 2026, 11, 22, New),
        Of("seals/1", 2026, 11, 22, New),
        Of("search/1", 2026, 11, 22, New),
        Of("search/2", 2026, 11, 22, "For one phrase, the latest 5,000 texts with its words are read again at most, and it is said where there are more."),
        Of("series/1", 2026, 11, 22, New),
        Of("series-list/1", 2026, 11, 22, New),
        Of("smart/1", 2026, 11, 22, New),
        Of("source/1", 2026, 11, 22, New),
        Of("sources/1", 2026, 11, 22, New),
        Of("versions/1", 2026, 11, 22, New),
    ];

    private static ViewChange Of(string view, int year, int month, int day, string what) => new(view, new DateOnly(year, month, day), what);
}
