using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>What an accepted command is answered with: where its first entry is, and the leaf hash that proves it later.</summary>
/// <param name="Count">How many entries the command made, one after another.</param>
/// <param name="Stream">The stream they are in, such as <c>pledge/IMRF-2022-0042</c>.</param>
public sealed record Receipt(long Position, Guid EntryId, Hash LeafHash, int Count, string Stream)
{
    /// <summary>The id within the stream's family: <c>IMRF-2022-0042</c>.</summary>
    public string Id => Stream[(Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The smallest size of the log that has all of it.</summary>
    public long Size => Position + Count;
}

/// <summary>The answer to a command.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>It is in the log, and durable. <paramref name="Repeated"/>: it was already, from an earlier try.</summary>
    public sealed record Recorded(Receipt Receipt, bool Repeated) : Outcome;

    /// <summary>It was already so; nothing was written.</summary>
    public sealed record NothingNew : Outcome;

    /// <summary>It breaks rules; nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : Outcome;

    /// <summary>Not now: nothing was written. Try again with the same key.</summary>
    public sealed record Unavailable(string Reason) : Outcome;

    /// <summary>Whether it was written can't be known yet. Try again with the same key: it is recorded once at most.</summary>
    public sealed record Unknown(string Reason) : Outcome;
}
