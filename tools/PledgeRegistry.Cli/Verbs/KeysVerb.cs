using System.CommandLine;
using System.Globalization;
using MediatR;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge keys</c>: the keys that sign the log, made, shown and retired.</summary>
internal static class KeysVerb
{
    private static readonly Author Author = new("pledge-tool", Author.Operator, null);

    /// <param name="SignsTo">The last size it may sign; null while it signs.</param>
    /// <param name="File">Its private key on this machine, or null.</param>
    private sealed record Shown(string VerifierKey, string Id, string Algorithm, string? SpkiPem, bool Published, long? SignsFrom, long? SignsTo, string? File);

    private sealed record Listed(string? Origin, IReadOnlyList<Shown> Keys);

    public static Command Create(CommonOptions options)
    {
        var verb = new Command("keys", "The keys that sign the log's checkpoints.");
        verb.Add(New(options));
        verb.Add(Show(options));
        verb.Add(Retire(options));
        return verb;
    }

    private static Command New(CommonOptions options)
    {
        var origin = new Option<string?>("--origin")
        {
            Description = "The log's name for ever, a URL of yours without its scheme: example.org/registry. Needed for the first keys, never changed after.",
            HelpName = "ORIGIN",
        };
        var verb = new Command("new", "Makes a pair of keys (Ed25519 and ECDSA P-256) in the data folder, and publishes them in the log: it is signed with them from then on.") { origin };
        verb.SetAction(async (parsed, cancel) =>
        {
            var folder = new KeyFolder(options.Folder(parsed).Keys);
            var listed = await WritingAsync(options.Folder(parsed), options.Address(parsed), async (registry, mediator) =>
            {
                foreach (var file in Prepare(folder, registry.State, parsed.GetValue(origin)))
                {
                    await SendAsync(mediator, new PublishSigningKey(file.Key.ToString(), file.Key.SpkiPem!), cancel);
                    CommonOptions.Say($"Published: {file.Key.Algorithm} {file.Key.IdText}, in {file.Path}. Keep a copy where nobody else reads it.");
                }
                return List(registry.State, folder);
            }, cancel);
            Print(listed, options.Output(parsed));
            return 0;
        });
        return verb;
    }

    private static Command Show(CommonOptions options)
    {
        var verb = new Command("show", "Lists every key that signs the log or did: its verifier key line, the same as PEM for openssl, and the sizes it may have signed.");
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var session = await ReadSession.OpenAsync(options.Folder(parsed), options.Address(parsed), new(null, null, null), "en", CommonOptions.Say, cancel);
            Print(List(session.Registry.State, new KeyFolder(options.Folder(parsed).Keys)), options.Output(parsed));
            return 0;
        });
        return verb;
    }

    private static Command Retire(CommonOptions options)
    {
        var id = new Argument<string>("ID") { Description = "The key's id, eight hexadecimal digits, or its verifier key line." };
        var reason = new Option<string>("--reason") { Description = "Why, in a sentence. It is in the log for ever.", HelpName = "TEXT", Required = true };
        var verb = new Command("retire", "Retires a key: it signs no size from here on. What it signed stays signed, and it stays listed.") { id, reason };
        verb.SetAction(async (parsed, cancel) =>
        {
            var named = parsed.GetRequiredValue(id);
            var folder = new KeyFolder(options.Folder(parsed).Keys);
            var listed = await WritingAsync(options.Folder(parsed), options.Address(parsed), async (registry, mediator) =>
            {
                var keys = registry.State.SigningKeys.FindAll(k => k.Key.IdText == named || k.Key.ToString() == named);
                if (keys.Count != 1)
                {
                    throw new CommandFailedException(keys.Count == 0
                        ? $"No key {named} was published. See 'pledge keys show'."
                        : $"Several keys have the id {named}: give the verifier key line.");
                }
                await SendAsync(mediator, new RetireSigningKey(keys[0].Key.ToString(), parsed.GetRequiredValue(reason)), cancel);
                if (folder.List().FirstOrDefault(f => f.Key == keys[0].Key) is { } file)
                {
                    CommonOptions.Say($"Nothing is signed with {file.Path} any more: destroy it.");
                }
                return List(registry.State, folder);
            }, cancel);
            Print(listed, options.Output(parsed));
            return 0;
        });
        return verb;
    }

    // What a run that was cut off had made, and not published yet, comes first.
    private static List<KeyFile> Prepare(KeyFolder folder, RegistryState state, string? origin)
    {
        if (origin is not null && !Checkpoint.IsOrigin(origin))
        {
            throw CommandFailedException.Usage("--origin: An origin is a host name and perhaps a path, without scheme, such as example.org/registry.");
        }
        if (origin is not null && state.Origin is { } there && there != origin)
        {
            throw new CommandFailedException($"This log's origin is {there}, for ever. Leave --origin out.");
        }
        var name = state.Origin ?? origin ?? throw CommandFailedException.Usage("--origin: The first keys need the log's origin, such as example.org/registry. It never changes.");
        var waiting = folder.List().Where(f => f.Key.Name == name && !state.SigningKeys.Exists(k => k.Key == f.Key)).ToList();
        if (waiting.Count > 0)
        {
            return waiting;
        }
        var made = new List<KeyFile>();
        if (Ed25519.IsAvailable)
        {
            using var ed25519 = NoteSigner.NewEd25519(name);
            made.Add(folder.Add(ed25519));
        }
        else
        {
            CommonOptions.Say($"{Ed25519.Missing} Only an ECDSA key is made; public logs need an Ed25519 one, too.");
        }
        using var ecdsa = NoteSigner.NewEcdsa(name);
        made.Add(folder.Add(ecdsa));
        return made;
    }

    private static async Task<Listed> WritingAsync(DataFolder folder, LogAddress address, Func<Registry, IMediator, Task<Listed>> act, CancellationToken cancel)
    {
        if (address.Engine == EngineNames.Sqlite && !File.Exists(address.Place))
        {
            throw new FileNotFoundException(address.Place);
        }
        // A log that several nodes share may have one in this folder, which keeps the record then.
        var known = address.IsShared ? HeadRecord.TryRead(address.HeadRecord(folder)) : null;
        await using var log = await Engine.OpenForWritingAsync(address, cancel);
        using var record = address.IsShared ? null : new HeadRecord(address.HeadRecord(folder));
        var models = new ReadModels();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All, record, read => CommonOptions.Say($"{read} entries read and checked"), cancel);
        known?.Check(registry.Tree);
        if (registry.Stopped is { } stopped)
        {
            throw new CommandFailedException($"Nothing was changed. {stopped}");
        }
        if (registry.State.Names is null)
        {
            throw new CommandFailedException("There is no registry in this log yet. Make one with 'pledge load', or by starting the host.");
        }
        await using var writer = await ToolWriter.OpenAsync(registry, cancel);
        return await act(registry, Handlers.Mediator(registry, models, writer));
    }

    private static async Task SendAsync<T>(IMediator mediator, T command, CancellationToken cancel) where T : class, ICommand
    {
        switch (await mediator.Send(new Submit<T>(command, Author, Guid.NewGuid().ToString("N")), cancel))
        {
            case Outcome.Recorded or Outcome.NothingNew:
                return;
            case Outcome.Refused refused:
                throw new CommandFailedException(string.Join(' ', refused.Reasons.Select(r => r.Message)));
            case var other:
                throw new CommandFailedException($"It could not be recorded ({other}). Try again.");
        }
    }

    private static Listed List(RegistryState state, KeyFolder folder)
    {
        var files = folder.List();
        string? FileOf(VerifierKey key) => files.FirstOrDefault(f => f.Key == key)?.Path;
        return new Listed(state.Origin,
        [
            .. state.SigningKeys.Select(k => new Shown(k.Key.ToString(), k.Key.IdText, k.Key.Algorithm, k.Key.SpkiPem, true, k.SignsFrom, k.SignsTo, FileOf(k.Key))),
            .. files.Where(f => !state.SigningKeys.Exists(k => k.Key == f.Key))
                .Select(f => new Shown(f.Key.ToString(), f.Key.IdText, f.Key.Algorithm, f.Key.SpkiPem, false, null, null, f.Path)),
        ]);
    }

    private static void Print(Listed listed, Output output)
    {
        if (output.IsJson)
        {
            output.Json(listed);
            return;
        }
        output.Fields(("origin", listed.Origin ?? "none yet: make keys with 'pledge keys new --origin …'"));
        foreach (var key in listed.Keys)
        {
            output.Line();
            output.Fields(
                ("verifier key", key.VerifierKey), ("algorithm", key.Algorithm),
                ("sizes", !key.Published ? "not published in the log: signs nothing"
                    : key.SignsTo is { } to ? string.Create(CultureInfo.InvariantCulture, $"{key.SignsFrom} to {to} (retired)")
                    : string.Create(CultureInfo.InvariantCulture, $"from {key.SignsFrom} on")),
                ("private key", key.File ?? "not on this machine"));
            output.Line(key.SpkiPem ?? "");
        }
    }
}
