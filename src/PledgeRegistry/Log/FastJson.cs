using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PledgeRegistry.Log;

/// <summary>
/// The fast reader of event data: what is in canonical form by <see cref="FastDecoder"/>, all else by System.Text.Json,
/// which compiles a reader for each type once; nothing is reflected while entries are read. As strict as
/// <see cref="StoredShape"/>: a property test holds all to the same answers.
/// </summary>
internal static class FastJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = CanonicalJson.MaxDepth,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatCannotBeNull, RefuseNullItems } },
    };

    public static IEvent Decode(ReadOnlySpan<byte> data, Type type) =>
        (IEvent)(FastDecoder.TryDecode(data, type) ?? JsonSerializer.Deserialize(data, type, Options) ?? throw new FormatException("The data is null."));

    private static void RequireWhatCannotBeNull(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            property.IsRequired = property.AssociatedParameter is { IsNullable: false };
        }
    }

    // The annotations of a list's items are not among those that System.Text.Json respects.
    private static void RefuseNullItems(JsonTypeInfo info)
    {
        if (info.Kind == JsonTypeInfoKind.Enumerable)
        {
            info.OnDeserialized = list =>
            {
                foreach (var item in (IEnumerable)list)
                {
                    if (item is null)
                    {
                        throw new JsonException("Nothing (null) stands in a list.");
                    }
                }
            };
        }
    }
}
