using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Rules;

/// <summary>What holds for every event and command there is, and for the assembly they are in.</summary>
public sealed partial class DomainRules
{
    private static readonly Assembly Registry = typeof(ICommand).Assembly;

    private static readonly Type[] Commands = [.. Registry.GetTypes().Where(t => t is { IsInterface: false, IsAbstract: false } && t.IsAssignableTo(typeof(ICommand)))];

    // This file names no event or command as a test does.
    private static readonly (string Path, string Text)[] Tests =
        [.. Repository.Sources("tests", "PledgeRegistry.Tests").Where(f => Path.GetFileName(f.Path).EndsWith("Tests.cs", StringComparison.Ordinal))];

    public static TheoryData<string> EventNames() => [.. EventTypes.All.Select(e => e.Key).Order(StringComparer.Ordinal)];

    public static TheoryData<string> CommandNames() => [.. Commands.Select(c => c.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_event_is_a_sealed_record_with_a_stored_name_and_a_version(string name)
    {
        var type = EventTypes.Find(name)!;
        Assert.True(type.IsSealed && Variations.IsRecord(type), $"{type} is to be a sealed record.");
        Assert.True(StoredName().IsMatch(type.GetCustomAttribute<EventTypeAttribute>()!.Name), $"'{name}' is no stored name such as pledge-recorded.v1.");
    }

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_event_holds_only_what_can_be_stored_for_ever(string name) => AssertStorable(EventTypes.Find(name)!);

    [Theory]
    [MemberData(nameof(EventNames))]
    public void The_state_has_an_arm_for_each_event(string name)
    {
        var happened = Samples.Events.Single(e => EventTypes.NameOf(e) == name);
        var stream = Samples.StreamOf(happened);
        var before = Samples.State;
        var after = before.Evolve(stream, happened);
        Assert.Equal(before.VersionOf(stream) + 1, after.VersionOf(stream));
    }

    [Theory]
    [MemberData(nameof(EventNames))]
    public void Each_event_is_named_by_a_test(string name)
    {
        var type = EventTypes.Find(name)!;
        Assert.True(Tests.Any(t => Regex.IsMatch(t.Text, $@"\b{type.DeclaringType!.Name}\.{type.Name}\b")), $"No test names the event {type.DeclaringType!.Name}.{type.Name}; write one.");
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Each_command_is_given_by_a_test(string name) =>
        Assert.True(Tests.Any(t => Regex.IsMatch(t.Text, $@"\b{name}\b") && t.Text.Contains(".ThenRefused(", StringComparison.Ordinal)), $"No test gives the command {name}; write one for what it accepts and one for each refusal.");

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void A_command_is_a_sealed_record_of_what_can_be_stored(string name)
    {
        var type = Commands.Single(c => c.Name == name);
        Assert.True(type.IsSealed && Variations.IsRecord(type), $"{type} is to be a sealed record.");
        AssertStorable(type);
    }

    [Fact]
    public void There_are_events_and_commands_to_look_at()
    {
        Assert.True(EventTypes.All.Count() >= 34);
        Assert.True(Commands.Length >= 34);
        Assert.Equal(Commands.Length, Commands.Select(c => c.Name).Distinct().Count());
    }

    [Fact]
    public void The_state_stops_at_an_event_it_does_not_know() =>
        Assert.Throws<InvalidOperationException>(() => SampleRegistry.State.Evolve("pledge/IMRF-2022-0001", new Unheard()));

    [Fact]
    public void Nothing_static_can_be_changed()
    {
        var mutable = Registry.GetTypes().Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute)) && t.FullName?.Contains('<', StringComparison.Ordinal) == false && t.Namespace?.StartsWith("PledgeRegistry", StringComparison.Ordinal) == true)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => f is { IsInitOnly: false, IsLiteral: false } || (f is { IsPublic: true, DeclaringType.IsVisible: true } && IsMutable(f.FieldType)))
            .Select(f => $"{f.DeclaringType}.{f.Name}");
        Assert.Empty(mutable);
        var settable = Registry.GetTypes().SelectMany(t => t.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)).Where(p => p.CanWrite).Select(p => $"{p.DeclaringType}.{p.Name}");
        Assert.Empty(settable);
    }

    [Fact]
    public void The_registry_knows_no_web_and_no_database()
    {
        string[] known = ["MediatR", "Newtonsoft.Json", "netstandard", "mscorlib"];
        Assert.All(Registry.GetReferencedAssemblies().Select(a => a.Name!), name =>
            Assert.True(known.Contains(name) || name.StartsWith("System", StringComparison.Ordinal), $"The registry is not to know {name}."));
    }

    private static void AssertStorable(Type record)
    {
        foreach (var member in Variations.Members(record))
        {
            AssertStorable(member.ParameterType, $"{record.Name}.{member.Name}");
        }
    }

    private static void AssertStorable(Type type, string where)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(bool) || type.IsEnum || type == typeof(Texts) || type == typeof(EffectiveDate))
        {
            return;
        }
        if (Variations.IsList(type, out var item))
        {
            AssertStorable(item, where);
            return;
        }
        Assert.True(Variations.IsRecord(type) && type is { IsSealed: true, IsValueType: false },
            $"{where} is a {type.Name}. What is stored is text, whole numbers, booleans, enumerations, dates as EffectiveDate, texts by language, and lists and sealed records of those.");
        AssertStorable(type);
    }

    private static bool IsMutable(Type type) =>
        type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() is { } definition && (definition == typeof(List<>) || definition == typeof(Dictionary<,>) || definition == typeof(HashSet<>)));

    [GeneratedRegex(@"^[a-z-]+\.v[0-9]+\z")]
    private static partial Regex StoredName();

    private sealed record Unheard : IEvent;
}
