using PledgeRegistry.Participants;
using PledgeRegistry.Projections.Participants;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>A row for each participant, and one for each role and each membership while it holds.</summary>
internal static class ParticipantRows
{
    public static IEnumerable<ViewRow> Of(RowsAsk ask)
    {
        foreach (var row in ask.Each(ask.Models.Participants.At(ask.Size)).Where(p =>
            (ask["type"] is null || p.Type == ask["type"]) && (ask["role"] is null || p.HasRole(ask["role"]!, ask["scope"], ask.On))))
        {
            var stream = $"participant/{row.Code}";
            yield return new ViewRow(stream, stream, RowFields.From(
            [
                .. Around.Texts("names", row.Names),
                ("type", row.Type), ("nameInSource", row.NameInSource), ("source", row.Source), ("required", Around.Flag(row.ClearanceRequired)),
                ("focalPoint", Around.Flag(row.Acting(ActorRole.FocalPoint, ask.On) > 0)), ("deputies", Around.Some(row.Acting(ActorRole.Deputy, ask.On))),
            ]));
            foreach (var (family, span) in row.Roles.Select(s => ("role", s)).Concat(row.Members.Select(s => ("member", s))).Where(s => s.Item2.Holds(ask.On)))
            {
                yield return new ViewRow($"{stream}/{family}/{span.Name}{(span.Scope is null ? "" : $"/{span.Scope}")}", stream, RowFields.From(
                    (family, span.Name), ("scope", span.Scope), ("from", span.From?.ToString()), ("until", span.Until?.ToString())));
            }
        }
    }
}
