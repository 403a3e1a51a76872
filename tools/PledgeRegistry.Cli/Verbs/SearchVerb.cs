using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Projections.Search;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge search</c>: where words stand, in all that was public at a basis.</summary>
internal static class SearchVerb
{
    public static Command Create(CommonOptions options)
    {
        var words = new Argument<string[]>("WORDS") { Description = "Words that must all be there; '\"in quotation marks\"' exactly so; 'vaccin*' for any ending.", Arity = ArgumentArity.OneOrMore };
        var kind = new Option<string?>("--kind") { Description = "Only of this kind.", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. Kebab.Codes<SearchKind>()]);
        var limit = Numbers.Option("--limit", "N", "At most so many, 1 to 100.", "Ask for a whole number, 1 to 100.", 1, 100, 20);
        var skip = Numbers.Option("--skip", "N", "Leave so many out at the start.", "Leave out a whole number, 0 or more.", 0L, long.MaxValue);
        return options.Reading(
            new Command("search", "Where words stand, in all that was public at a basis: commitments, reports, initiatives, participants, meetings, sources, framework items.") { words, kind, limit, skip },
            async (session, output, parsed, cancel) =>
            {
                SearchKind? only = Kebab.TryParse<SearchKind>(parsed.GetValue(kind), out var known) ? known : null;
                var view = await session.Ask(new GetSearch(session.Reading, string.Join(' ', parsed.GetRequiredValue(words)), only, parsed.GetValue(skip) ?? 0, parsed.GetValue(limit)), cancel);
                if (output.IsJson)
                {
                    output.Json(view);
                }
                else
                {
                    Print(view, session, output);
                }
            });
    }

    private static void Print(SearchView view, ReadSession session, Output output)
    {
        output.Line(session.BasisLine(SearchView.View));
        output.Line(view.Outcome switch
        {
            SearchOutcome.Found => $"{Number(view.Hits.Count)} of {Number(view.Count)} found{(view.Next is { } next ? $"; more with --skip {Number(next)}" : "")}",
            SearchOutcome.OnlyCommonWords => "These words are in nearly every text. Add a word that tells more.",
            SearchOutcome.TooShort => "One letter is too short. Type at least two.",
            SearchOutcome.TooLong => $"That is more than is searched for: at most {Number(GetSearch.MostCharacters)} characters and {Number(GetSearch.MostWords)} words.",
            SearchOutcome.Empty => "Type one or more words.",
            _ => "Nothing has all these words. Try fewer words, or a star for any ending.",
        });
        if (view.LeftOut.Count > 0 && view.Outcome is SearchOutcome.Found or SearchOutcome.Nothing)
        {
            output.Line($"Not searched for: {string.Join(' ', view.LeftOut)}");
        }
        foreach (var hit in view.Hits)
        {
            var field = hit.Report is { } number ? $"{hit.Field.Code()} {Number(number)}" : hit.Field.Code();
            output.Row(hit.Kind.Code(), hit.Id, hit.Ended?.Code() ?? "-", Text(hit.Title), hit.Earlier ? $"{field} (earlier wording)" : field, Output.OrDash(Text(hit.Text)));
        }
    }

    private static string Text(IEnumerable<TextPiece> pieces) => string.Concat(pieces.Select(p => p.Marked ? $"[{p.Text}]" : p.Text));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
