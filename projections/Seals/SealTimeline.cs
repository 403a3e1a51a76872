using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Seals;

/// <summary>A seal, and the entry that has it.</summary>
/// <param name="CommandId">Of the command that asked for it.</param>
public sealed record SealRow(long Position, DateTimeOffset RecordedAt, Hash CommandId, RegistryEvent.ViewsSealed Seal);

/// <summary>Every seal, in order of recording.</summary>
public sealed class SealTimeline : IProjection
{
    private readonly AppendOnlyList<SealRow> rows = new();
    private readonly AppendOnlyList<(long Position, long By)> withheld = new();

    /// <summary>The seals as known at a size.</summary>
    public IEnumerable<SealRow> At(long size)
    {
        for (var i = 0; i < rows.Count && rows[i].Position < size; i++)
        {
            yield return rows[i];
        }
    }

    /// <summary>True if there is one of the end of a meeting.</summary>
    public bool Has(string meeting, long size) => At(size).Any(r => r.Seal.Meeting == meeting);

    /// <summary>The one that a command asked for; null where there is none.</summary>
    public SealRow? Under(Hash commandId, long size) => At(size).FirstOrDefault(r => r.CommandId == commandId);

    /// <summary>True if something of the first so many entries was withheld since they were sealed, so that views of them aren't what they were.</summary>
    /// <param name="sealedAt">The position of the seal: one that was made after a redaction is of what was left then.</param>
    public bool IsWithheldFrom(long size, long sealedAt)
    {
        for (var i = 0; i < withheld.Count; i++)
        {
            if (withheld[i].Position < size && withheld[i].By > sealedAt)
            {
                return true;
            }
        }
        return false;
    }

    public void Apply(Entry entry)
    {
        if (entry.Event is RegistryEvent.EntryRedacted { Position: var position })
        {
            withheld.Add((position, entry.Position));
        }
        if (entry.Event is RegistryEvent.ViewsSealed seal)
        {
            rows.Add(new SealRow(entry.Position, entry.RecordedAt, entry.CommandId, seal));
        }
    }
}
