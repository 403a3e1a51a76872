using System.CommandLine;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge show</c>: one thing, with all that is known of it.</summary>
internal static class ShowVerb
{
    private static readonly string[] Families = ["pledge", "initiative", "participant", "meeting", "source"];

    public static Command Create(CommonOptions options)
    {
        var id = new Argument<string>("ID") { Description = "Of a pledge, an initiative, a participant, a meeting or a source (IMRF-2022-0042), if need be with its family (meeting/IMRF-2022)." };
        return options.Reading(
            new Command("show", "One pledge, initiative, participant, meeting or source, with all that is known of it.") { id },
            async (session, output, parsed, cancel) => await ShowAsync(session, output, parsed.GetRequiredValue(id), cancel));
    }

    private static async Task ShowAsync(ReadSession session, Output output, string id, CancellationToken cancel)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        var (families, key) = slash > 0 && Families.Contains(id[..slash]) ? ([id[..slash]], id[(slash + 1)..]) : (Families, id);
        var reading = session.Reading;
        foreach (var family in families)
        {
            object? view = family switch
            {
                "pledge" => await session.Ask(new GetPledge(reading, key), cancel),
                "initiative" => await session.Ask(new GetInitiative(reading, key), cancel),
                "participant" => await session.Ask(new GetParticipant(reading, key), cancel),
                "meeting" => await session.Ask(new GetMeeting(reading, key), cancel),
                _ => await session.Ask(new GetSource(reading, key), cancel),
            };
            if (view is null)
            {
                continue;
            }
            if (output.IsJson)
            {
                output.Json(view);
            }
            else
            {
                new Pages(session, output).Print(view);
            }
            return;
        }
        throw new CommandFailedException($"No pledge, initiative, participant, meeting or source has the id '{id}' at this basis.");
    }
}
