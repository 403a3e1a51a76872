using PledgeRegistry.Frameworks;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>A mapping, with why.</summary>
/// <param name="Main">Whether it is one of the items that matter most: a mark, not a limit.</param>
public sealed record MappingReason(ItemRef Item, string Reason, bool Main = false);

/// <summary>Records a pledge, conclusion, statement or recommendation, with its first mappings. It gets a public id such as <c>IMRF-2022-0042</c>.</summary>
public sealed record RecordPledge(PledgeContent Content, IReadOnlyList<MappingReason> Mappings) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var check = new Check(head).Content(head, Content);
        check.Each(Mappings, "mappings", (mapping, field) => check.Item(mapping.Item, $"{field}.item").Text(mapping.Reason, $"{field}.reason", 2000));
        check.Once(Mappings, m => m.Item, "mappings").Fits(Mappings?.Count ?? 0, "mappings");
        if (check.Refusal is { } refusal)
        {
            return refusal;
        }
        var meeting = head.Meetings[Content.Meeting].Content;
        return PledgeRules.Accept(head.NextId($"{meeting.Series}-{meeting.Year}-"),
        [
            new PledgeEvent.Recorded(Content),
            .. Mappings!.Select(m => new PledgeEvent.Mapped(m.Item, m.Reason, PledgeRules.Retrospective(head, Content, m.Item), m.Main)),
        ]);
    }
}
