using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Published;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge verify --published</c>: a log held against its public keys, from its published files and nothing else.</summary>
internal static class VerifyPublished
{
    private sealed record View(string Name, IReadOnlyList<ViewParameter> Parameters, string Sha256, string Result, string? Now);

    private sealed record Seal(long Position, long Size, string On, string? Meeting, IReadOnlyList<View> Views);

    private sealed record Report(
        string Verdict, string? Origin, long? Size, string? Root, IReadOnlyList<string> SignedBy, long SoundEntries, long Files,
        int Matches, int Mismatches, int OtherVersions, int WithheldSince, IReadOnlyList<Seal> Seals, IReadOnlyList<WithheldEntry> Withheld, IReadOnlyList<string> NotChecked, LogFault? Fault);

    private sealed record Growth(string Verdict, string? Origin, long? From, long? To, IReadOnlyList<string> SignedBy, IReadOnlyList<string> NotChecked, string? Fault);

    private const string Unreachable = "not verified: it couldn't be looked at";

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string place, IReadOnlyCollection<VerifierKey> keys, string? policyFile, string? since, Output output, CancellationToken cancel)
    {
        var policy = policyFile is null ? null : Policy(policyFile);
        if (keys.Count == 0 && policy is not { Logs.Count: > 0 })
        {
            throw CommandFailedException.Usage("--published: Give the log's key with --key, or a policy that names it with --policy; from somewhere you trust, not from there.");
        }
        if (PublishedSite.TryParse(place) is not { } uri)
        {
            return !Directory.Exists(place)
                ? throw (place.Contains("://", StringComparison.Ordinal)
                    ? CommandFailedException.Usage($"--published: {place} can't be read: only a folder, or an address of http or https without user, query and fragment.")
                    : CommandFailedException.NotLookedAt($"There is no folder {place}."))
                : await RunAsync(new PublishedFolder(place), keys, policy, since, output, cancel);
        }
        using var site = new PublishedSite(uri);
        return await RunAsync(site, keys, policy, since, output, cancel);
    }

    private static async Task<int> RunAsync(IPublishedFiles files, IReadOnlyCollection<VerifierKey> keys, WitnessPolicy? policy, string? since, Output output, CancellationToken cancel)
    {
        if (since is not null)
        {
            var growth = await GrowthAsync(files, keys, policy, since, cancel);
            PrintGrowth(growth, output);
            return growth.Fault is not null ? ExitCode.Failed : growth.NotChecked.Count > 0 ? ExitCode.NotAll : 0;
        }
        var report = await PublishedRegistry.VerifyAsync(files, keys, policy, sound => CommonOptions.Say($"{sound} entries verified"), cancel);
        Print(report, output);
        return report.Result switch
        {
            PublishedResult.Verified => 0,
            PublishedResult.NotAll => ExitCode.NotAll,
            PublishedResult.NotCompared => ExitCode.NotCompared,
            _ => ExitCode.Failed,
        };
    }

    /// <summary>Whether the log that is published now goes on from an older checkpoint; of its entries nothing is said.</summary>
    private static async Task<Growth> GrowthAsync(IPublishedFiles files, IReadOnlyCollection<VerifierKey> keys, WitnessPolicy? policy, string since, CancellationToken cancel)
    {
        // The older one was accepted when it was got: what it needs is the log's signature.
        var older = PublishedCheckpoint.Read(Bytes(since), keys.Concat(policy?.Logs ?? []).ToList());
        PublishedCheckpoint? now = null;
        Growth Done(string? fault, string? unreachable = null) => new(
            fault is not null ? "wrong" : unreachable is not null ? Unreachable : older.NotChecked.Count + (now?.NotChecked.Count ?? 0) > 0 ? "not all of it is verified" : "grew only",
            (now?.Body ?? older.Body)?.Origin, older.Body?.Size, now?.Body?.Size, SignedBy(now?.SignedBy ?? []), [.. older.NotChecked.Concat(now?.NotChecked ?? []).Concat(unreachable is null ? [] : [unreachable]).Distinct()], fault);
        if (older.Fault is { } distrust)
        {
            return Done($"{since}: {distrust}");
        }
        try
        {
            now = PublishedCheckpoint.Read(await files.ReadAsync(PublishedCheckpoint.File, SignedNote.MaxBytes, cancel), keys, policy);
            if (now.Fault is { } fault)
            {
                return Done(fault);
            }
            var (a, b) = (older.Body!, now.Body!);
            if (a.Origin != b.Origin)
            {
                return Done($"{since} is of {a.Origin}, and what is published of {b.Origin}: two logs.");
            }
            if (a.Size > b.Size)
            {
                return Done($"The published log has {b.Size} entries, and {a.Size} were signed before: it was rolled back or cut, or this is an older copy.");
            }
            CommonOptions.Say($"{a.Size} entries were signed before, {b.Size} are now");
            var proof = await new PublishedGrowth(files, b.Size).ProofAsync(a.Size, cancel);
            return Done(MerkleProof.VerifyConsistency(a.Size, b.Size, a.Root, b.Root, proof)
                ? null
                : $"The {a.Size} entries that were signed before are not the first of those that are published now, or the tiles are wrong: the log was rewritten, or forked.");
        }
        catch (PublishedUnreachableException e)
        {
            return Done(null, e.Message);
        }
        catch (PublishedFileException e)
        {
            return Done(e.Message);
        }
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.NotLookedAt($"{path} can't be read: {e.Message}");
        }
    }

    private static WitnessPolicy Policy(string path)
    {
        try
        {
            return WitnessPolicy.Parse(System.Text.Encoding.UTF8.GetString(Bytes(path)));
        }
        catch (FormatException e)
        {
            throw CommandFailedException.Usage($"--policy: {path} is no policy: {e.Message}");
        }
    }

    private static string[] SignedBy(IReadOnlyList<VerifierKey> keys) => [.. keys.Select(k => $"{k.Name}+{k.IdText} ({k.Algorithm})")];

    private static void Print(PublishedReport report, Output output)
    {
        var log = report.Log;
        var verdict = report.Result switch
        {
            PublishedResult.Verified => "verified",
            PublishedResult.NotAll when log.Unreachable is not null => Unreachable,
            PublishedResult.NotAll => "not all of it is verified",
            PublishedResult.NotCompared when log.Withheld.Count > 0 => "the log is verified; what is left of withheld entries is the operator's word",
            PublishedResult.NotCompared => "the log is verified; some sealed views can't be compared",
            _ => "wrong",
        };
        if (log.Fault is { } fault)
        {
            CommonOptions.Say(fault.Position is { } position ? $"Wrong at entry {position.ToString(CultureInfo.InvariantCulture)}: {fault.What}" : $"Wrong: {fault.What}");
        }
        int matches = report.Count(Reproduction.Match), mismatches = report.Count(Reproduction.Mismatch), others = report.Count(Reproduction.OtherVersion), since = report.Count(Reproduction.Withheld);
        if (output.IsJson)
        {
            output.Json(new Report(
                verdict, log.Checkpoint?.Origin, log.Checkpoint?.Size, log.Checkpoint?.Root.ToString(), SignedBy(log.SignedBy), log.Entries, log.Files, matches, mismatches, others, since,
                [.. report.Seals.Select(s => new Seal(s.Position, s.Size, s.On, s.Meeting, [.. s.Views.Select(v => new View(v.View, v.Parameters, v.Sha256, v.Result.Code(), v.Now))]))],
                log.Withheld, log.NotChecked, log.Fault));
            return;
        }
        output.Fields(
        [
            ("verdict", verdict), ("fault at entry", log.Fault?.Position?.ToString(CultureInfo.InvariantCulture)), ("fault", log.Fault?.What),
            ("log", log.Checkpoint?.Origin), ("size", log.Checkpoint?.Size.ToString(CultureInfo.InvariantCulture)), ("root", log.Checkpoint?.Root.ToString()),
            .. SignedBy(log.SignedBy).Select(s => ("signed by", (string?)s)),
            ("sound entries", log.Entries.ToString(CultureInfo.InvariantCulture)), ("files", log.Files.ToString(CultureInfo.InvariantCulture)),
            ("sealed views", !log.Sound || log.Unreachable is not null ? null : report.Seals.Count == 0 ? "none: nothing was sealed" : string.Create(CultureInfo.InvariantCulture, $"{matches} match, {mismatches} don't, {others} by another version, {since} of entries withheld since")),
            .. log.Withheld.Select(w => ("withheld", (string?)string.Create(CultureInfo.InvariantCulture, $"entry {w.Position}, withheld by entry {w.By}"))),
            .. log.NotChecked.Select(n => ("not verified", (string?)n)),
        ]);
        output.Table("Views that are not the same", ["seal at entry", "view", "parameters", "what", "sealed", "made now"],
        [
            .. report.Seals.SelectMany(s => s.Views.Where(v => v.Result != Reproduction.Match).Select(v => (string[])
                [s.Position.ToString(CultureInfo.InvariantCulture), v.View, SealVerb.Parameters(v.Parameters), v.Result.Code(), v.Sha256, Output.OrDash(v.Now)])),
        ]);
    }

    private static void PrintGrowth(Growth growth, Output output)
    {
        if (growth.Fault is { } fault)
        {
            CommonOptions.Say($"Wrong: {fault}");
        }
        if (output.IsJson)
        {
            output.Json(growth);
            return;
        }
        output.Fields(
        [
            ("verdict", growth.Verdict), ("fault", growth.Fault), ("log", growth.Origin),
            ("from size", growth.From?.ToString(CultureInfo.InvariantCulture)), ("to size", growth.To?.ToString(CultureInfo.InvariantCulture)),
            .. growth.SignedBy.Select(s => ("signed by", (string?)s)),
            .. growth.NotChecked.Select(n => ("not verified", (string?)n)),
        ]);
    }
}
