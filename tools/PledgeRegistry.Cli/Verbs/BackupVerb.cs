using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge backup</c>: every entry of the log, byte for byte, in one file that proves itself.</summary>
internal static class BackupVerb
{
    private sealed record BackedUp(string File, string Log, long Size, string Root, long Bytes);

    public static Command Create(CommonOptions options)
    {
        var file = new Argument<string>("FILE") { Description = "The file to make. It must not be there yet." };
        var verb = new Command("backup", "Writes every entry of the log, as it is stored, into one file, with the root that proves it. A running registry goes on meanwhile.") { file, options.Private, options.PrivateStore };
        verb.SetAction(async (parsed, cancel) =>
        {
            var (path, output) = (Path.GetFullPath(parsed.GetRequiredValue(file)), options.Output(parsed));
            if (parsed.GetValue(options.Private))
            {
                await PrivateBackups.WriteAsync(options.PrivateAddress(parsed), path, output, cancel);
                return 0;
            }
            Print(await WriteAsync(options.Folder(parsed), options.Address(parsed), path, CommonOptions.Say, cancel), output);
            return 0;
        });
        return verb;
    }

    private static async Task<BackedUp> WriteAsync(DataFolder folder, LogAddress address, string file, Action<string> say, CancellationToken cancel)
    {
        // Before the log, which may grow meanwhile.
        var known = HeadRecord.TryRead(address.HeadRecord(folder));
        await using var log = await Engine.OpenForReadingAsync(address, cancel);
        try
        {
            var (size, root) = await LogBackup.WriteAsync(log, file, known, read => say($"{read} entries written"), cancel);
            return new BackedUp(file, address.ToString(), size, root.ToString(), new FileInfo(file).Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"No backup was made: {e.Message}");
        }
    }

    private static void Print(BackedUp done, Output output)
    {
        if (output.IsJson)
        {
            output.Json(done);
            return;
        }
        output.Fields(
            ("backup", done.File), ("of the log", done.Log), ("size", done.Size.ToString(CultureInfo.InvariantCulture)), ("root", done.Root),
            ("bytes", done.Bytes.ToString(CultureInfo.InvariantCulture)));
    }
}
