using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// How a command is read: what the address names comes from the address, the version from If-Match, and all else from
/// the body. The member <c>framework</c> is the address's scheme and version together.
/// </summary>
internal sealed class CommandBody<TCommand>(string pattern) where TCommand : class, ICommand
{
    private const string Version = "expectedVersion";

    private static readonly ConstructorInfo Constructor = typeof(TCommand).GetConstructors().Single();

    private readonly IReadOnlyList<BodyMember> members =
        [.. BodyShape.MembersOf(typeof(TCommand)).Where(m => m.Name != Version && !pattern.Contains($"{{{m.Name}", StringComparison.Ordinal) && !(m.Name == "framework" && FrameworkInAddress(pattern)))];

    /// <summary>True if the command replaces a value, and so names the version that it replaces.</summary>
    public static bool Replaces => BodyShape.MembersOf(typeof(TCommand)).Any(m => m.Name == Version);

    public (TCommand? Command, Problem? Problem) Read(JsonElement body, RouteValueDictionary route, long? expectedVersion)
    {
        var shape = new BodyShape();
        shape.CheckObject(body, members, "");
        if (shape.Wrong.Count > 0)
        {
            FieldError[] all = [.. shape.Wrong, .. shape.Refused];
            return (null, Problem.Of("wrong-shape", Describe(all), all));
        }
        if (shape.Refused.Count > 0)
        {
            return (null, Refusals.ToProblem([.. shape.Refused.Select(e => new Refusal(e.Code, e.Message, e.Field))]));
        }
        var whole = BodyShape.Complete(body, members);
        object?[] arguments = [.. BodyShape.MembersOf(typeof(TCommand)).Select(m => Argument(m, whole, route, expectedVersion))];
        return ((TCommand)Constructor.Invoke(arguments), null);
    }

    private object? Argument(BodyMember member, JsonObject body, RouteValueDictionary route, long? expectedVersion)
    {
        if (members.Contains(member))
        {
            // Where a member may be left out, what its command says of it holds.
            return body[member.Name] is { } value ? value.Deserialize(member.Type, ApiJson.Options) : null;
        }
        if (member.Name == Version)
        {
            return expectedVersion!.Value;
        }
        var text = member.Name == "framework" ? $"{route["scheme"]}/{route["version"]}" : (string)route[member.Name]!;
        return member.Type == typeof(int) ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : text;
    }

    private static bool FrameworkInAddress(string pattern) => pattern.Contains("{scheme}/{version}", StringComparison.Ordinal);

    private static string Describe(IEnumerable<FieldError> errors) => string.Join(" ", errors.Select(e => e.Field is null ? e.Message : $"{e.Field}: {e.Message}"));
}
