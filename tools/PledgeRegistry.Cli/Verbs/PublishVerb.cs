using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Private;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Tiles;
using PledgeRegistry.Transparency.Witness;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge publish</c>: the signed log as files for any web server.</summary>
internal static class PublishVerb
{
    private sealed record Done(string Folder, long Size, string Root, int Written, int Kept);

    public static Command Create(CommonOptions options)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder to write into; made where it isn't there. Give each log one of its own." };
        var verb = new Command("publish",
            "Writes the log, as it was last signed, as files that any web server can serve: checkpoint, tiles, entries. Goes on where it was cut off, and adds what is new.")
        { folder, options.PrivateStore };
        verb.SetAction(async (parsed, cancel) =>
        {
            Print(await WriteAsync(options, parsed, Path.GetFullPath(parsed.GetRequiredValue(folder)), cancel), options.Output(parsed));
            return 0;
        });
        return verb;
    }

    private static async Task<Done> WriteAsync(CommonOptions options, ParseResult parsed, string target, CancellationToken cancel)
    {
        var (folder, address) = (options.Folder(parsed), options.Address(parsed));
        for (var above = target; above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                throw new CommandFailedException($"Not published: {above} is a file, and no folder. Name a folder, or one that isn't there yet.");
            }
        }
        // Before the log, which may grow meanwhile.
        var signed = await SignedAsync(options.PrivateAddress(parsed), address.SignedCopy(folder), cancel);
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(signed.Note));
        signed = signed with { Note = Cosigning.Joined(note, new CosignedCopies(address.Cosigned(folder)).Under(note.Text)).ToString() };
        await using var session = await ReadSession.OpenAsync(folder, address, new(null, null, null), "en", CommonOptions.Say, cancel);
        var tree = session.Registry.Tree;
        if (tree.Size < signed.Size || tree.Root(signed.Size) != signed.Root)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
                $"Nothing was published: {signed.Size} entries were signed (root {signed.Root}), and this log {(tree.Size < signed.Size ? $"has only {tree.Size}" : "has others")}."));
        }
        try
        {
            var done = await TilePublisher.WriteAsync(
                new TileSource(tree, session.Registry.Log, session.Registry.IsProven), tree, signed, target, session.Registry.State.Redactions.Keys, files => CommonOptions.Say($"{files} files are there"), cancel);
            return new Done(target, done.Size, done.Root.ToString(), done.Written, done.Kept);
        }
        catch (Exception e) when (e is PublishException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"Not published: {e.Message}");
        }
    }

    // The later one of the private store's and this machine's own.
    private static async Task<SignedHead> SignedAsync(LogAddress address, string copyPath, CancellationToken cancel)
    {
        SignedHead? copy = null, stored = null;
        try
        {
            copy = SignedCopy.Read(copyPath);
        }
        catch (FormatException e)
        {
            throw new CommandFailedException($"{copyPath} should hold the last signed checkpoint: {e.Message}");
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no registry either, which is told below or by whoever opens it.
        }
        if (address.Engine != EngineNames.Sqlite || File.Exists(address.Place))
        {
#pragma warning disable RS0030 // The private store wants a clock; nothing is written with it here.
            using var store = await Engine.OpenPrivateAsync(address, TimeProvider.System, cancel);
#pragma warning restore RS0030
            stored = store.ReadSigned();
        }
        return (copy?.Size ?? 0) > (stored?.Size ?? 0) ? copy! : stored
            ?? throw new CommandFailedException("Nothing was signed yet. Make keys with 'pledge keys new', and start the host: it signs.");
    }

    private static void Print(Done done, Output output)
    {
        if (output.IsJson)
        {
            output.Json(done);
            return;
        }
        output.Fields(
            ("published", done.Folder), ("size", done.Size.ToString(CultureInfo.InvariantCulture)), ("root", done.Root),
            ("files written", done.Written.ToString(CultureInfo.InvariantCulture)), ("files that were there", done.Kept.ToString(CultureInfo.InvariantCulture)));
    }
}
