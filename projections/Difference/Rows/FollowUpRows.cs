using PledgeRegistry.Projections.ImrfFollowUp;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>A row for each party's part in each commitment of a cycle.</summary>
internal static class FollowUpRows
{
    public static IEnumerable<ViewRow> Of(RowsAsk ask)
    {
        var view = new FollowUpBuilder(ask.Models, new GetImrfFollowUp(ask.Reading, ask["cycle"]!, ask["objective"], ask["roundTable"], ask["party"], ask["kind"])).Build(ask.Cancel);
        string[] around = Around.Series(ask, "IMRF");
        return ask.Each(view.Lines).Select(line =>
        {
            var pledge = ask.Models.Pledges.At(line.Pledge, ask.Size)!;
            return new ViewRow($"{line.Pledge}/{line.Party ?? "-"}", $"pledge/{line.Pledge}", RowFields.From(
                ("title", line.Title), ("text", pledge.On(ask.On).Text), ("kind", line.Kind), ("modality", line.Modality), ("meeting", line.Meeting),
                ("party", line.Party), ("part", line.Part?.Code()), ("collective", line.Collective),
                ("claimed", line.Claimed), ("claimedOn", Around.Day(line.ClaimedOn)), ("verified", line.Verified), ("independent", line.Independent), ("answer", line.Answer),
                ("freshness", Told(line.Freshness != Freshness.NotApplicable, line.Freshness.Code())), ("timeliness", Told(line.Timeliness != Timeliness.NotApplicable, line.Timeliness.Code())),
                ("dueOn", Around.Day(line.DueOn)), ("dueWords", line.DueWords), ("objectives", RowFields.List(line.Objectives)), ("roundTables", RowFields.List(line.RoundTables)),
                ("ended", line.Ended?.Code())))
            {
                Participant = line.Party,
                Ended = Around.Ended(line.Ended),
                Around = [.. around, .. Around.OfPledge(pledge, ask), .. Around.Participants(line.Party, line.Collective)],
            };
        });
    }

    private static string? Told(bool applies, string code) => applies ? code : null;
}
