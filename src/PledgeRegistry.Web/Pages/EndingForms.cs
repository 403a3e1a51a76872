using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>Ends a pledge, in one of six ways.</summary>
public sealed class EndForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "end")
{
    /// <summary>The ways, each with what it means.</summary>
    public IReadOnlyList<Option> Kinds() => [.. Kebab.Codes<EndingKind>().Select(c => new Option(c, Show.Word("End", c), null, Show.Word("EndMeaning", c)))];

    protected override Task<IActionResult> SendAsync()
    {
        var (from, reason) = (Values.Date("from")!, Text("reason"));
        string[] into = [.. Text("into").Split([',', ';', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (into.Length > 1 && Values.OptionalCode<EndingKind>("kind") is EndingKind.Superseded or EndingKind.Duplicate or EndingKind.Merged)
        {
            return Task.FromResult<IActionResult>(Wrong("into", T["Refusal.one-only"]));
        }
        var other = into.FirstOrDefault() ?? "";
        return Values.OptionalCode<EndingKind>("kind") switch
        {
            EndingKind.Withdrawn => RecordAsync(new WithdrawPledge(Id, Version, from, reason)),
            EndingKind.Superseded => RecordAsync(new SupersedePledge(Id, Version, other, from, reason)),
            EndingKind.Completed => RecordAsync(new CompletePledge(Id, Version, from, reason, Values.Evidence("evidence"))),
            EndingKind.Duplicate => RecordAsync(new MarkDuplicate(Id, Version, other, reason)),
            EndingKind.Split => RecordAsync(new SplitPledge(Id, Version, into, from, reason)),
            EndingKind.Merged => RecordAsync(new MergePledge(Id, Version, other, from, reason)),
            _ => Task.FromResult<IActionResult>(Wrong("kind", T["Refusal.missing"])),
        };
    }

    // Under which id it goes on is one field, whichever way it ends.
    protected override string PlaceOf(string field) => field is "by" or "of" || field.StartsWith("into", StringComparison.Ordinal) ? "into" : base.PlaceOf(field);
}

/// <summary>What ended a pledge no longer holds.</summary>
public sealed class ReinstateForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "reinstate")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new ReinstatePledge(Id, Version, Values.Date("from")!, Text("reason")));
}
