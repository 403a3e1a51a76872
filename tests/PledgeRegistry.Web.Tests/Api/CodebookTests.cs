using System.Reflection;
using PledgeRegistry.Log;
using PledgeRegistry.Web.Codebook;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Whatever is recorded or answered says what it means, in the code, so that the codebook can.</summary>
public sealed class CodebookTests
{
    [Fact]
    public void Every_event_and_record_says_what_it_is_for_and_what_each_field_means()
    {
        var missing = EventTypes.All.Select(e => e.Value).Concat(CodebookBuilder.RecordTypes()).Distinct().SelectMany(type =>
            (XmlDocs.Summary(type) is null ? [$"{Name(type)}: a <summary>"] : Array.Empty<string>())
                .Concat(type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
                    .Where(p => XmlDocs.Parameter(type, p.Name!) is null).Select(p => $"{Name(type)}: a <param name=\"{p.Name}\">")))
            .Order(StringComparer.Ordinal).ToArray();
        Assert.True(missing.Length == 0, $"{missing.Length} doc texts are missing. Say in the code what each means (units, the list it is a code of, where the term is from):\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_value_of_an_enumeration_and_every_state_of_a_view_says_what_it_means()
    {
        var missing = CodebookBuilder.EnumerationTypes().SelectMany(e =>
            (XmlDocs.Summary(e.Type) is null ? [$"{Name(e.Type)}: a <summary>"] : Array.Empty<string>())
                .Concat(Enum.GetNames(e.Type).Where(v => XmlDocs.Summary(e.Type, v) is null).Select(v => $"{Name(e.Type)}.{v}: a <summary>"))).ToArray();
        Assert.True(missing.Length == 0, $"{missing.Length} doc texts are missing. Say in the code what each value means:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_command_says_what_it_does()
    {
        var missing = typeof(IEvent).Assembly.GetTypes().Where(t => t is { IsInterface: false } && t.IsAssignableTo(typeof(Writing.ICommand)) && XmlDocs.Summary(t) is null).Select(Name).ToArray();
        Assert.True(missing.Length == 0, $"Say in a <summary> what these do: {string.Join(", ", missing)}");
    }

    private static string Name(MemberInfo type) => type.DeclaringType is { } family ? $"{family.Name}.{type.Name}" : type.Name;
}
