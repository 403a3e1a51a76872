using PledgeRegistry.Writing;

namespace PledgeRegistry.OpeningData;

/// <summary>
/// Decides each step as it is added, on the state that it will meet, so that later steps know the public ids and the
/// versions that earlier ones get.
/// </summary>
internal sealed class DemoSteps
{
    // Who is appointed for good was so on this day too.
    private static readonly DateOnly Today = new(2026, 11, 1);

    private readonly List<OpeningStep> taken = [];
    private readonly Dictionary<string, string> streams = new(StringComparer.Ordinal);

    public DemoSteps()
    {
        foreach (var step in FiveDocuments.Steps(demonstration: true))
        {
            Take(step);
        }
    }

    public RegistryState State { get; private set; } = RegistryState.Empty;

    public IReadOnlyList<OpeningStep> Taken => taken;

    /// <summary>The stream that a step went into, by its kind and key.</summary>
    public string StreamOf(string kind, string key) => streams[$"{DemoData.Keys}/{kind}/{key}"];

    public void Add<TCommand>(string kind, string key, TCommand command, string? onBehalfOf = null, string? clearedBy = null) where TCommand : class, ICommand
    {
        var step = FiveDocuments.Step(kind, key, command, DemoData.Keys, onBehalfOf, clearedBy);
        Take(step);
        taken.Add(step);
    }

    private void Take(OpeningStep step)
    {
        var decision = Authority.Decide(State, step.What, step.AuthorOf(Loader.Author), Today);
        if (decision is not Decision.Accepted accepted)
        {
            throw new OpeningDataException($"'{step.Key}' ({step.What.GetType().Name}) isn't accepted: {(decision is Decision.Refused refused ? string.Join("; ", refused.Reasons) : "it is so already")}");
        }
        State = accepted.Events.Aggregate(State, (state, happened) => state.Evolve(accepted.Stream, happened));
        streams.Add(step.Key, accepted.Stream);
    }
}
