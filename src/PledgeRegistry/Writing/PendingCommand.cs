using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>
/// A command in the queue: in canonical form, hashed, and with the events that it would make at the head it was sent at
/// already encoded. If the writer decides the same, only the envelope is left to encode in its loop.
/// </summary>
internal sealed class PendingCommand
{
    private readonly TaskCompletionSource<Outcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(IEvent Event, byte[] Data)> encoded = [];

    private PendingCommand(ICommand command, Author author, Hash id, Hash hash, string correlation, DateTimeOffset deadline, CancellationToken caller)
    {
        (Command, Author, Id, Hash, Correlation, Deadline, Caller) = (command, author, id, hash, correlation, deadline, caller);
    }

    public ICommand Command { get; }
    public Author Author { get; }
    public Hash Id { get; }
    public Hash Hash { get; }
    public string Correlation { get; }
    public DateTimeOffset Deadline { get; }
    public CancellationToken Caller { get; }
    public Task<Outcome> Answered => answer.Task;

    /// <exception cref="TextRefusedException">A text can't be recorded; it says where.</exception>
    public static PendingCommand Prepare(ICommand command, Author author, string key, RegistryState head, DateTimeOffset deadline, CancellationToken caller)
    {
        var type = command.GetType();
        var canonical = StoredJson.Encode(command, out var normalized);
        if (normalized)
        {
            command = (ICommand)StoredJson.Decode(CanonicalJson.Parse(canonical), type);
        }
        var cleared = author.ClearedBy is null ? "" : $"cleared by {author.ClearedBy}\n";
        var hash = Hash.Of([.. Encoding.UTF8.GetBytes($"{type.Name}\n{author.OnBehalfOf}\n{cleared}"), .. canonical]);
        var id = CommandKey.IdOf(author.Actor, key);
        var pending = new PendingCommand(command, author, id, hash, id.ToString()[..16], deadline, caller);
        pending.Anticipate(head);
        return pending;
    }

    /// <summary>The canonical bytes of an event's data.</summary>
    public byte[] DataOf(IEvent happened)
    {
        foreach (var (anticipated, data) in encoded)
        {
            if (anticipated.Equals(happened))
            {
                return data;
            }
        }
        return StoredJson.Encode(happened);
    }

    public void Answer(Outcome outcome) => answer.TrySetResult(outcome);

    private void Anticipate(RegistryState head)
    {
        try
        {
            if (Command.Decide(head, Author) is Decision.Accepted accepted)
            {
                encoded.AddRange(accepted.Events.Select(e => (e, StoredJson.Encode(e))));
            }
        }
        catch (Exception)
        {
            // Only a head start: the writer decides again, and answers for what goes wrong there.
        }
    }
}
