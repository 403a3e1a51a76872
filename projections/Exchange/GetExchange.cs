using MediatR;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Exchange;

/// <summary>Asks for the needs and offers that touch something; null parameters don't narrow.</summary>
/// <param name="Item">A framework item's code: entries about it or about a part of it.</param>
/// <param name="Open">True for those that are open on the day of the reading, false for the others.</param>
/// <param name="After">The id after which the page starts; nothing comes after an id that isn't known.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
public sealed record ListExchange(
    Reading Reading, Direction? Direction = null, string? Participant = null, string? Nature = null, string? Item = null, string? Place = null, bool? Open = null,
    string? After = null, int Limit = 200) : IRequest<ExchangeList>;

/// <summary>Asks for one need or offer.</summary>
public sealed record GetExchangeEntry(Reading Reading, string Id) : IRequest<ExchangeView?>;

/// <summary>Asks which open needs and open offers might fit.</summary>
/// <param name="Participant">Only pairs with this participant on one side.</param>
/// <param name="Entry">Only pairs with this need or offer.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
public sealed record GetSuggestions(Reading Reading, string? Participant = null, string? Entry = null, int Limit = 50) : IRequest<SuggestionList>;

public sealed class ExchangeHandlers(ReadModels models)
    : IRequestHandler<ListExchange, ExchangeList>, IRequestHandler<GetExchangeEntry, ExchangeView?>, IRequestHandler<GetSuggestions, SuggestionList>
{
    public Task<ExchangeList> Handle(ListExchange request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        var found = Find(request).ToArray();
        var after = request.After is null ? -1 : models.Exchange.At(request.After, reading.Size)?.Position ?? reading.Size;
        var start = found.TakeWhile(e => e.Position <= after).Count();
        var page = found.Skip(start).Take(Math.Clamp(request.Limit, 1, 500)).ToArray();
        return Task.FromResult(new ExchangeList(
            reading.Basis, found.Length, [.. page.Select(e => Item(e, labels, reading))], start + page.Length < found.Length ? page[^1].Id : null));
    }

    public Task<ExchangeView?> Handle(GetExchangeEntry request, CancellationToken cancellationToken) =>
        Task.FromResult(models.Exchange.At(request.Id, request.Reading.Size) is { } row ? View(row, request.Reading) : null);

    public Task<SuggestionList> Handle(GetSuggestions request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        var all = Suggestions.Of(models.Exchange.At(reading), reading.On, (item, code) => models.Frameworks.IsUnder(item, code, reading.Size))
            .Where(s => request.Participant is null || s.Need.Content.Participant == request.Participant || s.Offer.Content.Participant == request.Participant)
            .Where(s => request.Entry is null || s.Need.Id == request.Entry || s.Offer.Id == request.Entry)
            .ToArray();
        return Task.FromResult(new SuggestionList(reading.Basis, all.Length,
        [
            .. all.Take(Math.Clamp(request.Limit, 1, 500)).Select(s => new SuggestionView(
                Item(s.Need, labels, reading), Item(s.Offer, labels, reading), s.Score,
                [.. s.Reasons.Select(r => new CommonView(r.Kind, r.Code, Label(r, labels), r.Points))])),
        ]));
    }

    /// <summary>All that is asked for, on all pages.</summary>
    internal IEnumerable<ExchangeRow> Find(ListExchange request) => models.Exchange.At(request.Reading).Where(e => Wanted(e, request));

    private bool Wanted(ExchangeRow row, ListExchange request)
    {
        var (c, reading) = (row.Content, request.Reading);
        return (request.Direction is null || c.Direction == request.Direction)
            && (request.Participant is null || c.Participant == request.Participant)
            && (request.Nature is null || c.Natures.Contains(request.Nature))
            && (request.Item is null || c.Items.Any(i => models.Frameworks.IsUnder(i, request.Item, reading.Size)))
            && (request.Place is null || c.Places.Contains(request.Place, StringComparer.OrdinalIgnoreCase))
            && (request.Open is null || (row.StatusOn(reading.On) == ExchangeStatus.Open) == request.Open);
    }

    private ExchangeListItem Item(ExchangeRow row, Labels labels, Reading reading)
    {
        var c = row.Content;
        return new ExchangeListItem(
            row.Id, c.Direction, Title(row, reading), labels.Participant(c.Participant), labels.Codes("nature", c.Natures), [.. c.Items.Select(labels.Item)], c.Places,
            labels.Codes("population", c.Populations), labels.Meeting(c.Meeting), c.EffectiveOn, c.OpenUntil, row.StatusOn(reading.On),
            models.Exchange.MatchesOf(row, reading).Count(m => m.Match.StatusOn(reading.On) is MatchStatus.Proposed or MatchStatus.Stands), row.Position);
    }

    private ExchangeView View(ExchangeRow row, Reading reading)
    {
        var (c, labels) = (row.Content, new Labels(models, reading));
        return new ExchangeView(
            reading.Basis, row.Id, row.Version, row.Position, row.RecordedAt, c, labels.Participant(c.Participant), labels.Codes("nature", c.Natures), [.. c.Items.Select(labels.Item)],
            labels.Codes("population", c.Populations), labels.Meeting(c.Meeting), c.Source is { } s ? labels.Source(s.Source) : null, row.StatusOn(reading.On), row.Closing,
            !row.MadeBy(reading.On), [.. models.Exchange.MatchesOf(row, reading).Select(m => Match(m.Need, m.Match, labels, reading))]);
    }

    private MatchView Match(ExchangeRow need, MatchRow match, Labels labels, Reading reading)
    {
        var offer = models.Exchange.At(match.Offer, reading.Size)!;
        string[] sides = [need.Content.Participant, offer.Content.Participant];
        var (status, answers) = (match.StatusOn(reading.On), match.AnswersOn(reading.On).ToArray());
        return new MatchView(
            new Named(need.Id, Title(need, reading)), new Named(offer.Id, Title(offer, reading)), match.Number, [.. sides.Select(labels.Participant)], labels.Participant(match.By),
            match.On, match.Reason, status, [.. answers.Select(a => new MatchAnswerView(labels.Participant(a.Party), a.Answer, a.On, a.Text, a.Language, a.Position))],
            status == MatchStatus.Proposed ? [.. sides.Except(answers.Select(a => a.Party))] : [], match.End, match.Position);
    }

    private static string Title(ExchangeRow row, Reading reading) => row.Content.Title.For(reading.Language) ?? row.Id;

    private static string Label(Common common, Labels labels) => common.Kind switch
    {
        InCommon.Item or InCommon.PartOfItem => labels.Item(new ItemRef(common.Framework!, common.Code)).Label,
        InCommon.Nature => labels.Code("nature", common.Code).Label,
        InCommon.Population => labels.Code("population", common.Code).Label,
        InCommon.Place => common.Code,
        _ => throw new InvalidOperationException($"No label is known for {common.Kind}."),
    };
}
