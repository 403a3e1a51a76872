using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>Mends the record of a pledge: everything that it says may be wrong.</summary>
public sealed class CorrectForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "correct")
{
    protected override IEnumerable<(string Name, string? Value)> Preset() => State.Content.Typed();

    protected override Task<IActionResult> SendAsync() => RecordAsync(new CorrectPledge(Id, Version, Values.Pledge(), Text("reason")));
}

/// <summary>The parties change what they promise. Kind, meeting, whose words and who owes it stay, and aren't asked.</summary>
public sealed class AmendForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "amend")
{
    protected override IEnumerable<(string Name, string? Value)> Preset() => State.Content.Typed();

    protected override Task<IActionResult> SendAsync()
    {
        var now = State.Content;
        var content = Values.Pledge() with { Kind = now.Kind, Meeting = now.Meeting, By = now.By, Owing = now.Owing, AnnouncedOn = now.AnnouncedOn };
        return RecordAsync(new AmendPledge(Id, Version, content, Values.Date("from")!, Text("reason")));
    }
}

/// <summary>Adds a translation of the title and text as they stand.</summary>
public sealed class TranslateForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "translate")
{
    public IReadOnlyList<Option> Into() => [.. TextLanguageOptions().Where(o => o.Value != State.Content.Language)];

    protected override Task<IActionResult> SendAsync() => RecordAsync(new TranslatePledge(Id, new Translation(
        Text("translation.language"), Text("translation.title"), Text("translation.text"), Values.Code<TranslationStanding>("translation.standing"))));
}
