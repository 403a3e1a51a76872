using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>Maps a pledge to a framework's item.</summary>
public sealed class MapForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "map")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new MapPledge(Id, ItemOf(Values.One("item")), Text("reason"), Values.One("main") is not null));
}

/// <summary>Marks a mapping as a main one, or takes the mark off.</summary>
public sealed class MarkForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "mark")
{
    protected override Task<IActionResult> SendAsync() =>
        Values.One("main") is { } main ? RecordAsync(new MarkMapping(Id, ItemOf(Values.One("item")), main == "yes", Text("reason"))) : Task.FromResult<IActionResult>(Wrong("main", T["Refusal.missing"]));
}

/// <summary>Moves a mapping to another item.</summary>
public sealed class MoveForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "move")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new MoveMapping(Id, ItemOf(Values.One("from")), ItemOf(Values.One("to")), Text("reason")));
}

/// <summary>Contests a mapping.</summary>
public sealed class ContestForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "contest")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new ContestMapping(Id, ItemOf(Values.One("item")), Text("by"), Text("reason"), Text("language")));
}

/// <summary>Answers a contest.</summary>
public sealed class AnswerContestForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "answer-contest")
{
    public IReadOnlyList<Option> Contests() =>
    [
        .. State.Contests.Select((c, i) => (Contest: c, Number: Show.Plain(i + 1))).Where(c => !c.Contest.Answered)
            .Select(c => new Option(c.Number, T["Contest.Option", c.Number, c.Contest.Item.Item, c.Contest.By, c.Contest.Reason])),
    ];

    protected override Task<IActionResult> SendAsync() =>
        Values.One("upheld") is not { } upheld ? Task.FromResult<IActionResult>(Wrong("upheld", T["Refusal.missing"]))
        : !int.TryParse(Values.One("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Task.FromResult<IActionResult>(Wrong("number", T["Refusal.missing"]))
        : RecordAsync(new AnswerContest(Id, number, Text("by"), upheld == "yes", Text("text"), Text("language")));
}

/// <summary>Retires a mapping.</summary>
public sealed class RetireForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "retire")
{
    protected override Task<IActionResult> SendAsync() => RecordAsync(new RetireMapping(Id, ItemOf(Values.One("item")), Text("reason")));
}
