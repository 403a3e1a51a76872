namespace PledgeRegistry.EventStoreDb;

/// <summary>How long an answer is waited for, whatever the client itself waits for.</summary>
/// <param name="Read">For the next event of a read.</param>
/// <param name="Append">For the answer to an append.</param>
internal sealed record Patience(TimeSpan Read, TimeSpan Append)
{
    public static readonly Patience Usual = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
}
