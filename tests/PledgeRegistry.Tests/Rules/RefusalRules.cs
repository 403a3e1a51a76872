using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Rules;

/// <summary>What holds for each command and each of its members, found by walking over a good one of each type.</summary>
public sealed class RefusalRules
{
    // A bidirectional override, a NUL, half a character.
    private static readonly string[] Unwritten = ["\u202e", "x\0y", "\ud800"];

    public static TheoryData<string> CommandTypes() => [.. typeof(ICommand).Assembly.GetTypes().Where(t => t is { IsInterface: false } && t.IsAssignableTo(typeof(ICommand))).Select(t => t.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void Each_command_has_a_sample_that_is_accepted(string type)
    {
        Assert.All(SamplesOf(type).Select(Decide), decision =>
            Assert.True(decision is Decision.Accepted, decision is Decision.Refused refused ? string.Join('\n', refused.Reasons) : $"{decision}"));
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_commands_samples_have_every_member_filled_between_them(string type) =>
        Assert.Empty(SamplesOf(type)
            .Select(s => Variations.Of(s, (declared, part) => part is null or System.Collections.ICollection { Count: 0 } or Texts { Count: 0 } ? [null] : []).Select(v => v.Path))
            .Aggregate((missing, others) => missing.Intersect(others)));

    /// <summary>From outside anything may be null: lists, what is in them, nested records, dates, texts.</summary>
    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_null_where_something_is_needed_is_refused_by_its_field(string type) =>
        Refused(type, (declared, part) => declared.IsValueType ? [] : [null], optionalToo: false);

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void What_is_optional_may_be_absent_without_a_fault(string type)
    {
        foreach (var variation in SamplesOf(type).SelectMany(s => Variations.Of(s, (declared, part) => declared.IsValueType && Nullable.GetUnderlyingType(declared) is null ? [] : [null])).Where(v => v.Optional))
        {
            Assert.NotNull(Decide((ICommand)variation.Value));
        }
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void An_empty_or_blank_text_is_refused_by_its_field(string type) =>
        Refused(type, (declared, part) => declared == typeof(string) ? ["", " \t"] : [], optionalToo: true);

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_text_that_can_not_be_stored_is_refused_by_its_field(string type) =>
        Refused(type, (declared, part) => declared == typeof(string) ? Unwritten : [], optionalToo: true);

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void An_e_mail_address_is_refused_wherever_it_stands(string type) =>
        Refused(type, (declared, part) => declared == typeof(string) ? [part is string s && s.StartsWith("http", StringComparison.Ordinal) ? s + "?ana@example.org" : $"{part} ana@example.org"] : [], optionalToo: true);

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_number_that_no_enumeration_has_is_refused_by_its_field(string type) =>
        Refused(type, (declared, part) => declared.IsEnum ? [Enum.ToObject(declared, 99), Enum.ToObject(declared, -1)] : [], optionalToo: true);

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void What_is_no_date_is_refused_by_its_field(string type) =>
        Refused(type, (declared, part) => declared == typeof(EffectiveDate) ? [new EffectiveDate("03/04/2022"), new EffectiveDate("2022", "May"), new EffectiveDate(null!)] : [], optionalToo: true);

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void The_same_item_twice_in_a_list_is_refused_by_its_field(string type)
    {
        Refused(type, (declared, part) => Variations.IsList(declared, out var item) && part is System.Collections.IList { Count: > 0 } list ? [Twice(list, item)] : [], optionalToo: true);

        static Array Twice(System.Collections.IList list, Type item)
        {
            var twice = Array.CreateInstance(item, list.Count + 1);
            list.CopyTo(twice, 0);
            twice.SetValue(list[0], list.Count);
            return twice;
        }
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void Numbers_of_any_size_make_no_fault(string type)
    {
        foreach (var variation in SamplesOf(type).SelectMany(s => Variations.Of(s, (declared, part) => part is int ? [int.MinValue, -1, 0, int.MaxValue] : part is long ? [long.MinValue, -1L, 0L, long.MaxValue] : [])))
        {
            Assert.NotNull(Decide((ICommand)variation.Value));
        }
    }

    [Fact]
    public void What_is_accepted_can_be_stored_and_read_back()
    {
        foreach (var happened in Samples.Commands.SelectMany(c => ((Decision.Accepted)Decide(c)).Events))
        {
            var bytes = StoredJson.Encode(happened);
            Assert.Equal(bytes, StoredJson.Encode(StoredJson.Decode(CanonicalJson.Parse(bytes), happened.GetType())));
        }
    }

    private static List<ICommand> SamplesOf(string type)
    {
        var samples = Samples.Commands.Where(c => c.GetType().Name == type).ToList();
        return samples.Count > 0 ? samples : throw Xunit.Sdk.FailException.ForFailure($"{type} has no sample in {nameof(Samples)}; give it one.");
    }

    private static Decision Decide(ICommand command) => command.Decide(Samples.StateFor(command), SampleRegistry.Author);

    private static void Refused(string type, Func<Type, object?, IEnumerable<object?>> replace, bool optionalToo)
    {
        foreach (var variation in SamplesOf(type).SelectMany(s => Variations.Of(s, replace)).Where(v => optionalToo || !v.Optional))
        {
            Decision decision;
            try
            {
                decision = Decide((ICommand)variation.Value);
            }
            catch (Exception e)
            {
                throw Xunit.Sdk.FailException.ForFailure($"{type} with another {variation.Path}: {e}");
            }
            var reasons = (decision as Decision.Refused)?.Reasons ?? throw Xunit.Sdk.FailException.ForFailure($"{type} with another {variation.Path} is not refused.");
            Assert.True(reasons.Any(r => r.Field is { } field && (variation.Path == field || Within(variation.Path, field) || Within(field, variation.Path))),
                $"{type} with another {variation.Path} is refused without naming it:\n{string.Join('\n', reasons)}");
        }
    }

    private static bool Within(string path, string whole) => path.StartsWith(whole, StringComparison.Ordinal) && path.Length > whole.Length && path[whole.Length] is '.' or '[';
}
