using MediatR;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.ClearingHouse;

public sealed class GetClearingHouseHandler(ReadModels models) : IRequestHandler<GetClearingHouse, ClearingHouseView>
{
    public Task<ClearingHouseView> Handle(GetClearingHouse request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var found = models.Initiatives.At(reading).SelectMany(i => Of(i, request)).Concat(models.Pledges.At(reading).SelectMany(p => Of(p, request)))
            .Where(f => Wanted(f, request)).ToArray();
        var labels = new Labels(models, reading);
        var standing = found.Where(f => !f.Withdrawn).OrderByDescending(f => f.EffectiveOn.Last()).ThenByDescending(f => f.Position).ThenBy(f => f.Kind).ToArray();
        return Task.FromResult(new ClearingHouseView(
            reading.Basis, standing.Length,
            [.. standing.Skip((int)Math.Clamp(request.Skip, 0, int.MaxValue)).Take(Math.Clamp(request.Limit, 1, 500)).Select(f => Material(f, labels))],
            [.. found.Where(f => f.Withdrawn).Select(f => f.Of).Distinct().OrderBy(o => o.Id, StringComparer.Ordinal)]));
    }

    private static IEnumerable<Found> Of(InitiativeRow row, GetClearingHouse request)
    {
        var phase = row.On(request.Reading.On)!;
        var c = phase.Content;
        // The entry says in what languages its title and description are; where that is one, the other texts are in it too.
        var language = c.Description.Count == 1 ? c.Description.First().Key : null;
        var of = new Named(row.Id, c.Title.For(request.Reading.Language) ?? row.Id);
        foreach (var (kind, text) in new[]
                 {
                     (MaterialKind.Challenge, c.Challenge), (MaterialKind.Response, c.Response), (MaterialKind.Lesson, c.Lesson), (MaterialKind.GoodPractice, c.GoodPractice),
                     (MaterialKind.ReusableMaterial, c.ReusableMaterial),
                 })
        {
            if (text is not null)
            {
                yield return new Found(kind, text, language, of, string.Join(' ', c.Title.Select(t => t.Value)), null, c.Participant, c.Areas, c.Links,
                    c.Populations, c.Conditions, c.JourneyStages, c.EffectiveOn, phase.Position, row.WithdrawnOn(request.Reading.On));
            }
        }
    }

    private static IEnumerable<Found> Of(PledgeRow row, GetClearingHouse request)
    {
        var on = request.Reading.On;
        var c = row.On(on);
        foreach (var report in row.Reports.Where(r => r.HoldsFrom <= on))
        {
            var r = report.Report;
            foreach (var (kind, text) in new[] { (MaterialKind.Lesson, r.Lesson), (MaterialKind.GoodPractice, r.GoodPractice), (MaterialKind.ReusableMaterial, r.ReusableMaterial) })
            {
                if (text is not null)
                {
                    yield return new Found(kind, text, r.Language, new Named(row.Id, c.Title), c.Title, report.Number, r.Party, [], [.. row.ActiveMappings.Select(m => m.Item)],
                        c.Populations, c.Conditions, c.JourneyStages, r.EffectiveOn, report.Position, row.EndedOn(on) == EndingKind.Withdrawn);
                }
            }
        }
    }

    private bool Wanted(Found f, GetClearingHouse request) =>
        (request.Kind is null || f.Kind == request.Kind)
        && (request.Participant is null || f.Participant == request.Participant)
        && (request.Population is null || f.Populations.Contains(request.Population))
        && (request.Condition is null || f.Conditions.Contains(request.Condition))
        && (request.Stage is null || f.JourneyStages.Contains(request.Stage))
        && (request.Item is null || f.Areas.Contains(request.Item) || f.Items.Any(i => models.Frameworks.IsUnder(i, request.Item, request.Reading.Size)))
        && (request.Text is null || SearchText.Has($"{f.Text} {f.Titles}", request.Text));

    private static Material Material(Found f, Labels labels) => new(
        f.Kind, f.Text, f.Language, f.Of, f.Report, labels.Participant(f.Participant),
        [.. f.Areas.Select(a => labels.Code("rcm-areas", a)).Select(a => new LabelledItem("rcm-areas", a.Code, a.Label)), .. f.Items.Select(labels.Item)],
        labels.Codes("population", f.Populations), labels.Codes("condition", f.Conditions), labels.Codes("journey-stage", f.JourneyStages), f.EffectiveOn, f.Position);

    private sealed record Found(
        MaterialKind Kind, string Text, string? Language, Named Of, string Titles, int? Report, string Participant, IReadOnlyList<string> Areas, IReadOnlyList<ItemRef> Items,
        IReadOnlyList<string> Populations, IReadOnlyList<string> Conditions, IReadOnlyList<string> JourneyStages, EffectiveDate EffectiveOn, long Position, bool Withdrawn);
}
