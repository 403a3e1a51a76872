using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.OpeningData;

/// <summary>Invented needs and offers: matched, declined, ended, corrected, closed.</summary>
internal static class DemoExchange
{
    public static void Tell(DemoTeller tell)
    {
        var need = Records(tell, "need-interpreters", Entry(Direction.Need, "HND", "Interpreters for border clinics", "Intérpretes para clínicas fronterizas", "GCM-15.e") with { OpenUntil = new EffectiveDate("2027") });
        var offer = Records(tell, "offer-interpreters", Entry(Direction.Offer, "MEX", "A line for interpreters, day and night", "Una línea de intérpretes, día y noche", "GCM-15") with { Pledge = tell.IdOf("corridor-mex") });
        var money = Records(tell, "need-money", Entry(Direction.Need, "SLV", "Money for a second print run of the guide", "Dinero para una segunda tirada de la guía", "GCM-15") with { Natures = ["financial"], Amount = new Amount("40000", "USD", null, null) });
        var course = Records(tell, "offer-course", Entry(Direction.Offer, "CAN", "A course on vaccination at borders", "Un curso de vacunación en fronteras", "GCM-15.e"));
        tell.Does("need-correct", new CorrectNeedOrOffer(money, 1, tell.State.Exchange[money].Content with { Amount = new Amount("45000", "USD", null, null) }, "The price of paper rose. (Invented.)"), "SLV");
        tell.Does("match-1", new ProposeMatch(need, offer, "IOM", new EffectiveDate("2024-02-01"), "The line takes calls in the languages that are asked for. (Invented.)"));
        tell.Does("match-1-yes", new AnswerMatch(need, 1, "HND", MatchAnswer.Accepted, new EffectiveDate("2024-02-10"), "Gladly. (Invented.)", "en"), "HND");
        tell.Does("match-1-also", new AnswerMatch(need, 1, "MEX", MatchAnswer.Accepted, new EffectiveDate("2024-02-20"), "From March on. (Invented.)", "en"), "MEX");
        tell.Does("match-2", new ProposeMatch(need, course, "UNFPA", new EffectiveDate("2024-03-01"), "Interpreters could take the course. (Invented.)"));
        tell.Does("match-2-no", new AnswerMatch(need, 2, "HND", MatchAnswer.Declined, new EffectiveDate("2024-03-05"), "It is interpreters that are missing. (Invented.)", "en"), "HND");
        tell.Does("match-1-end", new EndMatch(need, 1, "MEX", new EffectiveDate("2025-12-31"), "The line moves to another ministry. (Invented.)"), "MEX");
        tell.Does("offer-close", new CloseNeedOrOffer(course, tell.State.VersionOf($"exchange/{course}"), Closing.Lapsed, new EffectiveDate("2026-01-01"), "Nobody asked for it. (Invented.)"), "CAN");
    }

    private static string Records(DemoTeller tell, string key, ExchangeContent content)
    {
        tell.Does(key, new RecordNeedOrOffer(content), content.Participant);
        return tell.Got(key);
    }

    private static ExchangeContent Entry(Direction direction, string participant, string english, string spanish, string item) => new(
        direction, participant, Texts.Of(("en", DemoData.Marks["en"] + english), ("es", DemoData.Marks["es"] + spanish)),
        Texts.Of(("en", "For clinics along the route. (Invented for the demonstration.)"), ("es", "Para clínicas a lo largo de la ruta. (Inventado para la demostración.)")),
        ["human-technical"], [new ItemRef("gcm/2018", item)], [participant], ["all-migrants"], "IMRF-2022", new EffectiveDate("2023-11"), null, null, null, null, null);
}
