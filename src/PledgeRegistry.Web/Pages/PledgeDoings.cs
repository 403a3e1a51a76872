using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>What can be recorded about a pledge as it stands now: each with a page of its own under the pledge's.</summary>
public static class PledgeDoings
{
    /// <summary>In groups, as they are shown; a group in which nothing is possible is empty.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<string> Doings)> Of(RegistryState head, PledgeState pledge, DateOnly today)
    {
        var standing = pledge.Ending is null;
        var common = standing && pledge.Content is { Type: PledgeType.Common, Kind: not PledgeKind.Recommendation };
        var invited = pledge.Parties.Values.Any(p => p.Invited);
        var owing = pledge.OwingOn(today).ToArray();
        var everOwed = pledge.Content.Owing.Count > 0 || pledge.Accepted().Any();
        var mapped = !pledge.Mappings.IsEmpty;
        var reviewed = everOwed && head.Series[head.Meetings[pledge.Content.Meeting].Content.Series].Settings.ReviewsApply;
        return
        [
            ("progress", Where(("report", standing && owing.Length > 0), ("answer", standing && pledge.Content.Addressees.Count > 0))),
            ("parties", Where(
                ("accept", common && (invited || pledge.Signature is not null)), ("decline", invited), ("share", standing && owing.Length > 0), ("leave", standing && owing.Length > 1),
                ("invite", common), ("open", common && pledge.Signature is null), ("close", pledge.Signature is not null))),
            ("text", Where(("translate", true), ("amend", standing), ("correct", true))),
            ("mappings", Where(
                ("map", true), ("mark", mapped), ("move", mapped), ("contest", mapped), ("answer-contest", pledge.Contests.Exists(c => !c.Answered)), ("retire", mapped))),
            ("reviews", Where(("review", reviewed), ("reply", !pledge.Reviews.IsEmpty))),
            ("ending", Where(("end", standing), ("reinstate", !standing))),
        ];
    }

    private static string[] Where(params (string Doing, bool Possible)[] doings) => [.. doings.Where(d => d.Possible).Select(d => d.Doing)];
}
