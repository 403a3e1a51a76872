using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.OpeningData;

/// <summary>An invented initiative that has every field, and news of it.</summary>
internal static class DemoInitiative
{
    public static void Tell(DemoTeller tell)
    {
        var content = new InitiativeContent(
            "CRI", "programme", "new", ["RCM-A2", "RCM-A1"], Both("Printing and handing out the vaccination card", "Impresión y entrega de la cartilla de vacunación"),
            Both("Each border post hands the card out with the first vaccination.", "Cada puesto fronterizo entrega la cartilla con la primera vacuna."), "RCM-XXI", new EffectiveDate("2023-40"),
            new Period(new EffectiveDate("2023-01-01"), new EffectiveDate("2023-06-30")), tell.IdOf("common"), "Invented: the ministry of health", "both", ["Invented: an association of nurses"], ["children"], ["maternal-sexual-health"], ["transit"],
            "The cards ran out in March. (Invented.)", "Posts lend each other cards. (Invented.)", "Print twice what the first month takes. (Invented.)", "The card is filled in with the parents. (Invented.)", "The card’s layout. (Invented.)",
            [new Result("Cards handed out", "12400", "cards", "Not all children who were seen took one.")], [new ItemRef("gcm/2018", "GCM-15.e")], "Paper. (Invented.)", "The course for staff. (Invented.)",
            [new Evidence("Invented: figures of the posts", "https://example.org/invented/posts", "text/csv", new string('c', 64), null)], null);
        tell.Does("initiative", new RecordInitiative(content), "CRI");
        var id = tell.Got("initiative");
        tell.Does("initiative-update", new UpdateInitiative(id, 1, content with { Novelty = "updated", EffectiveOn = new EffectiveDate("2024"), Results = [new Result("Cards handed out", "21900", "cards", "Not all children who were seen took one.")] }, "The year is over. (Invented.)"), "CRI");
    }

    private static Texts Both(string english, string spanish) =>
        Texts.Of(("en", $"{DemoData.Marks["en"]}{english} (Invented for the demonstration.)"), ("es", $"{DemoData.Marks["es"]}{spanish} (Inventado para la demostración.)"));
}
