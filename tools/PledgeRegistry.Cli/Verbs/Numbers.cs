using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>Options and arguments that are numbers, each with a sentence that says which it takes.</summary>
internal static class Numbers
{
    /// <param name="wanted">What it takes, said where something else is given.</param>
    public static Option<T?> Option<T>(string name, string helpName, string description, string wanted, T least, T most) where T : struct, INumber<T>
    {
        var range = new Range<T>(wanted, least, most);
        return new NumberOption<T?>(name, range) { Description = description, HelpName = helpName, CustomParser = range.Parse };
    }

    /// <param name="otherwise">Its value where it isn't given.</param>
    public static Option<T> Option<T>(string name, string helpName, string description, string wanted, T least, T most, T otherwise) where T : struct, INumber<T>
    {
        var range = new Range<T>(wanted, least, most);
        return new NumberOption<T>(name, range) { Description = description, HelpName = helpName, DefaultValueFactory = _ => otherwise, CustomParser = r => range.Parse(r) ?? otherwise };
    }

    public static Argument<T?> Argument<T>(string name, string description, string wanted, T least, T most) where T : struct, INumber<T>
    {
        var range = new Range<T>(wanted, least, most);
        return new NumberArgument<T?>(name, range) { Description = description, Arity = ArgumentArity.ZeroOrOne, CustomParser = range.Parse };
    }

    /// <summary>What is wrong with the numbers of a command line. Asked before all else: the parser tells of them only where no verb's validator found anything.</summary>
    public static IEnumerable<string> Wrong(ParseResult parsed) =>
        from result in CommandLine.Values(parsed)
        let taker = result is OptionResult option ? (Name: option.Option.Name, Range: (option.Option as ITakesNumber)?.Range)
            : (((ArgumentResult)result).Argument.Name, (((ArgumentResult)result).Argument as ITakesNumber)?.Range)
        where taker.Range is not null
        from token in result.Tokens
        where !taker.Range.Has(token.Value)
        select $"{taker.Name}: {taker.Range.Wanted} '{token.Value}' is none.";

    /// <summary>
    /// Whether an option without a value is set, for validators: these also run where a value can't be understood, and
    /// <c>GetValue</c> throws then.
    /// </summary>
    public static bool IsSet(this CommandResult result, Option<bool> option) =>
        result.GetResult(option) is { Implicit: false } given && (given.Tokens.Count == 0 || (bool.TryParse(given.Tokens[0].Value, out var on) && on));

    /// <summary>Whether an argument is given, whatever it is; for validators.</summary>
    public static bool IsGiven(this CommandResult result, Argument argument) => result.GetResult(argument) is { Tokens.Count: > 0 };

    private interface IRange
    {
        string Wanted { get; }
        bool Has(string text);
    }

    private interface ITakesNumber
    {
        IRange Range { get; }
    }

    private sealed class NumberOption<T>(string name, IRange range) : Option<T>(name), ITakesNumber
    {
        public IRange Range => range;
    }

    private sealed class NumberArgument<T>(string name, IRange range) : Argument<T>(name), ITakesNumber
    {
        public IRange Range => range;
    }

    private sealed record Range<T>(string Wanted, T Least, T Most) : IRange where T : struct, INumber<T>
    {
        public bool Has(string text) => Parse(text) is not null;

        public T? Parse(ArgumentResult result) => result.Tokens.Count > 0 ? Parse(result.Tokens[0].Value) : null;

        // A sign or spaces are no part of any number here; what can be a fraction says so by its type.
        private T? Parse(string text) =>
            T.TryParse(text, T.IsInteger(T.One / (T.One + T.One)) ? NumberStyles.None : NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= Least && number <= Most ? number : null;
    }
}
