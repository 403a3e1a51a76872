using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>Invites a party to a common pledge.</summary>
public sealed class InviteForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "invite")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new InviteParty(Id, Text("party"), Values.Date("on")!, Text("reason")));
}

/// <summary>A party accepts a common pledge.</summary>
public sealed class AcceptForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "accept")
{
    /// <summary>Who was invited; where it is open for signature, anybody else too.</summary>
    public IReadOnlyList<Option> Parties() =>
        State.Signature is not null ? Participants() : PartyOptions(State.Parties.Where(p => p.Value.Invited).Select(p => p.Key));

    protected override Task<IActionResult> SendAsync() => RecordAsync(new AcceptPledge(
        Id, Text("party"), Values.Date("from")!, Values.One("text"), Values.One("text") is null ? null : Text("language"), Values.Source("source")));
}

/// <summary>A party that was invited doesn't accept.</summary>
public sealed class DeclineForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "decline")
{
    public IReadOnlyList<Option> Parties() => PartyOptions(State.Parties.Where(p => p.Value.Invited).Select(p => p.Key));

    protected override Task<IActionResult> SendAsync() => RecordAsync(new DeclinePledge(Id, Text("party"), Values.Date("on")!, Text("text"), Text("language")));
}

/// <summary>A party says what its own share is.</summary>
public sealed class ShareForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "share")
{
    public IReadOnlyList<Option> Parties() => PartyOptions(State.Content.Owing.Concat(State.Parties.Where(p => p.Value.Owed.Count > 0).Select(p => p.Key)));

    public IReadOnlyList<string> Targets() => Values.RowsFor("share.targets", "indicator", State.Content.Indicators.Select(i => i.Code));

    protected override IEnumerable<(string Name, string? Value)> Preset()
    {
        if (State.Parties.GetValueOrDefault(Show.Asked("party") ?? "")?.Share?.Share is not { } share)
        {
            return Asked();
        }
        return
        [
            .. Asked(), ("share.text", share.Text), ("share.language", share.Language), ("share.lead", share.Lead), .. share.Due.Typed("share.due"), .. share.Amounts.Typed("share.amounts"),
            .. share.Targets.Rows("share.targets", (t, row) => [($"{row}.indicator", t.Indicator), ($"{row}.value", t.Value)]),
        ];
    }

    protected override Task<IActionResult> SendAsync() => RecordAsync(new DeclareShare(
        Id, Text("party"),
        new Share(Text("share.text"), Text("share.language"), Values.One("share.lead"), Values.Due("share.due"), Values.Amounts("share.amounts"),
            Values.Each("share.targets", row => new ShareTarget(Text($"{row}.indicator"), Text($"{row}.value")))),
        Values.Date("from")!, Values.One("reason")));
}

/// <summary>A party leaves a pledge of several.</summary>
public sealed class LeaveForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "leave")
{
    public IReadOnlyList<Option> Parties() => PartyOptions(State.OwingOn(Reading.On));

    protected override Task<IActionResult> SendAsync() => RecordAsync(new LeavePledge(Id, Text("party"), Values.Date("from")!, Text("reason")));
}

/// <summary>Opens a common pledge for signature.</summary>
public sealed class OpenForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "open")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new OpenForSignature(Id, Values.Date("from")!, Values.Date("until"), Text("reason")));
}

/// <summary>Closes it again.</summary>
public sealed class CloseForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "close")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new CloseForSignature(Id, Values.Date("from")!, Text("reason")));
}
