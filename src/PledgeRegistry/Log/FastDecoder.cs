using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace PledgeRegistry.Log;

/// <summary>
/// Reads event data in canonical form, which is how they are stored: members in ordinal order, each once, absent ones left
/// out. A reader for each type is made once. Of anything else it only says that it can't read it, and
/// <see cref="FastJson"/> reads or refuses that. What comes again and again (codes, dates, empty lists) is made once.
/// </summary>
internal static class FastDecoder
{
    private delegate object Read(ref Utf8JsonReader reader);

    /// <summary>Longer texts are hardly ever the same.</summary>
    private const int LongestShared = 24;

    private static readonly ConcurrentDictionary<Type, Read?> Roots = new();
    private static readonly TextsJsonConverter ByLanguage = new();

    /// <summary>The value, or null where the data aren't in canonical form or of a shape that this knows.</summary>
    public static object? TryDecode(ReadOnlySpan<byte> data, Type type)
    {
        if (Roots.GetOrAdd(type, Root) is not { } read)
        {
            return null;
        }
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        try
        {
            reader.Read();
            var value = read(ref reader);
            return reader.Read() ? null : value;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Read? Root(Type type)
    {
        try
        {
            return Of(type, []);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <param name="within">The types that hold this one.</param>
    private static Read Of(Type type, IReadOnlyList<Type> within) =>
        type == typeof(string) ? Text
        : type == typeof(bool) ? Boolean
        : type == typeof(int) ? static (ref reader) => reader.GetInt32()
        : type == typeof(long) ? static (ref reader) => reader.GetInt64()
        : type == typeof(Texts) ? static (ref reader) => ByLanguage.Read(ref reader, typeof(Texts), JsonSerializerOptions.Default)
        : Nullable.GetUnderlyingType(type) is { } underlying ? Of(underlying, within)
        : type.IsEnum ? Word(type)
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? List(type.GetGenericArguments()[0], within)
        : type is { IsClass: true, IsSealed: true } && !within.Contains(type) && type.GetCustomAttribute<JsonConverterAttribute>() is null ? Record(type, [.. within, type])
        : throw new NotSupportedException($"{type} is read by System.Text.Json.");

    private static Read Record(Type type, IReadOnlyList<Type> within)
    {
        var parameters = type.GetConstructors() is [var constructor] ? constructor.GetParameters() : [];
        if (parameters.Length == 0
            || parameters.Any(p => p is { HasDefaultValue: true, DefaultValue: not null } && StoredShape.MayLack(type, p.Name!))
            || type.GetProperties().Any(p => p.CanWrite && !parameters.Any(q => q.Name == p.Name)))
        {
            throw new NotSupportedException($"{type} is read by System.Text.Json.");
        }
        var make = Maker(type.GetConstructors()[0]);
        var members = parameters
            .Select((p, i) => (Name: JsonNamingPolicy.CamelCase.ConvertName(p.Name!), Slot: i, Needed: !StoredShape.MayLack(type, p.Name!), Read: Of(p.ParameterType, within)))
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => (Name: Encoding.ASCII.GetBytes(m.Name), m.Slot, m.Needed, m.Read))
            .ToArray();
        return (ref reader) =>
        {
            Expect(reader.TokenType == JsonTokenType.StartObject);
            reader.Read();
            var values = new object?[members.Length];
            foreach (var (name, slot, needed, read) in members)
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name))
                {
                    reader.Read();
                    values[slot] = read(ref reader);
                    reader.Read();
                }
                else
                {
                    Expect(!needed);
                }
            }
            Expect(reader.TokenType == JsonTokenType.EndObject);
            return make(values);
        };
    }

    // Each value was made by the reader of its own parameter.
    private static Func<object?[], object> Maker(ConstructorInfo constructor)
    {
        var values = Expression.Parameter(typeof(object[]));
        var arguments = constructor.GetParameters().Select((p, i) =>
        {
            var value = Expression.ArrayIndex(values, Expression.Constant(i));
            return p.ParameterType.IsValueType
                ? (Expression)Expression.Convert(value, p.ParameterType)
                : Expression.Call(typeof(Unsafe), nameof(Unsafe.As), [p.ParameterType], value);
        });
        return Expression.Lambda<Func<object?[], object>>(Expression.New(constructor, arguments), values).Compile();
    }

    private static Read List(Type item, IReadOnlyList<Type> within)
    {
        var read = Of(item, within);
        var toArray = typeof(FastDecoder).GetMethod(nameof(ToArray), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(item).CreateDelegate<Func<List<object>, object>>();
        var none = toArray([]);
        return (ref reader) =>
        {
            Expect(reader.TokenType == JsonTokenType.StartArray);
            reader.Read();
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return none;
            }
            var items = new List<object>();
            while (reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(read(ref reader));
                reader.Read();
            }
            return toArray(items);
        };
    }

    private static T[] ToArray<T>(List<object> items) => items.Count == 0 ? [] : [.. items.Cast<T>()];

    private static Read Word(Type type)
    {
        if (type.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType != typeof(KebabEnum<>).MakeGenericType(type))
        {
            throw new NotSupportedException($"{type} is read by System.Text.Json.");
        }
        var words = Enum.GetValues(type).Cast<object>().Select(v => (Word: Encoding.ASCII.GetBytes(JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()!)), Value: v)).ToArray();
        return (ref reader) =>
        {
            Expect(reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped);
            foreach (var (word, value) in words)
            {
                if (reader.ValueSpan.SequenceEqual(word))
                {
                    return value;
                }
            }
            throw new FormatException("No such word.");
        };
    }

    private static object Text(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String);
        return reader is { ValueIsEscaped: false, ValueSpan.Length: <= LongestShared } && Utf8.IsValid(reader.ValueSpan)
            ? SharedStrings.Get(reader.ValueSpan)
            : reader.GetString()!;
    }

    private static object Boolean(ref Utf8JsonReader reader) => reader.GetBoolean();

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new FormatException("Not in canonical form.");
        }
    }
}
