using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Serialization;

namespace PledgeRegistry.Log;

/// <summary>
/// The fast writer of what is stored: for each type a list of members, made once from the contract of the reference writer
/// in <see cref="StoredJson"/>; nothing is reflected while values are written. It writes what is as it should be. Of all
/// else (a text to be normalized or refused, something that is missing, a shape that it doesn't know) it only says that it
/// can't, and the reference answers. A property test holds both to the same bytes.
/// </summary>
internal sealed class FastEncoder(IContractResolver reference)
{
    private delegate bool Write<in T>(ArrayBufferWriter<byte> target, T value);

    // Nothing that is written here encodes something else meanwhile, so one for each thread is enough.
    private static readonly ThreadLocal<ArrayBufferWriter<byte>> Buffer = new(() => new ArrayBufferWriter<byte>(4096));

    private readonly ConcurrentDictionary<Type, Write<object>?> roots = new();

    // Both only under the lock: how a type is written, or null while that is being found out.
    private readonly Lock gate = new();
    private readonly Dictionary<Type, object?> writers = [];

    /// <summary>The canonical bytes, or null where only the reference can say.</summary>
    public byte[]? TryEncode(object value)
    {
        if (roots.GetOrAdd(value.GetType(), Root) is not { } write)
        {
            return null;
        }
        var target = Buffer.Value!;
        target.ResetWrittenCount();
        try
        {
            return write(target, value) ? target.WrittenSpan.ToArray() : null;
        }
        catch (FormatException)
        {
            // A text or a number that can't be recorded.
            return null;
        }
    }

    private Write<object>? Root(Type type)
    {
        lock (gate)
        {
            try
            {
                return type.IsClass ? (Write<object>)Made(nameof(Unboxed), [type]) : null;
            }
            catch (NotSupportedException)
            {
                writers.Clear();
                return null;
            }
        }
    }

    private Write<object> Unboxed<T>() where T : class
    {
        var write = Writer<T>();
        return (target, value) => write(target, (T)value);
    }

    private Write<T> Writer<T>()
    {
        if (writers.TryGetValue(typeof(T), out var known))
        {
            return (Write<T>)(known ?? throw new NotSupportedException($"{typeof(T)} holds others of its own."));
        }
        writers.Add(typeof(T), null);
        var made = (Write<T>)Make<T>();
        writers[typeof(T)] = made;
        return made;
    }

    private object Make<T>() => reference.ResolveContract(typeof(T)) switch
    {
        _ when typeof(T) == typeof(string) => (Write<string>)Text,
        _ when typeof(T) == typeof(bool) => (Write<bool>)Boolean,
        _ when typeof(T) == typeof(int) => (Write<int>)((target, value) => Integer(target, value)),
        _ when typeof(T) == typeof(long) => (Write<long>)Integer,
        _ when typeof(T) == typeof(Texts) => (Write<Texts>)ByLanguage,
        _ when typeof(T).IsEnum => Made(nameof(Word), [typeof(T)]),
        _ when Nullable.GetUnderlyingType(typeof(T)) is { } underlying => Made(nameof(Present), [underlying]),
        JsonArrayContract when typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => Made(nameof(List), typeof(T).GetGenericArguments()),
        JsonObjectContract { Converter: null, ExtensionDataGetter: null } contract when typeof(T).IsSealed => Record<T>(contract),
        _ => throw new NotSupportedException($"{typeof(T)} is written by the reference alone."),
    };

    private Write<T> Record<T>(JsonObjectContract contract)
    {
        var members = new List<Write<T>>();
        // The contract has them in ordinal order.
        foreach (var property in contract.Properties.Where(p => !p.Ignored))
        {
            if (property is not { Converter: null, ShouldSerialize: null, GetIsSpecified: null, DefaultValueHandling: null, Readable: true }
                || typeof(T).GetProperty(property.UnderlyingName!) is not { GetMethod: { } getter })
            {
                throw new NotSupportedException($"{property.UnderlyingName} is written by the reference alone.");
            }
            var needed = property.Required == Newtonsoft.Json.Required.Always;
            members.Add((Write<T>)Made(nameof(Member), [typeof(T), getter.ReturnType], getter, property.PropertyName!, needed));
        }
        var all = members.ToArray();
        return (target, value) =>
        {
            CanonicalText.Write(target, "{"u8);
            foreach (var member in all)
            {
                if (!member(target, value))
                {
                    return false;
                }
            }
            CanonicalText.Write(target, "}"u8);
            return true;
        };
    }

    private Write<TOwner> Member<TOwner, T>(MethodInfo getter, string name, bool needed)
    {
        var get = getter.CreateDelegate<Func<TOwner, T>>();
        var key = Encoding.ASCII.GetBytes($"\"{name}\":");
        var write = Writer<T>();
        return (target, owner) =>
        {
            var value = get(owner);
            if (value is null)
            {
                return !needed;
            }
            if (target.WrittenSpan[^1] != (byte)'{')
            {
                CanonicalText.Write(target, ","u8);
            }
            CanonicalText.Write(target, key);
            return write(target, value);
        };
    }

    private Write<IReadOnlyList<T>> List<T>()
    {
        var write = Writer<T>();
        return (target, list) =>
        {
            CanonicalText.Write(target, "["u8);
            for (var i = 0; i < list.Count; i++)
            {
                if (i > 0)
                {
                    CanonicalText.Write(target, ","u8);
                }
                // What stands there must be something.
                if (list[i] is not { } item || !write(target, item))
                {
                    return false;
                }
            }
            CanonicalText.Write(target, "]"u8);
            return true;
        };
    }

    private Write<T?> Present<T>() where T : struct
    {
        var write = Writer<T>();
        return (target, value) => write(target, value!.Value);
    }

    private static Write<T> Word<T>() where T : struct, Enum
    {
        var words = Enum.GetValues<T>().Distinct().ToDictionary(v => v, v => Encoding.ASCII.GetBytes($"\"{JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString())}\""));
        return (target, value) =>
        {
            if (!words.TryGetValue(value, out var word))
            {
                return false;
            }
            CanonicalText.Write(target, word);
            return true;
        };
    }

    private static bool ByLanguage(ArrayBufferWriter<byte> target, Texts texts)
    {
        CanonicalText.Write(target, "{"u8);
        foreach (var (language, text) in texts)
        {
            if (target.WrittenSpan[^1] != (byte)'{')
            {
                CanonicalText.Write(target, ","u8);
            }
            if (!Text(target, language))
            {
                return false;
            }
            CanonicalText.Write(target, ":"u8);
            if (text is null || !Text(target, text))
            {
                return false;
            }
        }
        CanonicalText.Write(target, "}"u8);
        return true;
    }

    private static bool Text(ArrayBufferWriter<byte> target, string text)
    {
        if (!TextRules.IsPlainAscii(text))
        {
            TextRules.Check(text);
            if (!text.IsNormalized())
            {
                return false;
            }
        }
        CanonicalText.WriteString(target, text);
        return true;
    }

    private static bool Integer(ArrayBufferWriter<byte> target, long value)
    {
        CanonicalText.WriteInteger(target, value);
        return true;
    }

    private static bool Boolean(ArrayBufferWriter<byte> target, bool value)
    {
        CanonicalText.Write(target, value ? "true"u8 : "false"u8);
        return true;
    }

    // What this class has for such types.
    private object Made(string what, Type[] types, params object[] arguments) =>
        typeof(FastEncoder).GetMethod(what, BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(types).Invoke(this, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
