using MediatR;
using PledgeRegistry.Writing;

namespace PledgeRegistry.OpeningData;

/// <summary>A step that was refused: the data and the rules disagree.</summary>
public sealed class OpeningDataException(string message) : Exception(message);

/// <summary>
/// Records a set of data through the same commands that a person uses. Each step has a key of its own, so a load that was
/// cut off is taken up where it stopped, and a second load adds nothing.
/// </summary>
public static class Loader
{
    // So many steps are under way at once: they share the cost of making entries durable.
    private const int Window = 64;

    /// <summary>Who records it: not a person.</summary>
    public static readonly Author Author = new("opening-data", "operator", null);

    // What is added to a registry that has been in use may be there already, recorded by somebody.
    private static readonly string[] SoAlready = ["role-open", "framework-exists", "framework-closed", "item-exists", "crosswalk-exists"];

    /// <returns>How many entries were added.</returns>
    public static async Task<long> LoadAsync(
        IMediator mediator, IReadOnlyList<OpeningStep> steps, Action<int, int>? progress = null, CancellationToken cancel = default)
    {
        long added = 0;
        for (var start = 0; start < steps.Count; start += Window)
        {
            var window = steps.Skip(start).Take(Window).ToArray();
            // Sent in order, and taken up in order: the writer's queue keeps an actor's commands in line.
            var sent = window.Select(step => step.SendAsync(mediator, Author, cancel)).ToArray();
            var answers = await Task.WhenAll(sent);
            for (var i = 0; i < window.Length; i++)
            {
                added += answers[i] switch
                {
                    Outcome.Recorded { Repeated: false } recorded => recorded.Receipt.Count,
                    Outcome.Recorded or Outcome.NothingNew => 0,
                    Outcome.Refused refused when window[i].IsAddition && refused.Reasons.All(r => SoAlready.Contains(r.Code)) => 0,
                    Outcome.Refused refused => throw new OpeningDataException($"'{window[i].Key}' ({window[i].What.GetType().Name}) was refused: {string.Join("; ", refused.Reasons)}"),
                    var other => throw new OpeningDataException($"'{window[i].Key}' could not be recorded: {other}"),
                };
            }
            progress?.Invoke(start + window.Length, steps.Count);
        }
        return added;
    }
}
