using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.OpeningData;

/// <summary>Invented appointments: a focal point with a deputy, a second person's clearance, a handover. Only opaque ids; nobody stands behind them.</summary>
internal static class DemoPeople
{
    // Not random, as those of people are: whoever sees them sees that they are invented.
    private const string Focal = "a-inventedfocalpointofpanama", Deputy = "a-inventeddeputyofpanamaaaaa", Next = "a-inventednextfocalpointofpan", Officer = "a-inventedofficerofthenetwork",
        Critic = "a-inventedreviewerofthenetwo", Auditor = "a-inventedauditorofthenetwor";

    public static void Tell(DemoTeller tell)
    {
        var from = new EffectiveDate("2022-01-10");
        tell.Does("people-focal", new AppointActor("PAN", Focal, ActorRole.FocalPoint, "PAN", from, null));
        tell.Does("people-deputy", new AppointActor("PAN", Deputy, ActorRole.Deputy, "PAN", from, null));
        tell.Does("people-officer", new AppointActor("UNNM", Officer, ActorRole.Secretariat, "IMRF", from, null));
        tell.Does("people-critic", new AppointActor("UNNM", Critic, ActorRole.Reviewer, "IMRF", from, new EffectiveDate("2027-01-01")));
        tell.Does("people-auditor", new AppointActor("UNNM", Auditor, ActorRole.Auditor, ActorId.Registry, from, null));
        tell.Does("people-auditor-end", new EndAppointment("UNNM", Auditor, ActorRole.Auditor, ActorId.Registry, new EffectiveDate("2024-06-01"), "The audit was done. (Invented.)"));
        tell.Does("people-clearance", new SetClearance("PAN", true, "Two pairs of eyes before anything is published. (Invented.)"));
        tell.Does("people-cleared", new ReportProgress(tell.IdOf("common"), new ProgressReport("PAN", ClaimedStatus.PartiallyFulfilled, new EffectiveDate("2025-10"),
            "Five of six posts use it. (Invented for the demonstration.)", "en", null, null, "The sixth in December. (Invented for the demonstration.)", [], [new IndicatorValue("I2", "5", new EffectiveDate("2025-10"), null)], [], [], null, null, null)), "PAN", Deputy);
        tell.Does("people-handover", new HandOver("PAN", Focal, Next, new EffectiveDate("2026-02-01"), "She took another post. (Invented.)"), "PAN", Deputy);
    }
}
