using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Projections.FrameworkCoverage;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge coverage</c>: where there is something for a framework's items, and where there is nothing.</summary>
internal static class CoverageVerb
{
    private static readonly string[] Kinds = ["pledge", "conclusion", "statement", "recommendation"];

    public static Command Create(CommonOptions options)
    {
        var scheme = new Argument<string>("SCHEME") { Description = "A framework (gcm: the version in use), or a version of it (gcm/2018)." };
        var role = new Option<string?>("--role") { Description = "Only participants with this role.", HelpName = "ROLE" };
        var scope = new Option<string?>("--scope") { Description = "The series or meeting of the role.", HelpName = "ID" };
        return options.Reading(
            new Command("coverage", "A framework's items: what there is for each, by whom, and which have nothing.") { scheme, role, scope },
            async (session, output, parsed, cancel) =>
            {
                var view = await session.Ask(new GetFrameworkCoverage(session.Reading, parsed.GetRequiredValue(scheme), parsed.GetValue(role), parsed.GetValue(scope)), cancel)
                    ?? throw new CommandFailedException($"No framework '{parsed.GetValue(scheme)}' is known at this basis. There is, for example, gcm or rcm-areas.");
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

    private static void Print(CoverageView view, ReadSession session, Output output)
    {
        output.Line(session.BasisLine(CoverageView.View));
        output.Fields(
            ("framework", $"{view.Framework} {view.Name}"), ("items", Number(view.Items.Count)), ("with nothing", Number(view.Empty)), ("participants", Number(view.Participants.Count)));
        var shown = view.Participants.Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
        output.Table("Items", ["code", .. Kinds, "initiatives", "withdrawn", "participants", "item"],
        [
            .. view.Items.Select(i => (string[])
            [
                i.Code, .. Kinds.Select(k => Number(i.ByKind[k])), Number(i.Initiatives), Number(i.Ended),
                Output.OrDash(string.Join(' ', i.Cells.Keys.Where(shown.Contains).Order(StringComparer.Ordinal))), i.Label,
            ]),
        ]);
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
