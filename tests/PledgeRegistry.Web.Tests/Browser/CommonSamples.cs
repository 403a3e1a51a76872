using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

/// <summary>A common pledge in which everything happened that can, and a pledge that was split.</summary>
internal static class CommonSamples
{
    public static PledgeContent Content(string title = "Vaccines at the border") => BrowserRegistry.Content(title, "CRI") with
    {
        Type = PledgeType.Common,
        Partnership = null,
        Mirror = new MirrorPledge("A pledge of the refugee forum", "https://example.org/mirror"),
        Concreteness = Concreteness.ConcreteAction,
        Lead = "Ministry of Health",
        Cycle = 2022,
        Milestones = [new Milestone("M1", "Cold chain bought", new Due(new EffectiveDate("2022-12"))), new Milestone("M2", "Posts opened", new Due(null, "IMRF-2026"))],
        Indicators =
        [
            new Indicator("I1", IndicatorType.Outcome, "Children vaccinated", "children", new Measured("1200", new EffectiveDate("2021")), new Target("60000.5", new Due(new EffectiveDate("2026"))), "of all children who cross"),
            new Indicator("I2", IndicatorType.Structural, "Laws changed", "laws", null, null, null),
        ],
        Amounts = [new Amount("2500000", "USD", "Vaccines", new Period(new EffectiveDate("2022"), new EffectiveDate("2025")))],
    };

    public static async Task RecordAsync(BrowserRegistry site)
    {
        var common = (await site.RecordAsync(new RecordPledge(Content(), [new MappingReason(new ItemRef("gcm/2018", "GCM-15"), "Basic services.", true), new MappingReason(new ItemRef("gcm/2018", "GCM-01"), "It counts.")]))).Id;
        Assert.Equal(BrowserRegistry.CommonPledge, common);
        await site.RecordAsync(new FormPartnership("border-health", new PartnershipContent(Texts.Of(("en", "Border health"), ("es", "Salud en la frontera")), Texts.Of(("en", "Health care on every route.")), "PAHO", null)));
        await site.RecordAsync(new InviteParty(common, "PAN", Day(2022, 6), "It is on the same route."));
        await site.RecordAsync(new InviteParty(common, "HND", Day(2022, 6), "It is on the same route."));
        await site.RecordAsync(new InviteParty(common, "GTM", Day(2022, 6), "It is on the same route."));
        await site.RecordAsync(new AcceptPledge(common, "PAN", Day(2022, 7), "Con gusto.", "es", null));
        await site.RecordAsync(new DeclinePledge(common, "GTM", Day(2022, 7), "Not this year.", "en"));
        await site.RecordAsync(new OpenForSignature(common, Day(2022, 8), null, "Others asked."));
        await site.RecordAsync(new AcceptPledge(common, "SLV", Day(2022, 9), null, null, null));
        await site.RecordAsync(new DeclareShare(common, "PAN", new Share(
            "Panamá vacuna en el Darién.", "es", "MINSA", new Due(new EffectiveDate("2024")), [new Amount("500000", "PAB", null, null)], [new ShareTarget("I1", "20000")]), Day(2022, 8), null));
        await site.RecordAsync(new ReportProgress(common, new ProgressReport(
            "PAN", ClaimedStatus.InProgress, Day(2023, 3), "Three posts work.", "en", null, null, null, [], [new IndicatorValue("I1", "4300", new EffectiveDate("2023-02"), null)],
            [new MilestoneReached("M1", Day(2023, 1))], [new Amount("120000.5", "USD", "Cold chain", null)], "Start early.", "Night shifts.", "A manual.")));
        await site.RecordAsync(new LeavePledge(common, "SLV", Day(2023, 5), "It goes its own way."));
        await site.RecordAsync(new ReviewPledge(common, new Review("UNNM", ReviewStanding.Secretariat, ReviewView.ClarificationAsked, 1, Day(2023, 6), "Which posts?", "en", [])));
        await site.RecordAsync(new ReplyToReview(common, 1, "PAN", "Los tres del Darién.", "es"));
        await site.RecordAsync(new TranslatePledge(common, new Translation("es", "Vacunas en la frontera", string.Concat(Enumerable.Repeat("Abriremos la vacunación a toda persona. ", 9)).Trim(), TranslationStanding.Official)));
        await site.RecordAsync(new TranslatePledge(common, new Translation("ar", "لقاحات على الحدود", "سنتيح التطعيم لكل شخص.", TranslationStanding.Unofficial)));
        await site.RecordAsync(new MapPledge(common, new ItemRef("gcm/2018", "GCM-17"), "It says everybody."));
        await site.RecordAsync(new ContestMapping(common, new ItemRef("gcm/2018", "GCM-17"), "PICUM", "It says nothing of discrimination.", "en"));
        await site.RecordAsync(new ContestMapping(common, new ItemRef("gcm/2018", "GCM-15"), "PICUM", "Too broad.", "en"));
        await site.RecordAsync(new AnswerContest(common, 2, "UNNM", false, "Vaccination is a basic service.", "en"));
        await site.RecordAsync(new MoveMapping(common, new ItemRef("gcm/2018", "GCM-01"), new ItemRef("gcm/2018", "GCM-03"), "It informs."));

        Assert.Equal(BrowserRegistry.PartPledge, (await site.RecordAsync(new RecordPledge(BrowserRegistry.Content("Clinics in the north", "PAN"), []))).Id);
        var other = (await site.RecordAsync(new RecordPledge(BrowserRegistry.Content("Clinics in the south", "PAN"), []))).Id;
        var split = (await site.RecordAsync(new RecordPledge(BrowserRegistry.Content("Clinics everywhere", "PAN"), []))).Id;
        Assert.Equal(BrowserRegistry.SplitPledge, split);
        await site.RecordAsync(new SplitPledge(split, site.VersionOf(split), [BrowserRegistry.PartPledge, other], Day(2024, 1), "Two ministries do it."));
    }

    private static EffectiveDate Day(int year, int month) => EffectiveDate.On(year, month, 1);
}
