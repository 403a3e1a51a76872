using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Engines;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge documents</c>: grid, follow-up and history as Marten documents, for other applications' queries.</summary>
internal static class DocumentsVerb
{
    private sealed record Stored(string Into, long Size, string On, bool Changed);

    public static Command Create(CommonOptions options)
    {
        var into = new Option<string>("--into") { Description = "The Marten store: marten:CONNECTION.", HelpName = "STORE", Required = true };
        return options.Reading(
            new Command("documents", "Stores the grid's cells, the follow-up's rows and the history's lines as Marten documents, with what they were made from. Needs a build with Marten. Run it again, such as every minute: what is there already is not stored twice.") { into },
            async (session, output, parsed, cancel) =>
            {
                var store = LogAddress.Parse(parsed.GetRequiredValue(into));
                if (store.Engine != EngineNames.Marten)
                {
                    throw CommandFailedException.Usage($"--into: Documents are stored in marten:CONNECTION, not in {store}.");
                }
                var changed = await StoreAsync(store, session, cancel);
                var stored = new Stored(store.ToString(), session.Reading.Size, session.Reading.Basis.OnText(), changed);
                if (output.IsJson)
                {
                    output.Json(stored);
                    return;
                }
                output.Fields(
                    ("documents in", stored.Into), ("made from size", stored.Size.ToString(CultureInfo.InvariantCulture)), ("judged on", stored.On),
                    ("stored", changed ? "yes" : "no: this, or something later, was there already"));
            }, namesBasis: false);
    }

#if MARTEN
    private static Task<bool> StoreAsync(LogAddress into, ReadSession session, CancellationToken cancel) =>
        MartenDocuments.StoreAsync(into, session.Mediator, session.Reading, cancel);
#else
    private static Task<bool> StoreAsync(LogAddress into, ReadSession session, CancellationToken cancel) =>
        throw Engine.NotInThisBuild(into.Engine);
#endif
}
