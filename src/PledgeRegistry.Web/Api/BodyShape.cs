using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PledgeRegistry.Web.Api;

/// <summary>A member of a command or of a record in it, as the body names it.</summary>
/// <param name="Needed">A number, code or flag that must be there, for its record says nothing of what it is without: absent, it would be read as 0. Texts and records that are absent are the registry's to refuse; a list that is absent is empty.</param>
internal sealed record BodyMember(string Name, Type Type, bool Needed);

/// <summary>
/// Holds a body against the records that it is to become, and finds everything that is wrong at once: members that aren't
/// known, members of the wrong type, codes that aren't in an enumeration.
/// </summary>
internal sealed class BodyShape
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<BodyMember>> ByType = [];

    private readonly List<FieldError> wrong = [];
    private readonly List<FieldError> refused = [];

    /// <summary>What can't be read as the records at all.</summary>
    public IReadOnlyList<FieldError> Wrong => wrong;

    /// <summary>What can be read, and breaks the registry's rules.</summary>
    public IReadOnlyList<FieldError> Refused => refused;

    /// <summary>The members of a record, in the order of its constructor.</summary>
    public static IReadOnlyList<BodyMember> MembersOf(Type record) => ByType.GetOrAdd(record, static type =>
    [
        .. type.GetConstructors().Single().GetParameters().Select(p => new BodyMember(
            JsonNamingPolicy.CamelCase.ConvertName(p.Name!), p.ParameterType,
            p.ParameterType.IsValueType && Nullable.GetUnderlyingType(p.ParameterType) is null && !p.HasDefaultValue)),
    ]);

    public void CheckObject(JsonElement value, IReadOnlyList<BodyMember> members, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            WrongType(path, "an object");
            return;
        }
        foreach (var property in value.EnumerateObject())
        {
            if (!members.Any(m => m.Name == property.Name))
            {
                wrong.Add(new FieldError("unknown-member", Join(path, property.Name), $"This isn't known here. Known are: {string.Join(", ", members.Select(m => m.Name))}."));
            }
        }
        foreach (var member in members)
        {
            var there = value.TryGetProperty(member.Name, out var content) && content.ValueKind != JsonValueKind.Null;
            if (there)
            {
                Check(content, Nullable.GetUnderlyingType(member.Type) ?? member.Type, Join(path, member.Name));
            }
            else if (member.Needed)
            {
                refused.Add(new FieldError("missing", Join(path, member.Name), "This is needed; fill it in."));
            }
        }
    }

    /// <summary>A body in which every list that was left out is there, and empty. Only for a body in which nothing was found wrong.</summary>
    public static JsonNode? Complete(JsonElement value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemOf(type) is { } item)
        {
            return value.ValueKind == JsonValueKind.Array ? new JsonArray([.. value.EnumerateArray().Select(e => Complete(e, item))]) : null;
        }
        if (value.ValueKind != JsonValueKind.Object || type == typeof(Texts))
        {
            return value.ValueKind == JsonValueKind.Null ? null : JsonSerializer.SerializeToNode(value);
        }
        return Complete(value, MembersOf(type));
    }

    /// <inheritdoc cref="Complete(JsonElement, Type)"/>
    public static JsonObject Complete(JsonElement value, IReadOnlyList<BodyMember> members)
    {
        var whole = new JsonObject();
        foreach (var member in members)
        {
            if (value.TryGetProperty(member.Name, out var content) && content.ValueKind != JsonValueKind.Null)
            {
                whole[member.Name] = Complete(content, member.Type);
            }
            else if (ItemOf(member.Type) is not null)
            {
                whole[member.Name] = new JsonArray();
            }
        }
        return whole;
    }

    private static Type? ItemOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private void Check(JsonElement value, Type type, string path)
    {
        if (type == typeof(string))
        {
            Expect(value.ValueKind == JsonValueKind.String, path, "text");
        }
        else if (type == typeof(int))
        {
            Expect(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _), path, "a whole number");
        }
        else if (type == typeof(bool))
        {
            Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, path, "true or false");
        }
        else if (type.IsEnum)
        {
            CheckCode(value, type, path);
        }
        else if (type == typeof(Texts))
        {
            CheckTexts(value, path);
        }
        else if (ItemOf(type) is { } item)
        {
            CheckList(value, item, path);
        }
        else
        {
            CheckObject(value, MembersOf(type), path);
        }
    }

    private void CheckCode(JsonElement value, Type type, string path)
    {
        if (!Expect(value.ValueKind == JsonValueKind.String, path, "text"))
        {
            return;
        }
        var codes = Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).ToArray();
        if (!codes.Contains(value.GetString()))
        {
            refused.Add(new FieldError("unknown-code", path, $"'{value.GetString()}' isn't one of: {string.Join(", ", codes)}."));
        }
    }

    private void CheckTexts(JsonElement value, string path)
    {
        if (!Expect(value.ValueKind == JsonValueKind.Object, path, "an object of texts by language"))
        {
            return;
        }
        foreach (var text in value.EnumerateObject())
        {
            Expect(text.Value.ValueKind == JsonValueKind.String, Join(path, text.Name), "text");
        }
    }

    private void CheckList(JsonElement value, Type item, string path)
    {
        if (!Expect(value.ValueKind == JsonValueKind.Array, path, "a list"))
        {
            return;
        }
        var i = 0;
        foreach (var element in value.EnumerateArray())
        {
            Check(element, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i++}]"));
        }
    }

    private bool Expect(bool holds, string path, string kind)
    {
        if (!holds)
        {
            WrongType(path, kind);
        }
        return holds;
    }

    private void WrongType(string path, string kind) => wrong.Add(new FieldError("wrong-type", path.Length == 0 ? null : path, $"This must be {kind}."));

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
