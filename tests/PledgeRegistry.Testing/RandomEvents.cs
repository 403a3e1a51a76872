using System.Reflection;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Testing;

/// <summary>
/// Random records of any type, made from their declarations: what may be null sometimes is, lists are sometimes empty,
/// texts have what is awkward in Unicode and JSON. Valid for the codec; for the rules of the domain only by luck.
/// </summary>
public sealed class RandomEvents(int seed)
{
    private static readonly string[] Pieces =
    [
        "a", "Z", " ", "migrant", "\"", "\\", "/", "\n", "\r", "\t", "\u2028", "\u2029", "é", "ñ", "ı", "İ", "ß", "الصحة", "健康", "🌍", "👩‍⚕️",
        "\u200e", "\u200f", "\u2068abc\u2069", "<b>", "&", "0", "-1", "1e5", "null", "{}", "%", "\u00a0", "\ufeff", "\ufdd0", "𝔘", "q\u0323",
    ];

    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Type[] EventClasses = [.. EventTypes.All.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value)];

    public Random Random { get; } = new(seed);

    /// <summary>All types of events, in the order of their stored names.</summary>
    public static IReadOnlyList<Type> Types => EventClasses;

    public IEvent Event() => Event(EventClasses[Random.Next(EventClasses.Length)]);

    public IEvent Event(Type type) => (IEvent)Value(type, mayBeNull: false)!;

    public Entry Entry() => Entry(Event());

    public Entry Entry(IEvent happened) => new(
        Random.NextInt64(CanonicalText.MaxInteger), $"pledge/{Text()}", Random.Next(1000), Id(), EventTypes.NameOf(happened), Time(),
        Text(), Text(), Random.Next(2) == 0 ? null : Text(), Digest(), Digest(), Text(), Random.Next(2) == 0 ? null : Text(), happened);

    public static byte[] Encode(Entry entry) => EntryCodec.Encode(entry, StoredJson.Encode(entry.Event));

    /// <summary>Text in NFC that the rules allow.</summary>
    public string Text() => string.Concat(Enumerable.Range(0, Random.Next(1, 6)).Select(_ => Pieces[Random.Next(Pieces.Length)])).Normalize();

    public Hash Digest()
    {
        Span<byte> bytes = stackalloc byte[Hash.Length];
        Random.NextBytes(bytes);
        return new Hash(bytes);
    }

    /// <summary>A UUIDv7 of random bits only: the base library's own would differ from run to run.</summary>
    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.NextBytes(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Random.NextInt64(0, 4_000_000_000_000));

    private object? Value(Type type, bool mayBeNull)
    {
        if (mayBeNull && Random.Next(3) == 0)
        {
            return null;
        }
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => Text(),
            _ when type == typeof(bool) => Random.Next(2) == 0,
            _ when type == typeof(int) => Random.Next(4) switch { 0 => 0, 1 => int.MinValue, 2 => int.MaxValue, _ => Random.Next() },
            _ when type == typeof(long) => Random.NextInt64(-CanonicalText.MaxInteger, CanonicalText.MaxInteger + 1),
            _ when type == typeof(Texts) => new Texts(Enumerable.Range(0, Random.Next(4)).Select(_ => Text()).Distinct().Select(l => KeyValuePair.Create(l, Text()))),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Random.Next(Enum.GetValues(type).Length)),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type.GetGenericArguments()[0]),
            _ => Record(type),
        };
    }

    private Array List(Type item)
    {
        var list = Array.CreateInstance(item, Random.Next(4));
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(Value(item, mayBeNull: false), i);
        }
        return list;
    }

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, MayBeNull(p)))]);
    }

    private static bool MayBeNull(ParameterInfo parameter)
    {
        lock (Nullability)
        {
            return Nullability.Create(parameter).ReadState == NullabilityState.Nullable;
        }
    }
}
