using System.Diagnostics.CodeAnalysis;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;

namespace PledgeRegistry.Projections.Participants;

internal static class Clearances
{
    /// <summary>True for a clearance in a stream of this family: it counts as a version there, and changes nothing else.</summary>
    /// <param name="family">With its slash: <c>pledge/</c>.</param>
    /// <param name="id">The stream's id within the family.</param>
    public static bool IsClearanceIn(this Entry entry, string family, [NotNullWhen(true)] out string? id)
    {
        id = entry.Event is ClearanceEvent && entry.Stream.StartsWith(family, StringComparison.Ordinal) ? entry.Stream[family.Length..] : null;
        return id is not null;
    }
}
