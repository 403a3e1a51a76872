using System.CommandLine;
using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class NumberTests(Registries registries)
{
    private static readonly string[] NoNumbers = ["abc", "", "-1", "99999999999999999999"];
    private static readonly Type[] Numeric = [typeof(long), typeof(int), typeof(double)];

    [Fact]
    public void What_is_no_number_of_a_numeric_option_is_refused_by_every_verb_with_what_it_takes()
    {
        var all = CommandTree.Verbs().SelectMany(v => CommandTree.Options(v).Where(o => IsNumber(o.ValueType)).Select(o => (Verb: v, o.Name))).ToList();
        foreach (var (verb, name) in all)
        {
            foreach (var value in NoNumbers)
            {
                Assert.Contains(CommandTree.Wrong([.. CommandTree.Words(verb), name, value]), w => w.StartsWith($"{name}: ", StringComparison.Ordinal) && w.EndsWith($"'{value}' is none.", StringComparison.Ordinal));
            }
        }
        foreach (var expected in new[] { "history --from", "history --limit", "replay --from", "replay --to", "replay --speed", "search --limit", "search --skip", "diff --limit", "verify --size" })
        {
            Assert.Contains(expected, all.Select(a => $"{a.Verb.Name} {a.Name}"));
        }
    }

    [Fact]
    public void What_is_no_number_of_a_numeric_argument_is_refused()
    {
        var all = CommandTree.Verbs().SelectMany(v => v.Arguments.Where(a => IsNumber(a.ValueType)).Select(a => (Verb: v, a.Name))).ToList();
        Assert.Contains(all, a => a.Verb.Name == "redact");
        foreach (var (verb, name) in all)
        {
            foreach (var value in NoNumbers)
            {
                Assert.Contains(CommandTree.Wrong([.. CommandTree.Words(verb), value]), w => w.StartsWith($"{name}: ", StringComparison.Ordinal));
            }
        }
    }

    // Validators run although a value can't be understood, and must not fall over it.
    [Fact]
    public void No_value_of_any_option_or_argument_of_any_verb_makes_the_parsing_fail()
    {
        foreach (var verb in CommandTree.Verbs())
        {
            foreach (var value in NoNumbers)
            {
                foreach (var option in CommandTree.Options(verb))
                {
                    Assert.NotNull(CommandTree.Wrong([.. CommandTree.Words(verb), $"{option.Name}={value}"]));
                    Assert.NotNull(CommandTree.Wrong([.. CommandTree.Words(verb), value, option.Name, value]));
                }
                Assert.NotNull(CommandTree.Wrong([.. CommandTree.Words(verb), value]));
            }
        }
    }

    [Theory]
    [InlineData("redact abc --reason x", "POSITION: An entry's number is a whole number, 0 or more. 'abc' is none.")]
    [InlineData("verify --size abc", "--size: A size is a whole number, 1 or more. 'abc' is none.")]
    [InlineData("search health --limit abc", "--limit: Ask for a whole number, 1 to 100. 'abc' is none.")]
    [InlineData("history --from 99999999999999999999", "--from: A position is a whole number, 0 or more.")]
    [InlineData("replay --speed x", "--speed: Give 0.1 to 1000 entries a second. 'x' is none.")]
    [InlineData("replay --speed NaN", "--speed: Give 0.1 to 1000 entries a second.")]
    [InlineData("diff --limit 1.5", "--limit: Ask for a whole number of rows, 1 to 500.")]
    [InlineData("redact --allow=abc --reason x", "POSITION: An entry's number is a whole number, 0 or more. 'abc' is none.")]
    [InlineData("grid --size -1", "--size: A size is a whole number of entries")]
    [InlineData("grid --size 99999999999999999999", "--size: A size is a whole number of entries")]
    public async Task A_number_that_is_none_ends_with_2_and_says_what_is_taken(string line, string message) =>
        (await Tool.RunAsync(registries.Sample, line.Split(' '))).FailedWith(2, message);

    [Theory]
    [InlineData("replay --speed 0.1 --from 0 --to 3")]
    [InlineData("replay --speed 1000")]
    [InlineData("search a --limit 100 --skip 0")]
    [InlineData("search a --limit 1 --skip 9223372036854775807")]
    [InlineData("diff --limit 500")]
    public void A_number_at_the_end_of_its_range_is_taken(string line) => Assert.Empty(CommandTree.Wrong(line.Split(' ')));

    private static bool IsNumber(Type type) => Numeric.Contains(Nullable.GetUnderlyingType(type) ?? type);
}
