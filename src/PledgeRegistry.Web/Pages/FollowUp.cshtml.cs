using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Meetings;

namespace PledgeRegistry.Web.Pages;

/// <summary>The review cycles of the IMRF.</summary>
public sealed class CyclesPage(Show show) : RegistryPage(show)
{
    public MeetingList Meetings { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Meetings = await Ask(new ListMeetings(Reading, "IMRF"));
        return Shown(MeetingList.View, "/api/meetings?series=IMRF");
    }
}

/// <summary>The follow-up of one cycle: claimed, verified, freshness and timeliness, never one number.</summary>
public sealed class FollowUpPage(Show show) : RegistryPage(show)
{
    /// <summary>What stands beside the kinds in the tables by objective, round table and party.</summary>
    public static readonly IReadOnlyList<string> Sides = ["claimed", "verified", "freshness", "timeliness"];

    public FollowUpView View { get; private set; } = null!;

    /// <summary>Where the links of groups lead; null for this page.</summary>
    public string? Elsewhere { get; private init; }

    /// <summary>What the follow-up's tables need, on another page.</summary>
    public static FollowUpPage Over(FollowUpView view, Show show) => new(show) { View = view, Elsewhere = $"/imrf/{view.Cycle}" };

    public string Side => Sides.FirstOrDefault(s => s == Show.Asked("beside")) ?? Sides[0];

    public async Task<IActionResult> OnGetAsync(string cycle)
    {
        var meetings = await Ask(new ListMeetings(Reading, "IMRF"));
        if (!meetings.Meetings.Any(m => Show.Plain(m.Year) == cycle))
        {
            return Missing(cycle);
        }
        View = await Ask(new GetImrfFollowUp(Reading, cycle, Filter("objective"), Filter("roundTable"), Filter("party"), Filter("kind")));
        return Shown(FollowUpView.View, $"/api/imrf/{cycle}/follow-up", "objective", "roundTable", "party", "kind");
    }

    public static IReadOnlyDictionary<string, int> Of(FollowUpCounts counts, string side) => side switch
    {
        "claimed" => counts.Claimed,
        "verified" => counts.Verified,
        "freshness" => counts.Freshness,
        "timeliness" => counts.Timeliness,
        _ => counts.Answers,
    };

    /// <summary>A state in words: from the vocabularies where it is a code of one.</summary>
    public string State(string side, string code) => (side, code) switch
    {
        ("claimed", not "no-report") => Show.Label("claimed-status", code),
        ("verified", FollowUpRules.Answered) => T["Verified.answered"],
        ("verified", not "not-reviewed") => Show.Label("review-view", code),
        ("answers", not "not-answered") => Show.Label("addressee-answer", code),
        ("claimed", _) => T["Claimed.no-report"],
        ("verified", _) => T["Verified.not-reviewed"],
        ("answers", _) => T["Answers.not-answered"],
        ("freshness", _) => Show.Word("Freshness", code),
        _ => Show.Word("Timeliness", code),
    };

    private string? Filter(string parameter) => Show.Asked(parameter) is { Length: > 0 } value ? value : null;
}

/// <summary>Groups of commitments in a table: kinds apart, and one of the four things beside them.</summary>
public sealed record FollowUpGroupsModel(FollowUpPage Page, string Id, string Caption, string First, IReadOnlyList<FollowUpGroup> Groups, string Parameter);
