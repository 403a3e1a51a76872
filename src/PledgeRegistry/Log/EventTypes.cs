using System.Collections.Frozen;
using System.Reflection;

namespace PledgeRegistry.Log;

/// <summary>Every event there is: stored name ↔ record. Found by attribute, so an event can't be forgotten here.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<string, Type> ByName = typeof(EventTypes).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IEvent)))
        .ToFrozenDictionary(t => t.GetCustomAttribute<EventTypeAttribute>()?.Name
            ?? throw new InvalidOperationException($"{t} is an event without a stored name."), StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> ByType = ByName.ToFrozenDictionary(p => p.Value, p => p.Key);

    public static IEnumerable<KeyValuePair<string, Type>> All => ByName;

    public static string NameOf(IEvent happened) => ByType[happened.GetType()];

    public static Type? Find(string name) => ByName.GetValueOrDefault(name);
}
