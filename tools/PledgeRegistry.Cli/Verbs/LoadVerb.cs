using System.CommandLine;
using System.Globalization;
using MediatR;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Projections;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge load</c>: makes a registry, and loads what every registry starts with.</summary>
internal static class LoadVerb
{
    private sealed record Loaded(string Data, bool Demonstration, long Added, long Size, string Root);

    public static Command Create(CommonOptions options)
    {
        var demo = new Option<bool>("--demo") { Description = "A demonstration: loads invented examples too. Only into a folder of its own." };
        var verb = new Command("load", "Makes a registry in the data folder and loads the vocabularies and the opening data. What is there already is not added twice.") { demo };
        verb.SetAction(async (parsed, cancel) =>
        {
            Print(await LoadAsync(options.Folder(parsed), options.Address(parsed), parsed.GetValue(demo), CommonOptions.Say, cancel), options.Output(parsed));
            return 0;
        });
        return verb;
    }

    private static async Task<Loaded> LoadAsync(DataFolder folder, LogAddress address, bool demo, Action<string> say, CancellationToken cancel)
    {
        folder.Create();
        say($"Data folder: {folder.Path}");
        await using var log = await Engine.OpenForWritingAsync(address, cancel);
        using var record = new HeadRecord(address.HeadRecord(folder));
        var models = new ReadModels();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All, record, read => say($"{read} entries read and checked"), cancel);
        if (registry.Stopped is { } stopped)
        {
            throw new CommandFailedException($"Nothing was loaded into {folder.Path}. {stopped}");
        }
        var isNew = registry.State.Names is null;
        if (demo && !isNew && !registry.State.Demonstration)
        {
            throw new CommandFailedException($"Nothing was loaded into {folder.Path}. {DemoData.Obstacle(registry.State)}");
        }
        var before = registry.Head.Size;
        await using (var writer = await ToolWriter.OpenAsync(registry, cancel))
        {
            var mediator = Handlers.Mediator(registry, models, writer);
            if (!FiveDocuments.IsLoaded(registry.State))
            {
                await LoadAsync("vocabularies and opening data", mediator, [.. FiveDocuments.Steps(isNew ? demo : registry.State.Demonstration).Where(s => !registry.State.OpeningData.Contains(s.Set))], say, cancel);
            }
            if (demo && !DemoData.IsLoaded(registry.State))
            {
                if (DemoData.Obstacle(registry.State) is { } obstacle)
                {
                    throw new CommandFailedException($"The invented examples were not loaded into {folder.Path}. {obstacle}");
                }
                await LoadAsync("invented examples", mediator, DemoData.Steps(), say, cancel);
            }
        }
        var head = registry.Head;
        return new Loaded(folder.Path, registry.State.Demonstration, head.Size - before, head.Size, head.Root.ToString());
    }

    private static async Task LoadAsync(string what, IMediator mediator, IReadOnlyList<OpeningStep> steps, Action<string> say, CancellationToken cancel)
    {
        say($"Loading {what}: {steps.Count} steps");
        await Loader.LoadAsync(mediator, steps, (done, all) => say($"{done} of {all}"), cancel);
    }

    private static void Print(Loaded loaded, Output output)
    {
        if (output.IsJson)
        {
            output.Json(loaded);
            return;
        }
        output.Fields(
            ("data folder", loaded.Data), ("demonstration", loaded.Demonstration ? "yes" : "no"), ("entries added", loaded.Added.ToString(CultureInfo.InvariantCulture)),
            ("size", loaded.Size.ToString(CultureInfo.InvariantCulture)), ("root", loaded.Root));
    }
}
