using PledgeRegistry.Exchange;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Projections.Initiatives;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>Rows of the views that list records of one sort.</summary>
internal static class RecordRows
{
    public static IEnumerable<ViewRow> Initiatives(RowsAsk ask) => ask.Each(new ListInitiativesHandler(ask.Models).Find(
        new ListInitiatives(ask.Reading, ask["participant"], ask["kind"], ask["area"], ask["meeting"]))).Select(row =>
    {
        var withdrawn = row.WithdrawnOn(ask.On) ? "withdrawn" : null;
        return new ViewRow($"initiative/{row.Id}", $"initiative/{row.Id}", ask.Fields.Of(row.On(ask.On)!.Content, ("ended", withdrawn))) { Ended = withdrawn };
    });

    public static IEnumerable<ViewRow> Exchange(RowsAsk ask)
    {
        Direction? direction = Kebab.TryParse<Direction>(ask["direction"], out var given) ? given : null;
        foreach (var row in ask.Each(new ExchangeHandlers(ask.Models).Find(new ListExchange(ask.Reading, direction, ask["participant"], ask["nature"], ask["item"], ask["place"]))))
        {
            var status = row.StatusOn(ask.On);
            yield return new ViewRow($"exchange/{row.Id}", $"exchange/{row.Id}", ask.Fields.Of(row.Content, ("state", status.Code()))) { Ended = status == ExchangeStatus.Open ? null : status.Code() };
            foreach (var match in row.Matches.Where(m => m.MadeBy(ask.On)))
            {
                yield return new ViewRow($"exchange/{row.Id}/match/{Around.Number(match.Number)}", $"exchange/{row.Id}", RowFields.From(
                    [("offer", match.Offer), ("by", match.By), ("match", match.StatusOn(ask.On).Code()), .. match.AnswersOn(ask.On).Select(a => ($"answer.{a.Party}", a.Answer.Code()))]));
            }
        }
    }

    public static IEnumerable<ViewRow> Meetings(RowsAsk ask) => ask.Each(ask.Models.Meetings.Meetings(ask.Size)).Where(m => ask["series"] is null || m.Content.Series == ask["series"])
        .Select(m => new ViewRow($"meeting/{m.Id}", $"meeting/{m.Id}", ask.Fields.Of(m.Content,
            [("documents", RowFields.List(m.Documents)), .. m.Clusters.Select(c => ($"clusters.{c.Code}", RowFields.List(c.Items)))])));

    public static IEnumerable<ViewRow> Series(RowsAsk ask) => ask.Each(ask.Models.Meetings.AllSeries(ask.Size))
        .Select(s => new ViewRow($"series/{s.Code}", $"series/{s.Code}", ask.Fields.Of(s.Settings)));

    public static IEnumerable<ViewRow> Sources(RowsAsk ask) => ask.Each(ask.Models.Meetings.Sources(ask.Size))
        .Select(s => new ViewRow($"source/{s.Id}", $"source/{s.Id}", ask.Fields.Of(s.Document)));

    public static IEnumerable<ViewRow> Partnerships(RowsAsk ask) => ask.Each(ask.Models.Partnerships.At(ask.Size))
        .Select(p => new ViewRow($"partnership/{p.Id}", $"partnership/{p.Id}", ask.Fields.Of(p.Content)));
}
