using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge redact</c>: withholds passages of an entry, on somebody's order. What is withheld is never printed.</summary>
internal static class RedactVerb
{
    private static readonly Author Machine = new("pledge-tool", Author.Operator, null);

    private sealed record Redacted(
        bool Done, long Entry, long? By, string Leaf, IReadOnlyList<WithheldText> Changes, IReadOnlyList<long> AlsoIn, IReadOnlyList<string> NotReached);

    /// <summary>What the command line said.</summary>
    private sealed record Asked(long Position, IReadOnlyList<string> Passages, string Authority, string Reason, Author Author, string? Owner, bool DryRun);

    public static Command Create(CommonOptions options)
    {
        var position = Numbers.Argument("POSITION", "The number of the entry.", "An entry's number is a whole number, 0 or more.", 0L, long.MaxValue);
        var replace = new Option<string[]>("--replace") { Description = "A passage to withhold, wherever it stands in the entry's texts. May be given several times; '-' reads one a line from standard input, so that they are in no list of processes and no shell's history.", HelpName = "TEXT" };
        var authority = new Option<string?>("--authority") { Description = "Who ordered it: a court, a data protection authority. In the log for ever.", HelpName = "TEXT" };
        var reason = new Option<string?>("--reason") { Description = "Why, in a sentence. In the log for ever.", HelpName = "TEXT" };
        var by = new Option<string?>("--by") { Description = "Who does it: an administrator's actor id, or 'operator' for whoever works at this machine.", HelpName = "ACTOR" };
        var second = new Option<string?>("--cleared-by") { Description = "Who cleared it: the actor id of an administrator, another one.", HelpName = "ACTOR" };
        var owner = new Option<string?>("--owner") { Description = "PostgreSQL: the connection of the database's owner. The user that runs the registry can't change an entry.", HelpName = "CONNECTION" };
        var dry = new Option<bool>("--dry-run") { Description = "Only shows what would change." };
        var allow = new Option<bool>("--allow") { Description = "Allows it from now on; needs --reason. It is off until then." };
        var disallow = new Option<bool>("--disallow") { Description = "Allows it no longer; needs --reason." };
        var clean = new Option<bool>("--clean") { Description = "Rewrites the log's files without what was withheld before: where that was cut off." };
        var verb = new Command("redact",
            "Withholds passages of one entry, on somebody's order: for two people, off until it is allowed, and seen in the history for ever. Positions, leaf hashes and proofs stay as they are. Stop the host first where the log is a file.")
        { position, replace, authority, reason, by, second, owner, dry, allow, disallow, clean };
        verb.Validators.Add(r =>
        {
            if (new[] { r.IsGiven(position), r.IsSet(allow), r.IsSet(disallow), r.IsSet(clean) }.Count(given => given) != 1)
            {
                r.AddError("Give the number of an entry, or --allow, --disallow or --clean.");
            }
            if (r.IsGiven(position))
            {
                foreach (var option in new Option[] { replace, authority, reason, by, second }.Where(o => r.GetResult(o) is null))
                {
                    r.AddError($"{option.Name}: This is needed to withhold something.");
                }
            }
            if ((r.IsSet(allow) || r.IsSet(disallow)) && r.GetResult(reason) is null)
            {
                r.AddError("--reason: Say why.");
            }
        });
        verb.SetAction(async (parsed, cancel) =>
        {
            var (folder, address, output) = (options.Folder(parsed), options.Address(parsed), options.Output(parsed));
            if (parsed.GetValue(clean))
            {
                await using var log = await Engine.OpenForWritingAsync(address, cancel);
                await Engine.Redactable(log, address, parsed.GetValue(owner)).CleanAsync(cancel);
                CommonOptions.Say("What was withheld is in no file of the log any more.");
            }
            else if (parsed.GetValue(position) is { } at)
            {
                var author = parsed.GetValue(by) == Author.Operator ? Machine : new Author(parsed.GetValue(by)!, Participants.ActorRole.Administrator.Code(), null);
                Print(await RedactAsync(folder, address, new Asked(at, Passages(parsed.GetValue(replace)!), parsed.GetValue(authority)!, parsed.GetValue(reason)!,
                    author with { ClearedBy = parsed.GetValue(second) }, parsed.GetValue(owner), parsed.GetValue(dry)), cancel), output);
            }
            else
            {
                await using var session = await WriteSession.OpenAsync(folder, address, log => log, cancel);
                await session.SendAsync(new AllowRedaction(parsed.GetValue(allow), parsed.GetValue(reason)!), Machine, cancel);
                CommonOptions.Say(session.Registry.State.RedactionAllowed
                    ? "Passages of entries may be withheld from now on. The history says so."
                    : "Nothing may be withheld any more. What was withheld before stays so.");
            }
            return 0;
        });
        return verb;
    }

    private static async Task<Redacted> RedactAsync(DataFolder folder, LogAddress address, Asked asked, CancellationToken cancel)
    {
        if (asked.DryRun)
        {
            await using var reading = await ReadSession.OpenAsync(folder, address, new(null, null, null), "en", CommonOptions.Say, cancel);
            return await PrepareAsync(reading.Registry, asked, cancel) is var (would, _) ? would : throw new InvalidOperationException();
        }
        IRedactableLog? redactable = null;
        await using var session = await WriteSession.OpenAsync(folder, address, log => new RedactingLog(log, redactable = Engine.Redactable(log, address, asked.Owner)), cancel);
        var (planned, command) = await PrepareAsync(session.Registry, asked, cancel);
        var receipt = await session.SendAsync(command, asked.Author, cancel);
        WithheldRecord.Keep(address.WithheldRecord(folder), session.Registry.Tree, session.Registry.State.Redactions);
        try
        {
            await redactable!.CleanAsync(cancel);
        }
        catch (Exception e) when (e is IOException or System.Data.Common.DbException)
        {
            throw new CommandFailedException($"The passages are withheld by entry {receipt!.Position}, and shown nowhere any more, but may still be in the log's files: {e.Message} Then run 'pledge redact --clean'.");
        }
        return planned with { Done = true, By = receipt!.Position };
    }

    /// <summary>What would change, and the command for it; fails where it would be refused, or the log wouldn't be sound after it.</summary>
    private static async Task<(Redacted Would, RedactEntry Command)> PrepareAsync(Registry registry, Asked asked, CancellationToken cancel)
    {
        var (head, position) = (registry.Head, asked.Position);
        if (position < 0 || position >= head.Size)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture, $"There is no entry {position}: the log has {head.Size}, from 0 on."));
        }
        var stored = await registry.ReadStoredAsync(position, cancel);
        if (Stub.TryParse(stored.Bytes) is { } before)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture, $"Nothing was changed. Something of entry {position} was withheld already, by entry {before.By}; that is done once."));
        }
        var (replacement, found) = Withholding.Without(stored, asked.Passages);
        if (found.ToList().IndexOf(0) is >= 0 and var missing)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture, $"Nothing was changed. Passage {missing + 1} of {asked.Passages.Count} stands in no text of entry {position}."));
        }
        var stub = Stub.Of(stored, replacement, head.Size);
        var command = new RedactEntry(position, asked.Authority, asked.Reason, replacement, stub.EntryHash.ToString());
        var redaction = new RegistryEvent.EntryRedacted(position, asked.Authority, asked.Reason, replacement, command.EntryHash);
#pragma warning disable RS0030 // The day on which it would be decided.
        var decision = Authority.Decide(registry.State, command, asked.Author, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
#pragma warning restore RS0030
        var refusals = decision is Decision.Refused refused ? refused.Reasons : Withholding.Objection(registry.State, stored, redaction, head.Size) is { } objection ? [objection] : [];
        if (refusals.Count > 0)
        {
            throw new CommandFailedException($"Nothing was changed. {string.Join(' ', refusals.Select(r => r.Message))}");
        }
        await VerifyAsync(registry, stub, position, ((Decision.Accepted)decision).Events, asked.Author, cancel);
        return (new Redacted(false, position, null, stored.Leaf.ToString(), Withholding.Changes(stored, replacement), await AlsoInAsync(registry, position, asked.Passages, cancel), NotReached), command);
    }

    /// <summary>The whole log as it would be, held against everything that is known to be true of one.</summary>
    private static async Task VerifyAsync(Registry registry, Stub stub, long position, IReadOnlyList<IEvent> events, Author author, CancellationToken cancel)
    {
        var (head, state) = (registry.Head, registry.State);
        var command = Hash.Of(stub.Entry.Span);
        var appended = events.Select((happened, i) => StoredEntry.Of(EntryCodec.Encode(
            new Entry(head.Size + i, RegistryState.OwnStream, state.VersionOf(RegistryState.OwnStream) + i, Guid.CreateVersion7(head.RecordedAt!.Value), EventTypes.NameOf(happened),
                head.RecordedAt.Value, author.Actor, author.Role, null, command, command, "dry", null, happened), StoredJson.Encode(happened)))).ToList();
        await using var overlaid = new OverlaidLog(registry.Log, head.Size, position, new StoredEntry(stub.ToBytes(), stub.Leaf), appended);
        var verdict = await new LogVerifier(overlaid, EntryCodec.Current, new Projections.ReadModels().All).VerifyAsync(progress: read => CommonOptions.Say($"{read} entries verified as they would be"), cancel: cancel);
        if (verdict.Fault is { } fault)
        {
            throw new CommandFailedException($"Nothing was changed. The log wouldn't be sound after it{(fault.Position is { } at ? string.Create(CultureInfo.InvariantCulture, $", at entry {at}") : "")}: {fault.What} Withhold passages of texts alone, no codes and no dates.");
        }
    }

    /// <summary>Other entries in which one of the passages stands.</summary>
    private static async Task<IReadOnlyList<long>> AlsoInAsync(Registry registry, long position, IReadOnlyList<string> passages, CancellationToken cancel)
    {
        var also = new List<long>();
        for (long at = 0; at < registry.Head.Size;)
        {
            var read = await registry.Log.ReadAsync(at, (int)Math.Min(1024, registry.Head.Size - at), cancel);
            also.AddRange(Enumerable.Range(0, read.Count).Where(i => at + i != position && Withholding.Has(read[i], passages)).Select(i => at + i));
            at += read.Count;
        }
        return also;
    }

    private static readonly string[] NotReached =
    [
        "backups and copies of the log that were made before: destroy them, and make new ones",
        "published folders: publish into each again, which rewrites the one bundle; whoever copied one has the text",
        "drafts: a form that was kept before it was recorded is in the private store and its backups: have its owner remove it, and destroy those backups",
        "answers that caches and browsers keep: clear those that are yours",
        "PostgreSQL: the server's write-ahead log and its archive, standbys that are behind, base backups and dumps, until they are recycled",
        "the leaf hash stays: whoever guesses the whole entry can tell that it was that",
    ];

    private static List<string> Passages(string[] given)
    {
        List<string> passages;
        try
        {
            passages = [.. given.SelectMany(p => p == "-" ? Lines() : [p]).Select(p => p.Normalize())];
        }
        catch (ArgumentException)
        {
            throw CommandFailedException.Usage("--replace: A passage has a character that no text can have (half of a surrogate pair, or U+FFFE). Write it as the entry has it.");
        }
        return passages.Count > 0 && passages.TrueForAll(p => p.Length > 0) ? passages : throw CommandFailedException.Usage("--replace: A passage has at least one character.");
    }

    private static IEnumerable<string> Lines()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static void Print(Redacted done, Output output)
    {
        if (output.IsJson)
        {
            output.Json(done);
            return;
        }
        output.Fields(
        [
            (done.Done ? "withheld in entry" : "would be withheld in entry", done.Entry.ToString(CultureInfo.InvariantCulture)),
            ("by entry", done.By?.ToString(CultureInfo.InvariantCulture)), ("leaf hash, as before", done.Leaf),
            .. done.Changes.Select(c => ("text", (string?)$"{c.Path}: {c.Text}")),
            .. done.AlsoIn.Select(a => ("stands in entry, too", (string?)a.ToString(CultureInfo.InvariantCulture))),
            .. done.NotReached.Select(n => ("not reached", (string?)n)),
        ]);
    }
}
