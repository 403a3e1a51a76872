namespace PledgeRegistry.Initiatives;

/// <summary>What decisions need to know of an initiative.</summary>
public sealed record InitiativeState(InitiativeContent Content, bool Withdrawn)
{
    public static InitiativeState Evolve(InitiativeState? initiative, InitiativeEvent happened) => happened switch
    {
        InitiativeEvent.Recorded e => new(e.Content, Withdrawn: false),
        InitiativeEvent.Updated e => initiative! with { Content = e.Content },
        InitiativeEvent.Corrected e => initiative! with { Content = e.Content },
        InitiativeEvent.Withdrawn => initiative! with { Withdrawn = true },
        _ => throw new InvalidOperationException($"An initiative has no arm for {happened.GetType()}."),
    };
}
