using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>
/// A pure fold of the log into rows that are kept as timelines: no clock, no new ids, no look-ups, no I/O. Applied by one
/// thread, in order of position, before the head is published; read by any number while it is written.
/// </summary>
public interface IProjection
{
    /// <summary>Takes the entries it is about, and ignores the others: the log's reader has already refused unknown types.</summary>
    void Apply(Entry entry);
}
