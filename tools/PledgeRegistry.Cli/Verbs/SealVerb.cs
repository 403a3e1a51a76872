using System.CommandLine;
using System.Globalization;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge seal</c>: records hashes of what the views say at a basis. Writes, as <c>pledge load</c> does.</summary>
internal static class SealVerb
{
    private const string Actor = "local-operator";

    private sealed record Done(string Outcome, long? Position, long Size, string Root, string On, string? Meeting, IReadOnlyList<SealedView> Views);

    public static Command Create(CommonOptions options)
    {
        var meeting = new Option<string?>("--as-of-meeting") { Description = "At the end of a meeting that is over: what was known at the end of its last day (UTC), on that day.", HelpName = "ID" };
        var size = new Option<string?>("--size") { Description = "As known when the log had so many entries.", HelpName = "N" };
        var asOf = new Option<string?>("--as-of") { Description = "As known at a moment (2022-05-17, the end of that UTC day, or 2022-05-17T12:00:00Z).", HelpName = "MOMENT" };
        var on = new Option<string?>("--on") { Description = "Judged on a day (2022-05-17).", HelpName = "DATE" };
        var verb = new Command("seal", "Records hashes of what the views say, now or at another basis, so that anybody can make them again and compare. With a running host: POST /api/seals.") { meeting, size, asOf, on };
        verb.Validators.Add(r =>
        {
            if (r.GetResult(meeting) is not null && (r.GetResult(size) ?? r.GetResult(asOf) ?? r.GetResult(on)) is not null)
            {
                r.AddError("--as-of-meeting: A meeting's end is a basis already; give no other.");
            }
        });
        verb.SetAction(async (parsed, cancel) =>
        {
            var request = new BasisRequest(parsed.GetValue(size), parsed.GetValue(on), parsed.GetValue(asOf));
            Print(await SealAsync(options.Folder(parsed), options.Address(parsed), parsed.GetValue(meeting), request, cancel), options.Output(parsed));
            return 0;
        });
        return verb;
    }

    private static async Task<Done> SealAsync(DataFolder folder, LogAddress address, string? meeting, BasisRequest request, CancellationToken cancel)
    {
        if (!address.IsShared && !File.Exists(folder.Log))
        {
            throw new FileNotFoundException("There is no log.", folder.Log);
        }
        await using var log = await Engine.OpenForWritingAsync(address, cancel);
        using var record = new HeadRecord(address.HeadRecord(folder));
        var models = new ReadModels();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All, record, read => CommonOptions.Say($"{read} entries read and checked"), cancel);
        if (registry.Stopped is { } stopped)
        {
            throw new CommandFailedException($"Nothing was sealed. {stopped}");
        }
        await using var writer = await ToolWriter.OpenAsync(registry, cancel);
        var basis = Resolve(registry, models, meeting, request, ToolWriter.Clock);
        CommonOptions.Say(string.Create(CultureInfo.InvariantCulture, $"Making the views of {basis.Size} entries, on {basis.OnText()}"));
        var command = await Sealing.AtAsync(registry, models, basis, meeting, cancel);
        var key = $"pledge-seal-{Hash.Of(StoredJson.Encode(command))}";
        var outcome = await Handlers.Mediator(registry, models, writer).Send(new Submit<SealViews>(command, new Author(Actor, Author.Operator, null), key), cancel);
        return outcome switch
        {
            Outcome.Recorded recorded => new Done(recorded.Repeated ? "was sealed" : "sealed", recorded.Receipt.Position, command.Size, command.Root, command.On, meeting, command.Views),
            Outcome.NothingNew => new Done("was sealed", null, command.Size, command.Root, command.On, meeting, command.Views),
            Outcome.Refused refused => throw new CommandFailedException($"Not sealed: {string.Join(" ", refused.Reasons.Select(r => r.Message))}"),
            Outcome.Unavailable unavailable => throw new CommandFailedException($"Not sealed: {unavailable.Reason}"),
            Outcome.Unknown unknown => throw new CommandFailedException($"{unknown.Reason} Run this again: what was sealed isn't sealed twice."),
            _ => throw new InvalidOperationException($"{outcome.GetType()} is no outcome known here."),
        };
    }

    private static Basis Resolve(Registry registry, ReadModels models, string? meeting, BasisRequest request, TimeProvider clock)
    {
        if (meeting is null)
        {
            var (basis, problem) = new BasisResolver(registry, models.Meetings, clock).Resolve(request);
            return basis ?? throw CommandFailedException.Usage($"--{(problem!.Parameter == "asOf" ? "as-of" : problem.Parameter)}: {problem.Message}");
        }
        return models.Meetings.Meeting(meeting, registry.Head.Size) is null
            ? throw new CommandFailedException($"No meeting has the id '{meeting}'. Nothing was sealed.")
            : Sealing.EndOf(registry, models, meeting, clock.GetUtcNow())
                ?? throw new CommandFailedException($"Nothing was sealed: {meeting} isn't over, has no date, or was over before this registry's first entry. Seal at --size or --as-of instead.");
    }

    private static void Print(Done done, Output output)
    {
        if (output.IsJson)
        {
            output.Json(done);
            return;
        }
        output.Fields(
            ("outcome", done.Outcome), ("entry", done.Position?.ToString(CultureInfo.InvariantCulture)), ("size", done.Size.ToString(CultureInfo.InvariantCulture)),
            ("root", done.Root), ("on", done.On), ("meeting", done.Meeting));
        output.Table("Views", ["view", "parameters", "sha-256"], [.. done.Views.Select(v => (string[])[v.View, Parameters(v.Parameters), v.Sha256])]);
    }

    internal static string Parameters(IReadOnlyList<ViewParameter> parameters) => Output.OrDash(string.Join(' ', parameters.Select(p => $"{p.Name}={p.Value}")));
}
