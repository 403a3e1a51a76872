using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.ImrfFollowUp;

/// <summary>Counts lines. Every state is in every count, with zero where there is none, so that no state goes missing.</summary>
internal static class FollowUpCounter
{
    public static FollowUpCounts Count(IReadOnlyCollection<FollowUpLine> lines)
    {
        var commitments = lines.DistinctBy(l => l.Pledge).ToArray();
        var standing = lines.Where(l => l.Ended.Counts()).ToArray();
        var owed = standing.Where(l => l.Part is Part.Owes or Part.OwesAsMember).ToArray();
        var asked = standing.Where(l => l.Part is Part.Asked or Part.AskedAsMember).ToArray();
        return new FollowUpCounts(
            Tally(Kebab.Codes<PledgeKind>(), commitments.Where(l => l.Ended.Counts()).Select(l => l.Kind)),
            Tally(Kebab.Codes<EndingKind>(), commitments.Where(l => l.Ended is not null).Select(l => l.Ended!.Value.Code())),
            Tally([.. Kebab.Codes<ClaimedStatus>(), "no-report"], owed.Select(l => l.Claimed ?? "no-report")),
            Tally([.. Kebab.Codes<ReviewView>(), FollowUpRules.Answered, "not-reviewed"], owed.Select(l => l.Verified ?? "not-reviewed")),
            Tally(Kebab.Codes<Freshness>(), owed.Select(l => l.Freshness.Code())),
            Tally(Kebab.Codes<Timeliness>(), owed.Select(l => l.Timeliness.Code())),
            Tally([.. Kebab.Codes<AddresseeAnswer>(), "not-answered"], asked.Select(l => l.Answer ?? "not-answered")));
    }

    private static Dictionary<string, int> Tally(IEnumerable<string> codes, IEnumerable<string> found)
    {
        var tally = codes.ToDictionary(c => c, _ => 0, StringComparer.Ordinal);
        foreach (var code in found)
        {
            tally[code]++;
        }
        return tally;
    }
}
