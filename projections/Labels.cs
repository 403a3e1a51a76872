using PledgeRegistry.Frameworks;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections;

/// <summary>A code of a list, with its label in the reader's language.</summary>
public sealed record Coded(string Code, string Label);

/// <summary>A participant, meeting, source or pledge by id, with its name in the reader's language.</summary>
public sealed record Named(string Id, string Name);

/// <summary>A framework's item, with its label in the reader's language.</summary>
public sealed record LabelledItem(string Framework, string Item, string Label);

/// <summary>Names and labels as they were known at a reading. For one request: not for several threads.</summary>
public sealed class Labels(ReadModels models, Reading reading)
{
    // A page has few codes and many places for them.
    private readonly Dictionary<(string List, string Code), Coded> codes = [];

    public Coded Code(string list, string code)
    {
        if (!codes.TryGetValue((list, code), out var coded))
        {
            codes.Add((list, code), coded = new Coded(code, models.Frameworks.Label(list, code, reading)));
        }
        return coded;
    }

    public Coded? OptionalCode(string list, string? code) => code is null ? null : Code(list, code);

    public IReadOnlyList<Coded> Codes(string list, IEnumerable<string> codes) => [.. codes.Select(c => Code(list, c))];

    public Named Participant(string code) => new(code, models.Participants.Name(code, reading));

    public Named Meeting(string id) => new(id, models.Meetings.Name(id, reading));

    public Named Source(string id) => new(id, models.Meetings.Source(id, reading.Size)?.Document.Title ?? id);

    public LabelledItem Item(ItemRef item) => new(item.Framework, item.Item, models.Frameworks.At(item.Framework, reading.Size)?.Label(item.Item, reading.Language) ?? item.Item);
}
