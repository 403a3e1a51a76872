using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace PledgeRegistry.Log;

/// <summary>
/// How records become stored JSON and back, by Newtonsoft.Json, and written faster where that is the same: camelCase names in ordinal order, enumerations as
/// kebab-case words, absent values left out, unknown names refused. The reference that the fast reader and the fast writer are held equal to.
/// Events are whole or refused, when they are written and when they are read; a command may lack what its rules will ask for.
/// </summary>
public static class StoredJson
{
    private static readonly JsonSerializerSettings OfEvents = Settings(new OrdinalContracts(whole: true));
    private static readonly JsonSerializerSettings OfOthers = Settings(new OrdinalContracts(whole: false));

    private static JsonSerializerSettings Settings(OrdinalContracts contracts) => new()
    {
        ContractResolver = contracts,
        NullValueHandling = NullValueHandling.Ignore,
        MissingMemberHandling = MissingMemberHandling.Error,
        DateParseHandling = DateParseHandling.None,
        MaxDepth = CanonicalJson.MaxDepth,
        Culture = CultureInfo.InvariantCulture,
        Converters =
        {
            new StringEnumConverter(new KebabCaseNamingStrategy(), allowIntegerValues: false),
            new TextsConverter(),
        },
    };

    private static readonly FastEncoder FastForEvents = new(OfEvents.ContractResolver!);
    private static readonly FastEncoder FastForOthers = new(OfOthers.ContractResolver!);

    private static readonly ConcurrentBag<JsonSerializer> ForEvents = [];
    private static readonly ConcurrentBag<JsonSerializer> ForOthers = [];

    /// <summary>The canonical bytes of a value.</summary>
    /// <param name="value">A record of records, lists, strings, integers, booleans and enumerations.</param>
    /// <param name="normalized">True if a text had to be brought to NFC: the value itself is then not what is read back.</param>
    /// <exception cref="TextRefusedException">A text breaks a rule; it names the place.</exception>
    /// <exception cref="JsonSerializationException">An event that lacks something.</exception>
    public static byte[] Encode(object value, out bool normalized)
    {
        normalized = false;
        return EncodeFast(value) ?? EncodeReference(value, out normalized);
    }

    /// <summary>The same by Newtonsoft.Json, and slower.</summary>
    /// <inheritdoc cref="Encode(object, out bool)"/>
    public static byte[] EncodeReference(object value, out bool normalized)
    {
        var target = new ArrayBufferWriter<byte>(512);
        using var writer = new CanonicalWriter(target);
        var (pool, settings) = value is IEvent ? (ForEvents, OfEvents) : (ForOthers, OfOthers);
        var serializer = pool.TryTake(out var taken) ? taken : JsonSerializer.Create(settings);
        try
        {
            serializer.Serialize(writer, value);
        }
        catch (TextRefusedException e)
        {
            throw new TextRefusedException(e.Reason, writer.Path);
        }
        pool.Add(serializer);
        normalized = writer.Normalized;
        return target.WrittenSpan.ToArray();
    }

    public static byte[] Encode(object value) => Encode(value, out _);

    /// <summary>The same faster, or null where only the reference can say.</summary>
    internal static byte[]? EncodeFast(object value) => (value is IEvent ? FastForEvents : FastForOthers).TryEncode(value);

    /// <summary>True if both are stored as the same bytes.</summary>
    public static bool Same(object a, object b) => Encode(a).AsSpan().SequenceEqual(Encode(b));

    /// <exception cref="FormatException">The JSON isn't of that shape; the message says where.</exception>
    public static object Decode(JToken json, Type type)
    {
        try
        {
            if (type.IsAssignableTo(typeof(IEvent)))
            {
                StoredShape.Check(json, type);
            }
            return json.ToObject(type, JsonSerializer.Create(OfOthers)) ?? throw new FormatException("null is no value.");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public static T Decode<T>(ReadOnlySpan<byte> json) => (T)Decode(CanonicalJson.Parse(json), typeof(T));

    private sealed class OrdinalContracts : DefaultContractResolver
    {
        private readonly bool whole;

        public OrdinalContracts(bool whole)
        {
            this.whole = whole;
            NamingStrategy = new CamelCaseNamingStrategy();
        }

        protected override IList<JsonProperty> CreateProperties(Type type, MemberSerialization memberSerialization)
        {
            List<JsonProperty> properties = [.. base.CreateProperties(type, memberSerialization)
                .Where(p => p.Writable || IsConstructorParameter(type, p))
                .OrderBy(p => p.PropertyName, StringComparer.Ordinal)];
            if (whole)
            {
                foreach (var property in properties.Where(p => !StoredShape.MayLack(type, p.UnderlyingName!)))
                {
                    property.Required = Required.Always;
                    property.NullValueHandling = NullValueHandling.Include;
                }
            }
            return properties;
        }

        // What a record computes from its members is not stored.
        private static bool IsConstructorParameter(Type type, JsonProperty property) =>
            type.GetConstructors().Any(c => c.GetParameters().Any(p =>
                string.Equals(p.Name, property.UnderlyingName, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Texts by language: keys in ordinal order.</summary>
    private sealed class TextsConverter : JsonConverter<Texts>
    {
        public override void WriteJson(JsonWriter writer, Texts? value, JsonSerializer serializer)
        {
            writer.WriteStartObject();
            foreach (var (language, text) in value!)
            {
                writer.WritePropertyName(language);
                writer.WriteValue(text);
            }
            writer.WriteEndObject();
        }

        public override Texts ReadJson(JsonReader reader, Type objectType, Texts? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            var json = JToken.ReadFrom(reader) as JObject ?? throw new JsonSerializationException("Texts by language are an object.");
            return new Texts(json.Properties().Select(p => KeyValuePair.Create(p.Name,
                p.Value.Type == JTokenType.String ? (string)p.Value! : throw new JsonSerializationException($"{p.Path} must be text."))));
        }
    }
}
