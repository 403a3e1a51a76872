using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Private;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge backup --private</c> and <c>pledge restore --private</c>: contacts, drafts, keys, and who read them.</summary>
internal static class PrivateBackups
{
    // What the access log notes as who did it.
    private const string Tool = "pledge-tool";

    private sealed record Made(string File, string Store, DateTimeOffset MadeAt, PrivateCounts Holds);

    private sealed record Back(string Store, DateTimeOffset MadeAt, PrivateCounts Holds, IReadOnlyList<string> People);

    public static async Task WriteAsync(LogAddress address, string file, Output output, CancellationToken cancel)
    {
        if (File.Exists(file))
        {
            throw new CommandFailedException($"No backup was made: {file} is there already. A backup never overwrites one: name another file, or remove that one first.");
        }
        if (address.Engine == EngineNames.Sqlite && !File.Exists(address.Place))
        {
            throw new CommandFailedException($"No backup was made: there is no private store at {address.Place}. Name the registry's folder with --data, or its log with --log.");
        }
        using var store = await Engine.OpenPrivateAsync(address, Clock, cancel);
        PrivateBackupMade made;
        try
        {
            made = PrivateBackup.Write(store, Tool, file, Clock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"No backup was made: {e.Message}");
        }
        CommonOptions.Say("This file holds people and secret keys in the clear. Keep it as safe as the registry, and no longer than needed.");
        if (output.IsJson)
        {
            output.Json(new Made(made.Path, address.ToString(), made.MadeAt, made.Counts));
            return;
        }
        output.Fields([("backup", made.Path), ("of the private store", address.ToString()), .. Counts(made.MadeAt, made.Counts)]);
    }

    public static async Task RestoreAsync(DataFolder folder, LogAddress address, string file, Output output, CancellationToken cancel)
    {
        folder.Create();
        using var store = await Engine.OpenPrivateAsync(address, Clock, cancel);
        PrivateRestored restored;
        try
        {
            restored = PrivateBackup.Restore(store, Tool, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The backup can't be read: {e.Message}");
        }
        var madeAt = restored.MadeAt.ToString("u", CultureInfo.InvariantCulture);
        CommonOptions.Say($"This is as of {madeAt}, with {restored.Contacts.Count} people. Whoever was erased after that is back among them: erase these again.");
        if (output.IsJson)
        {
            output.Json(new Back(address.ToString(), restored.MadeAt, restored.Counts, [.. restored.Contacts.Select(c => c.Actor)]));
            return;
        }
        output.Fields([("private store", address.ToString()), .. Counts(restored.MadeAt, restored.Counts)]);
    }

    private static IEnumerable<(string, string?)> Counts(DateTimeOffset madeAt, PrivateCounts counts) =>
    [
        ("made at", madeAt.ToString("u", CultureInfo.InvariantCulture)),
        ("contacts", counts.Contacts.ToString(CultureInfo.InvariantCulture)), ("drafts", counts.Drafts.ToString(CultureInfo.InvariantCulture)),
        ("keys", counts.Keys.ToString(CultureInfo.InvariantCulture)), ("lines of the access log", counts.AccessLines.ToString(CultureInfo.InvariantCulture)),
    ];

#pragma warning disable RS0030 // The one place where the tool's private verbs name the system's clock.
    private static TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030
}
