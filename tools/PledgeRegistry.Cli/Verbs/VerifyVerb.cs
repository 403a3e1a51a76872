using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge verify</c>: every entry held against everything that is known to be true of it.</summary>
internal static class VerifyVerb
{
    private sealed record Known(long Size, string Root);

    private sealed record Verified(bool Sound, long Size, string Root, string? ContentHash, LogFault? Fault, Known? LastKnown, IReadOnlyList<WithheldEntry> Withheld);

    public static Command Create(CommonOptions options)
    {
        var root = new Option<Hash?>("--root")
        {
            Description = "A root that is known from elsewhere, in hexadecimal: the log must have it.",
            HelpName = "HEX",
            CustomParser = result =>
            {
                if (Hash.TryParse(result.Tokens[0].Value, out var hash))
                {
                    return hash;
                }
                result.AddError("--root: A root has 64 lower-case hexadecimal digits.");
                return null;
            },
        };
        var size = Numbers.Option("--size", "N", "The size that --root is the root of. Default: the whole log.", "A size is a whole number, 1 or more.", 1L, long.MaxValue);
        var published = new Option<string?>("--published") { Description = "Verifies published files instead of a registry: a folder or an address with checkpoint, tiles and entries. Needs --key or --policy.", HelpName = "DIR|URL" };
        var keys = KeyOption.Create(required: false);
        var policy = new Option<string?>("--policy") { Description = "With --published: a policy file of C2SP's tlog-policy, which names logs and the witnesses it takes.", HelpName = "FILE" };
        var since = new Option<string?>("--since") { Description = "With --published: an older checkpoint of the log. Proves only that the log grew from there; its entries aren't read.", HelpName = "FILE" };
        var verb = new Command("verify", "Reads every entry and checks it; holds the log against what was last known of it. Ends with 0 where all of it is verified; with 1 where something is wrong, and names the first damage; with 3 where it couldn't be looked at: no registry, no file, no answer. With --published also with 4 where sealed views can't be compared, or something of an entry is withheld.")
        { root, size, published, keys, policy, since };
        verb.Validators.Add(r =>
        {
            if (r.GetResult(published) is null && (r.GetResult(keys) is not null || r.GetResult(policy) is not null || r.GetResult(since) is not null))
            {
                r.AddError("--published: --key, --policy and --since are about published files; name these too.");
            }
            if (r.GetResult(published) is not null && r.GetResult(root) is not null)
            {
                r.AddError("--root: The checkpoint says the root of what is published.");
            }
        });
        verb.Validators.Add(r => { if (r.GetResult(size) is not null && r.GetResult(root) is null) { r.AddError("--size: Give the root of that size too, with --root."); } });
        verb.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(published) is { } place)
            {
                return await VerifyPublished.RunAsync(place, parsed.GetValue(keys) ?? [], parsed.GetValue(policy), parsed.GetValue(since), options.Output(parsed), cancel);
            }
            var known = parsed.GetValue(root) is { } hash ? (hash, parsed.GetValue(size)) : ((Hash, long?)?)null;
            var verified = await VerifyAsync(options.Folder(parsed), options.Address(parsed), options.Place(parsed), known, CommonOptions.Say, cancel);
            Print(verified, options.Output(parsed));
            return verified.Sound ? 0 : ExitCode.Failed;
        });
        return verb;
    }

    private static async Task<Verified> VerifyAsync(DataFolder folder, LogAddress address, string place, (Hash, long?)? published, Action<string> say, CancellationToken cancel)
    {
        KnownHead? known = null;
        LogVerdict verdict;
        try
        {
            // Before the log, which may grow meanwhile.
            known = HeadRecord.TryRead(address.HeadRecord(folder));
            await using var log = await Engine.OpenForReadingAsync(address, cancel);
            // A backup says itself what it must hold.
            published ??= log is LogBackup backup ? (backup.End.Root, backup.End.Size) : null;
            verdict = await new LogVerifier(log, EntryCodec.Current, new ReadModels().All).VerifyAsync(known, published, read => say($"{read} entries verified"), cancel: cancel);
        }
        catch (LogDamagedException e)
        {
            verdict = new LogVerdict(0, MerkleTree.EmptyRoot, null, new LogFault(null, e.Message), []);
        }
        catch (Exception e) when (known is null && e is (FileNotFoundException or DirectoryNotFoundException))
        {
            // A folder that is mistyped isn't a registry that was taken away.
            throw CommandFailedException.NotLookedAt(Problems.Explain(e, place).Message);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || e.GetBaseException() is System.Net.Sockets.SocketException)
        {
            throw CommandFailedException.NotLookedAt(Problems.Explain(e, place).Message);
        }
        if (known is null && published is null && verdict.Sound)
        {
            say($"{address.HeadRecord(folder)} isn't there, and no --root was given: entries that are missing at the end of the log would not be noticed.");
        }
        return new Verified(verdict.Sound, verdict.Size, verdict.Root.ToString(), verdict.ContentHash?.ToString(), verdict.Fault, known is null ? null : new Known(known.Size, known.Root.ToString()), verdict.Withheld);
    }

    private static void Print(Verified verified, Output output)
    {
        if (verified.Fault is { } fault)
        {
            CommonOptions.Say(fault.Position is { } position
                ? $"Not sound at entry {position.ToString(CultureInfo.InvariantCulture)}: {fault.What}"
                : $"Not sound: {fault.What}");
        }
        if (output.IsJson)
        {
            output.Json(verified);
            return;
        }
        output.Fields(
        [
            ("sound", verified.Sound ? "yes" : "no"),
            ("fault at entry", verified.Fault?.Position?.ToString(CultureInfo.InvariantCulture)), ("fault", verified.Fault?.What),
            (verified.Sound ? "size" : "sound entries before it", verified.Size.ToString(CultureInfo.InvariantCulture)),
            (verified.Sound ? "root" : "root of these", verified.Root), ("content hash", verified.ContentHash),
            ("last known size", verified.LastKnown?.Size.ToString(CultureInfo.InvariantCulture)), ("last known root", verified.LastKnown?.Root),
            .. verified.Withheld.Select(w => ("withheld", (string?)string.Create(CultureInfo.InvariantCulture, $"entry {w.Position}, withheld by entry {w.By}"))),
        ]);
    }
}
