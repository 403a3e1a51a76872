using System.Globalization;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>Streams that can change a row from further away, and how what rows have in common is written.</summary>
internal static class Around
{
    /// <summary>A series and its meetings: they say when somebody is silent or late.</summary>
    public static string[] Series(RowsAsk ask, string series) =>
        [$"series/{series}", .. ask.Models.Meetings.Meetings(ask.Size).Where(m => m.Content.Series == series).Select(m => $"meeting/{m.Id}")];

    /// <summary>The meetings that a pledge names, and the frameworks that it is mapped to.</summary>
    public static IEnumerable<string> OfPledge(PledgeRow pledge, RowsAsk ask)
    {
        var content = pledge.On(ask.On);
        return content.Milestones.Select(m => m.Due.Meeting).Append(content.Due?.Meeting).Append(content.Meeting).OfType<string>().Select(m => $"meeting/{m}")
            .Concat(pledge.ActiveMappings.Select(m => $"framework/{m.Item.Framework}"))
            .Distinct();
    }

    /// <summary>Participants and the collectives through which they have a part.</summary>
    public static IEnumerable<string> Participants(params IEnumerable<string?> codes) => codes.OfType<string>().Select(c => $"participant/{c}").Distinct();

    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text in each of its languages.</summary>
    public static IEnumerable<(string Name, string? Value)> Texts(string field, Texts texts) => texts.Select(t => ($"{field}.{t.Key}", (string?)t.Value));

    /// <summary>A number, or nothing for none.</summary>
    public static string? Some(long number) => number == 0 ? null : Number(number);

    public static string? Flag(bool holds) => holds ? "true" : null;

    /// <summary>The ending that takes a pledge out of the counts, or null.</summary>
    public static string? Ended(EndingKind? ended) => ended.Counts() ? null : ended!.Value.Code();
}
