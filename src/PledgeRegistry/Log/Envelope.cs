using System.Globalization;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>The members of an entry as they are read: each exactly once, and no others.</summary>
internal sealed class Envelope
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private const int Members = 14;

    private readonly Dictionary<string, string?> texts = new(Members, StringComparer.Ordinal);
    private readonly Dictionary<string, long> numbers = new(2, StringComparer.Ordinal);

    public string Type => texts.GetValueOrDefault("type") ?? throw Lacking("type");

    /// <param name="value">Null where the stored value is null.</param>
    public void Text(string name, string? value)
    {
        if (!texts.TryAdd(name, value))
        {
            throw new FormatException($"'{name}' is there twice.");
        }
    }

    public void Number(string name, long value)
    {
        if (!numbers.TryAdd(name, value))
        {
            throw new FormatException($"'{name}' is there twice.");
        }
    }

    public Entry ToEntry(IEvent happened)
    {
        var entry = new Entry(
            Whole("position"),
            Needed("stream"),
            Whole("version"),
            Guid.ParseExact(Needed("id"), "D"),
            Type,
            DateTimeOffset.ParseExact(Needed("recordedAt"), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Needed("actor"),
            Needed("role"),
            Optional("onBehalfOf"),
            Hash.Parse(Needed("commandId")),
            Hash.Parse(Needed("commandHash")),
            Needed("correlationId"),
            Optional("causationId"),
            happened);
        // All of them were there, and the data: so any more is one that has no place here.
        return texts.Count + numbers.Count + 1 == Members && entry.Id.ToString("D", CultureInfo.InvariantCulture) == Needed("id")
            ? entry
            : throw new FormatException("There is more in it than an entry has, or its id isn't in lower case.");
    }

    private long Whole(string name) => numbers.TryGetValue(name, out var number) && number >= 0 ? number : throw Lacking(name);

    private string Needed(string name) => texts.GetValueOrDefault(name) ?? throw Lacking(name);

    private string? Optional(string name) => texts.TryGetValue(name, out var text) ? text : throw Lacking(name);

    private static FormatException Lacking(string name) => new($"'{name}' is not there, or not what it must be.");
}
