namespace PledgeRegistry.Writing;

/// <summary>Why nothing can be written: a stable code for machines, which is the kind's word, and a sentence for people.</summary>
public sealed record Hindrance(HindranceKind Kind, string Reason)
{
    /// <summary>Why it failed: damage, or a fault of this program.</summary>
    public static Hindrance Of(Exception fault, string reason) =>
        new(fault is Log.LogDamagedException ? HindranceKind.Damaged : HindranceKind.Failed, reason);
}

/// <summary>What keeps a process from writing. The first three pass by themselves; after the others only a new start helps.</summary>
public enum HindranceKind
{
    /// <summary>The log doesn't answer.</summary>
    Unreachable,

    /// <summary>This machine's clock is too far from the log's.</summary>
    Clock,

    /// <summary>It isn't known yet what became of the last append.</summary>
    InDoubt,

    /// <summary>The log has an event of a newer release.</summary>
    Format,

    /// <summary>The log contradicts itself.</summary>
    Damaged,

    /// <summary>The log holds another history than the one that was read.</summary>
    Diverged,

    /// <summary>Something was withheld of an entry that was read in full.</summary>
    Withheld,

    /// <summary>This program failed at something that it had read or written.</summary>
    Failed,
}
