using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>A row for each pledge: what it says, who owes it, and where it stands.</summary>
internal static class PledgeRows
{
    public static IEnumerable<ViewRow> Of(RowsAsk ask) => ask.Each(new ListPledgesHandler(ask.Models).Find(
        new ListPledges(ask.Reading, ask["kind"], ask["series"], ask["meeting"], ask["party"], ask["item"], ask["source"]))).Select(p => Row(p, ask));

    private static ViewRow Row(PledgeRow pledge, RowsAsk ask)
    {
        var content = pledge.On(ask.On);
        return new ViewRow($"pledge/{pledge.Id}", $"pledge/{pledge.Id}", ask.Fields.Of(content,
        [
            ("owing", RowFields.List(pledge.OwingOn(ask.On))), ("mappings", RowFields.List(pledge.ActiveMappings.Select(m => $"{m.Item.Framework} {m.Item.Item}"))),
            ("reports", Around.Some(pledge.Reports.Count(r => r.HoldsFrom <= ask.On))), ("reviews", Around.Some(pledge.Reviews.Count(r => r.HoldsFrom <= ask.On))),
            ("ended", pledge.EndedOn(ask.On)?.Code()),
            .. pledge.Reports.Select(r => r.Report.Party).Distinct().Select(party => ($"claimed.{party}", pledge.LatestReport(ask.On, party)?.Report.Status.Code())),
            .. pledge.Answers.Select(a => a.Party).Distinct().Select(party => ($"answer.{party}", pledge.AnswerOf(party, ask.On)?.Answer.Code())),
        ]))
        {
            Ended = Around.Ended(pledge.EndedOn(ask.On)),
            Around = [.. Around.OfPledge(pledge, ask), .. Around.Participants(content.Owing), .. Around.Participants(content.Addressees)],
        };
    }
}

/// <summary>The rows of one pledge: its content, its parties, its mappings, its reports, its reviews, its translations.</summary>
internal static class OnePledgeRows
{
    public static IEnumerable<ViewRow>? Of(RowsAsk ask) => ask.Models.Pledges.At(ask["id"]!, ask.Size) is { } pledge ? Rows(pledge, ask) : null;

    private static IEnumerable<ViewRow> Rows(PledgeRow pledge, RowsAsk ask)
    {
        var (stream, content) = ($"pledge/{pledge.Id}", pledge.On(ask.On));
        var view = new GetPledgeHandler(ask.Models).View(pledge, ask.Reading);
        ViewRow Row(string key, IReadOnlyDictionary<string, string> fields, string? participant = null) => new($"{pledge.Id}/{key}", stream, fields)
        {
            Participant = participant,
            Around = [.. Around.OfPledge(pledge, ask), .. Around.Series(ask, ask.Models.Meetings.Meeting(content.Meeting, ask.Size)?.Content.Series ?? ""), .. Around.Participants(content.Owing), .. Around.Participants(participant)],
        };
        yield return Row("content", ask.Fields.Of(content, ("owing", RowFields.List(pledge.OwingOn(ask.On))), ("ended", pledge.EndedOn(ask.On)?.Code()), ("openForSignature", Around.Flag(view.OpenForSignature)),
            ("notYetMade", Around.Flag(view.NotYetMade)))) with
        { Ended = Around.Ended(pledge.EndedOn(ask.On)) };
        foreach (var party in view.Parties)
        {
            yield return Row($"party/{party.Participant.Id}", RowFields.From(
                ("party", party.Participant.Id), ("part", party.Part.Code()), ("collective", party.Collective?.Id), ("since", Around.Day(party.Since)), ("dueOn", Around.Day(party.DueOn)),
                ("claimed", party.Claimed?.Code), ("claimedOn", Around.Day(party.ClaimedOn)), ("freshness", party.Freshness.Code()), ("timeliness", party.Timeliness.Code()),
                ("answer", party.Answer?.Code), ("share", party.Share?.Share.Text)), party.Participant.Id);
        }
        foreach (var mapping in pledge.ActiveMappings)
        {
            yield return Row($"mapping/{mapping.Item.Framework}/{mapping.Item.Item}", RowFields.From(
                ("item", $"{mapping.Item.Framework} {mapping.Item.Item}"), ("main", Around.Flag(mapping.Main)), ("retrospective", Around.Flag(mapping.Retrospective)),
                ("contested", RowFields.List(pledge.Contests.Where(c => c.Mapping == mapping.Position && c.Answer is null).Select(c => c.By)))));
        }
        foreach (var report in pledge.Reports.Where(r => r.HoldsFrom <= ask.On))
        {
            yield return Row($"report/{Around.Number(report.Number)}", ask.Fields.Of(report.Report), report.Report.Party);
        }
        foreach (var review in pledge.Reviews.Where(r => r.HoldsFrom <= ask.On))
        {
            yield return Row($"review/{Around.Number(review.Number)}", ask.Fields.Of(review.Review, ("replies", Around.Some(review.Replies.Count))));
        }
        foreach (var translation in view.Translations)
        {
            yield return Row($"translation/{translation.Language}", RowFields.From(
                ("language", translation.Language), ("title", translation.Title), ("text", translation.Text), ("standing", translation.Standing.Code()), ("outOfDate", Around.Flag(!translation.Current))));
        }
    }
}
