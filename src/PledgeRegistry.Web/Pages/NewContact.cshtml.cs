using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Participants;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>Appoints somebody: the person goes into the directory, the appointment with a random id into the log.</summary>
public sealed class NewContactPage(Show show, WriteGuard guard, IIdSource ids) : PrivatePage(show, guard)
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Take();
        var actor = ids.NewActor();
        var command = Command(actor);
        if (command.Decide(Show.Registry.State, Acting.AuthorFor(command, null)) is not Decision.Refused)
        {
            var details = DetailsTyped();
            if (!IsContact(details))
            {
                return Page();
            }
            Store.AddContact(Acting.Actor, actor, command.Code, details);
        }
        var answer = await RecordAsync(command, _ => $"/contacts/{actor}");
        // Only what was refused surely isn't in the log; of anything else the person must stay known.
        if (answer is not LocalRedirectResult && Response.StatusCode is StatusCodes.Status422UnprocessableEntity or StatusCodes.Status412PreconditionFailed)
        {
            // Nobody is in the directory who wasn't appointed.
            Store.EraseContact(Acting.Actor, actor);
        }
        return answer;
    }

    public IReadOnlyList<Option> Roles() => [.. Kebab.Codes<ActorRole>().Select(r => new Option(r, Show.Word("ActorRole", r)))];

    public IReadOnlyList<Option> Series() => [.. Show.Models.Meetings.AllSeries(Reading.Size).Select(s => new Option(s.Code, $"{s.Settings.Names.For(Show.Language)} ({s.Code})"))];

    private AppointActor Command(string actor)
    {
        var (code, role) = (Values.One("code") ?? "", EnumOf<ActorRole>(Values.One("role")));
        var scope = role switch
        {
            ActorRole.FocalPoint or ActorRole.Deputy => code,
            ActorRole.Secretariat or ActorRole.Reviewer => Values.One("scope") ?? "",
            _ => ActorId.Registry,
        };
        return new AppointActor(code, actor, role, scope, Date("from")!, Date("until"));
    }
}
