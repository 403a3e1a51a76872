using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge restore</c>: a backup that was verified, into an empty log of any engine.</summary>
internal static class RestoreVerb
{
    private sealed record Restored(string Log, long Before, long Size, string Root, string? ContentHash, string? RolledBack);

    public static Command Create(CommonOptions options)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'pledge backup' made." };
        var accept = new Option<bool>("--accept-rollback") { Description = "Restores although the backup lacks entries that were known to be there. What was known is kept beside." };
        var withheld = new Option<bool>("--accept-withheld") { Description = "Restores although the backup has entries in full of which something was withheld since. No host starts on it before that is withheld again." };
        var verb = new Command("restore", "Verifies a backup and writes it into an empty log, entry by entry as it was: same bytes, same root. A restore that was cut off goes on where it stopped.") { file, accept, withheld, options.Private, options.PrivateStore };
        verb.SetAction(async (parsed, cancel) =>
        {
            var (path, output) = (Path.GetFullPath(parsed.GetRequiredValue(file)), options.Output(parsed));
            if (parsed.GetValue(options.Private))
            {
                await PrivateBackups.RestoreAsync(options.Folder(parsed), options.PrivateAddress(parsed), path, output, cancel);
                return 0;
            }
            Print(await RestoreAsync(options.Folder(parsed), options.Address(parsed), path, parsed.GetValue(accept), parsed.GetValue(withheld), CommonOptions.Say, cancel), output);
            return 0;
        });
        return verb;
    }

    private static async Task<Restored> RestoreAsync(DataFolder folder, LogAddress address, string file, bool accept, bool acceptWithheld, Action<string> say, CancellationToken cancel)
    {
        await using var backup = Open(file);
        var verifier = new LogVerifier(backup, EntryCodec.Current, new ReadModels().All);
        var verdict = await verifier.VerifyAsync(known: null, (backup.End.Root, backup.End.Size), read => say($"{read} entries of the backup verified"), cancel: cancel);
        if (verdict.Fault is { } fault)
        {
            var where = fault.Position is { } position ? $" at entry {position.ToString(CultureInfo.InvariantCulture)}" : "";
            throw new CommandFailedException($"{file} is not sound{where}: {fault.What} Nothing was restored. Take another backup.");
        }
        folder.Create();
        using var record = OpenRecord(address.HeadRecord(folder), accept);
        Check(record, verifier.Tree);
        var shown = WithheldRecord.Shown(address.WithheldRecord(folder), verifier.Tree, verdict.Withheld.Select(w => w.Position));
        if (shown is not null && !acceptWithheld)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
                $"This backup was made before something of entry {shown.Position} was withheld (by entry {shown.By}), and has all of it. Nothing was restored. Take a backup that was made since; if there is none, restore this with --accept-withheld and withhold it again with 'pledge redact'."));
        }
        await using var log = await Engine.OpenForWritingAsync(address, cancel);
        var (before, size) = await LogRestore.CopyAsync(backup, log, done => say($"{done} entries restored"), cancel);
        record.Write(verifier.Tree, size);
        if (shown is not null)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"Entry {shown.Position} is there in full, of which something was withheld. Withhold it again with 'pledge redact': no host starts on this log before."));
        }
        return new Restored(address.ToString(), before, size, verdict.Root.ToString(), verdict.ContentHash?.ToString(), record.Accepted);
    }

    private static LogBackup Open(string file)
    {
        try
        {
            return LogBackup.Open(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The backup can't be read: {e.Message}");
        }
        catch (LogDamagedException e)
        {
            throw new CommandFailedException($"{e.Message} Nothing was restored.");
        }
    }

    private static HeadRecord OpenRecord(string path, bool accept)
    {
        try
        {
            return new HeadRecord(path, accept);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new CommandFailedException($"{path} is held by a running registry. Stop it before its log is restored.");
        }
    }

    private static void Check(HeadRecord record, MerkleTree tree)
    {
        try
        {
            record.Check(tree);
        }
        catch (LogRolledBackException e)
        {
            throw new CommandFailedException($"This backup is older than what was known of the registry, or is another registry's. {e.Message} Nothing was restored. Take a newer backup, or restore it all the same with --accept-rollback.");
        }
    }

    private static void Print(Restored restored, Output output)
    {
        if (restored.RolledBack is { } rolledBack)
        {
            CommonOptions.Say(rolledBack);
        }
        if (output.IsJson)
        {
            output.Json(restored);
            return;
        }
        output.Fields(
            ("log", restored.Log), ("entries there before", restored.Before.ToString(CultureInfo.InvariantCulture)),
            ("size", restored.Size.ToString(CultureInfo.InvariantCulture)), ("root", restored.Root), ("content hash", restored.ContentHash));
    }
}
