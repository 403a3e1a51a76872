using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.OpeningData;

/// <summary>
/// The invented story that shows what can happen to a pledge: parties that join, report and leave, translations, contests,
/// every ending. Told after the invented examples that are data; marked like them.
/// </summary>
internal static class DemoStory
{
    private const string Forum = "IMRF-2022";

    private const string Invented =
        "The text, the parties’ part in it and everything reported under it are invented for the demonstration: nobody named here has promised this, and no document says it.";

    public static void Tell(DemoSteps steps)
    {
        var teller = new DemoTeller(steps);
        Common(teller);
        Partnership(teller);
        Matching(teller);
        Mappings(teller);
        Endings(teller);
        Asked(teller);
        Settings(teller);
        DemoPeople.Tell(teller);
        DemoExchange.Tell(teller);
        DemoInitiative.Tell(teller);
        DemoVocabularies.Tell(teller);
    }

    /// <summary>A common pledge: open for signature, one party invited that accepts, one that declines, one that leaves.</summary>
    private static void Common(DemoTeller tell)
    {
        var pledge = tell.Records("common", Pledge("One vaccination card for every child on the move", "CRI", "HND") with
        {
            Text = $"A child that moves between the countries that take part is vaccinated where it is, and keeps one card that all of them accept. The parties print the card, train the staff of their border posts, and count how many children were seen, without names. {Invented}",
            By = ["CRI", "HND"],
            Type = PledgeType.Common,
            Concreteness = Concreteness.ConcreteAction,
            Mirror = new MirrorPledge("Invented pledge on children’s health, Global Refugee Forum", "https://example.org/invented/mirror"),
            Lead = "Invented: the ministries of health",
            Due = new Due(Meeting: "IMRF-2026"),
            Places = ["CRI", "HND", "PAN"],
            Populations = ["children", "families"],
            JourneyStages = ["transit"],
            Conditions = ["maternal-sexual-health"],
            Level = "regional",
            Milestones =
            [
                new Milestone("M1", "The card is printed.", new Due(new EffectiveDate("2023-40"))),
                new Milestone("M2", "Every border post of the parties uses it.", new Due(Meeting: "IMRF-2026")),
            ],
            Indicators =
            [
                new Indicator("I1", IndicatorType.Structural, "Parties that accept the card by law or decree", "parties", new Measured("0", new EffectiveDate("2022-05")), new Target("4", new Due(Meeting: "IMRF-2026")), null),
                new Indicator("I2", IndicatorType.Process, "Border posts that use the card", "posts", new Measured("0", new EffectiveDate("2022-05")), new Target("24", new Due(new EffectiveDate("2025"))), null),
                new Indicator("I3", IndicatorType.Outcome, "Children seen at border posts whose vaccinations are complete", "percent", new Measured("41.5", new EffectiveDate("2021")), new Target("80", new Due(new EffectiveDate("2026-05"))), "Of the children seen there, not of all children on the move: how many those are, nobody knows."),
            ],
            Amounts = [new Amount("350000", "USD", "Printing and training", new Period(new EffectiveDate("2022"), new EffectiveDate("2025")))],
            Natures = ["programme", "financial"],
        }, ("gcm/2018", "GCM-15.e", true), ("gcm/2018", "GCM-07", false), ("rcm-areas/2016", "RCM-A2", true));

        tell.Does("common-translation-es", new TranslatePledge(pledge, new Translation("es", "[Ejemplo inventado] Una sola cartilla de vacunación para cada niña y niño en movimiento",
            "Una niña o un niño que se desplaza entre los países participantes se vacuna donde está y conserva una cartilla que todos aceptan. Las partes imprimen la cartilla, capacitan al personal de sus puestos fronterizos y cuentan a cuántos niños y niñas atendieron, sin nombres. Todo esto es inventado para la demostración: nadie lo ha prometido y ningún documento lo dice.", TranslationStanding.Official)));
        tell.Does("common-translation-fr", new TranslatePledge(pledge, new Translation("fr", "[Exemple inventé] Un seul carnet de vaccination pour chaque enfant en déplacement",
            "Un enfant qui se déplace entre les pays participants est vacciné là où il se trouve et garde un carnet que tous acceptent. Les parties impriment le carnet, forment le personnel de leurs postes frontière et comptent les enfants reçus, sans noms. Tout cela est inventé pour la démonstration : personne ne l’a promis et aucun document ne le dit.", TranslationStanding.Unofficial)));
        tell.Does("common-open", new OpenForSignature(pledge, new EffectiveDate("2022-06-01"), new EffectiveDate("2023-12-31"), "Whoever prints the card may join. (Invented.)"));
        tell.Does("common-invite-pan", new InviteParty(pledge, "PAN", new EffectiveDate("2022-06-10"), "Its posts see the same children. (Invented.)"));
        tell.Does("common-invite-slv", new InviteParty(pledge, "SLV", new EffectiveDate("2022-06-10"), "It has a card of its own already. (Invented.)"));
        tell.Does("common-invite-dom", new InviteParty(pledge, "DOM", new EffectiveDate("2026-02-01"), "Asked before the forum of 2026. (Invented.)"));
        tell.Does("common-accept-pan", new AcceptPledge(pledge, "PAN", new EffectiveDate("2022-09"), "From the last quarter, at two posts first. (Invented.)", "en", null), "PAN");
        tell.Does("common-decline-slv", new DeclinePledge(pledge, "SLV", new EffectiveDate("2022-08-15"), "Our own card stays; we accept theirs. (Invented.)", "en"), "SLV");
        tell.Does("common-sign-gtm", new AcceptPledge(pledge, "GTM", new EffectiveDate("2023-03-01"), null, null, null), "GTM");
        tell.Does("common-close", new CloseForSignature(pledge, new EffectiveDate("2024-01-15"), "The first cards are out; who joins now is invited. (Invented.)"));
        foreach (var (party, text, posts, amount) in new[] { ("CRI", "Eight posts, and the printing for all.", "8", "200000"), ("HND", "Six posts.", "6", "50000"), ("PAN", "Two posts first, six later.", "8", "100000") })
        {
            tell.Does($"common-share-{party}", new DeclareShare(pledge, party, new Share($"{text} (Invented.)", "en", "Invented: the ministry of health", party == "PAN" ? new Due(new EffectiveDate("2025-06-30")) : null,
                [new Amount(amount, "USD", null, null)], [new ShareTarget("I2", posts)]), new EffectiveDate("2022-12-01"), null), party);
        }
        tell.Does("common-share-PAN-2", new DeclareShare(pledge, "PAN", new Share("Six posts in all. (Invented.)", "en", "Invented: the ministry of health", new Due(new EffectiveDate("2025-12-31")), [new Amount("100000", "USD", null, null)], [new ShareTarget("I2", "6")]),
            new EffectiveDate("2024-05-02"), "Two of the eight posts were closed. (Invented.)"), "PAN");
        Report(tell, pledge, "common-cri-1", "CRI", ClaimedStatus.Planning, "2022-12", "The card is designed.", r => r with { Challenges = "Three ministries had to agree on one form. (Invented.)", Lesson = "Begin with the form that the smallest clinic already uses. (Invented.)" });
        Report(tell, pledge, "common-cri-2", "CRI", ClaimedStatus.InProgress, "2023-40", "The card is printed; five posts use it.", r => r with
        {
            Values = [new IndicatorValue("I2", "5", new EffectiveDate("2023-06-30"), null), new IndicatorValue("I3", "52", new EffectiveDate("2023-40"), null)],
            Milestones = [new MilestoneReached("M1", new EffectiveDate("2023-05-15"))],
            Amounts = [new Amount("120000", "USD", "Spent on printing", new Period(new EffectiveDate("2022"), new EffectiveDate("2023-40")))],
            Period = new Period(new EffectiveDate("2023-01-01"), new EffectiveDate("2023-06-30")),
            NextSteps = "Three more posts by the end of the year. (Invented.)",
            Evidence = [new Evidence("Invented: the card", "https://example.org/invented/card.pdf", "application/pdf", new string('a', 64), new string('b', 64))],
            GoodPractice = "A nurse and a border officer hand out the card together. (Invented.)",
            ReusableMaterial = "The card’s layout, and a course of two hours for staff. (Invented.)",
        });
        Report(tell, pledge, "common-cri-3", "CRI", ClaimedStatus.PartiallyFulfilled, "2025", "All eight posts use it.", r => r with { Values = [new IndicatorValue("I2", "8", new EffectiveDate("2025-11"), null), new IndicatorValue("I3", "71.2", new EffectiveDate("2025"), "Of the children seen at six of the eight posts. (Invented.)")] });
        Report(tell, pledge, "common-pan-1", "PAN", ClaimedStatus.InProgress, "2024-21", "Four posts use it.", r => r with { Values = [new IndicatorValue("I2", "4", new EffectiveDate("2024-04"), null)] });
        Report(tell, pledge, "common-hnd-1", "HND", ClaimedStatus.Discontinued, "2024-06-30", "The posts were handed over to another body.", r => r with { Challenges = "The new body has a card of its own. (Invented.)" });
        tell.Does("common-leave-hnd", new LeavePledge(pledge, "HND", new EffectiveDate("2024-07-01"), "The border posts are no longer the ministry’s. (Invented.)"), "HND");
        tell.Does("common-amend", new AmendPledge(pledge, tell.Version(pledge), tell.Content(pledge) with { Title = $"{Mark}One vaccination card for every child and mother on the move" }, new EffectiveDate("2024-10-01"), "Mothers were asking for it too. (Invented.)"));
        tell.Does("common-ask", new ReviewPledge(pledge, Review("UNNM", ReviewStanding.Secretariat, ReviewView.ClarificationAsked, 3, "2026-01-20", "Why were two posts not counted? (Invented.)")));
        tell.Does("common-explain", new ReplyToReview(pledge, 1, "CRI", "They opened in December only. (Invented.)", "en"), "CRI");
    }

    private static void Partnership(DemoTeller tell)
    {
        tell.Does("partnership", new FormPartnership("INVENTED-HEALTHY-CORRIDOR", new PartnershipContent(
            Texts.Of(("en", $"{Mark}Healthy corridor"), ("es", "[Ejemplo inventado] Corredor saludable")), Texts.Of(("en", "Care without a gap along one route, from leaving to arriving. (Invented.)"), ("es", "Atención sin interrupciones a lo largo de una ruta. (Inventado.)")), "IOM", null)));
        tell.Does("partnership-correct", new CorrectPartnership("INVENTED-HEALTHY-CORRIDOR", 1, new PartnershipContent(
            Texts.Of(("en", $"{Mark}Healthy corridor"), ("es", "[Ejemplo inventado] Corredor saludable")), Texts.Of(("en", "Care without a gap along one route, from leaving to arriving and returning. (Invented.)"), ("es", "Atención sin interrupciones a lo largo de una ruta, también al regresar. (Inventado.)")), "IOM", null), "Returning was left out. (Invented.)"));
        foreach (var (key, party, what) in new[] { ("corridor-col", "COL", "Five reception centres on the way north"), ("corridor-mex", "MEX", "A line for interpreters, day and night") })
        {
            tell.Records(key, Pledge(what, party) with { Type = PledgeType.InPartnership, Partnership = "INVENTED-HEALTHY-CORRIDOR", Concreteness = Concreteness.Announcement }, ("gcm/2018", "GCM-15", true));
        }
    }

    private static void Matching(DemoTeller tell) => tell.Records("matching", Pledge("Pay for the printing of the vaccination card", "CAN") with
    {
        Type = PledgeType.Matching,
        Matches = tell.IdOf("common"),
        Natures = ["financial"],
        Amounts = [new Amount("175000", "CAD", "For the printing", null)],
        Cycle = 2026,
    }, ("gcm/2018", "GCM-15", false));

    /// <summary>A mapping that is marked, one that is contested and stays, one that is contested and retired, one that moves to a younger version.</summary>
    private static void Mappings(DemoTeller tell)
    {
        var pledge = tell.Records("mapped", Pledge("Rooms for people with fever at every airport", "JAM"), ("ihr/2018", "IHR18-C12", false), ("gcm/2018", "GCM-15", false), ("gcm/2018", "GCM-05", false));
        tell.Does("mapped-mark", new MarkMapping(pledge, new ItemRef("gcm/2018", "GCM-15"), true, "Health is what it is about. (Invented.)"));
        tell.Does("mapped-contest-1", new ContestMapping(pledge, new ItemRef("gcm/2018", "GCM-05"), "PICUM", "It opens no pathway. (Invented.)", "en"));
        tell.Does("mapped-answer-1", new AnswerContest(pledge, 1, "UNNM", true, "Right: it is about care on arrival, not about pathways. (Invented.)", "en"));
        tell.Does("mapped-contest-2", new ContestMapping(pledge, new ItemRef("gcm/2018", "GCM-15"), "IFMSA", "Rooms are not access to services. (Invented.)", "en"));
        tell.Does("mapped-answer-2", new AnswerContest(pledge, 2, "JAM", false, "Each room has a nurse. (Invented.)", "en"), "JAM");
        tell.Does("mapped-contest-3", new ContestMapping(pledge, new ItemRef("gcm/2018", "GCM-15"), "PICUM", "Whoever has no papers is kept out. (Invented.)", "en"));
        tell.Does("mapped-move", new MoveMapping(pledge, new ItemRef("ihr/2018", "IHR18-C12"), new ItemRef("ihr/2021", "IHR21-C14"), "The capacities have a new version. (Invented; which capacity follows which is to be checked.)"));
        tell.Does("mapped-map", new MapPledge(pledge, new ItemRef("sdg/2015", "SDG-3.8"), "It is part of coverage for all. (Invented.)"));
        tell.Does("mapped-retire", new RetireMapping(pledge, new ItemRef("sdg/2015", "SDG-3.8"), "Too far from the text. (Invented.)"));
        tell.Does("mapped-review", new ReviewPledge(pledge, Review("IFRC", ReviewStanding.Independent, ReviewView.NotVerifiable, null, "2025-02-01", "Nothing is published. (Invented.)")));
    }

    private static void Endings(DemoTeller tell)
    {
        string Simple(string key, string what, string party) => tell.Records(key, Pledge(what, party), ("gcm/2018", "GCM-15", false));

        var old = Simple("old-guide", "A guide to health services in print", "SLV");
        var next = Simple("new-guide", "A guide to health services on the telephone", "SLV");
        tell.Does("end-superseded", new SupersedePledge(old, tell.Version(old), next, new EffectiveDate("2024-02"), "Nobody took the printed guide. (Invented.)"), "SLV");

        var twice = Simple("twice", "A guide to health services, by telephone", "SLV");
        tell.Does("end-duplicate", new MarkDuplicate(twice, tell.Version(twice), next, "It was sent in twice. (Invented.)"));

        // Not marked yet: what looks alike is to be found.
        Simple("alike", "A guide to health services over the telephone", "SLV");

        var done = Simple("done", "Two midwives in each shelter for women", "NIC");
        Report(tell, done, "done-1", "NIC", ClaimedStatus.Fulfilled, "2025-05", "All nine shelters have two.", r => r);
        tell.Does("end-completed", new CompletePledge(done, tell.Version(done), new EffectiveDate("2025-06-30"), "It was seen on site. (Invented.)", [new Evidence("Invented: note of the visit", "https://example.org/invented/midwives", "application/pdf", null, null)]), "NIC");

        var large = Simple("large", "Clinics and schools for families in transit", "GTM");
        string[] parts = [Simple("part-clinics", "Clinics for families in transit", "GTM"), Simple("part-schools", "Schools for families in transit", "GTM")];
        tell.Does("end-split", new SplitPledge(large, tell.Version(large), parts, new EffectiveDate("2023-07-01"), "Two ministries answer for it. (Invented.)"), "GTM");

        string[] small = [Simple("north", "Nurses at the northern crossing", "ARG"), Simple("south", "Nurses at the southern crossing", "ARG")];
        var both = Simple("crossings", "Nurses at both crossings", "ARG");
        foreach (var (id, n) in small.Select((id, n) => (id, n)))
        {
            tell.Does($"end-merged-{n}", new MergePledge(id, tell.Version(id), both, new EffectiveDate("2024-03-01"), "One budget now. (Invented.)"), "ARG");
        }

        var paused = Simple("paused", "Free tests for tuberculosis at reception centres", "PER");
        tell.Does("end-withdrawn", new WithdrawPledge(paused, tell.Version(paused), new EffectiveDate("2023-09-01"), "No budget for the year. (Invented.)"), "PER");
        tell.Does("end-reinstated", new ReinstatePledge(paused, tell.Version(paused), new EffectiveDate("2024-01-15"), "The budget came after all. (Invented.)"), "PER");
        Report(tell, paused, "paused-1", "PER", ClaimedStatus.InProgress, "2024-33", "Tests began again.", r => r);
    }

    /// <summary>A recommendation: who was asked noted or supported it, and owes nothing.</summary>
    private static void Asked(DemoTeller tell)
    {
        var asked = tell.Records("asked", Pledge("Count births at the border") with
        {
            Kind = PledgeKind.Recommendation,
            Modality = "recommended",
            By = ["UNICEF"],
            Addressees = ["CRI", "MEX", "ECU"],
        }, ("gcm/2018", "GCM-04", true));
        tell.Does("asked-cri", new AnswerAsAddressee(asked, "CRI", AddresseeAnswer.Supported, "We begin next year. (Invented.)", "en", new EffectiveDate("2022-11-01")), "CRI");
        tell.Does("asked-mex", new AnswerAsAddressee(asked, "MEX", AddresseeAnswer.Noted, "We have read it. (Invented.)", "en", new EffectiveDate("2023-01-10")), "MEX");
    }

    /// <summary>A participant is a reviewer for a time, and reviews as one; a member joins a collective and leaves it.</summary>
    private static void Settings(DemoTeller tell)
    {
        tell.Does("reviewer", new StartRole("IFRC", "reviewer", "IMRF", new EffectiveDate("2025-07-01"), "Invented for the demonstration."));
        tell.Does("reviewer-review", new ReviewPledge(tell.IdOf("done"), Review("IFRC", ReviewStanding.Reviewer, ReviewView.Verified, 1, "2025-08-01", "Three of the nine shelters were seen. (Invented.)")));
        tell.Does("reviewer-end", new EndRole("IFRC", "reviewer", "IMRF", new EffectiveDate("2026-01-01"), "The mandate was for half a year. (Invented.)", "Invented for the demonstration."));
    }

    private static PledgeContent Pledge(string title, params IReadOnlyList<string> owing) => new(
        PledgeKind.Pledge, "committed", $"{Mark}{title}", $"{title}. The work is planned year by year with those whom it is for, what it costs is published, and what was reached is reported to the forum. {Invented}", "en",
        Forum, new EffectiveDate("2022-05-19"), owing, owing, [], null, null, ["programme"], "national", owing, ["all-migrants"], ["all-stages"], [],
        owing.Count == 1 ? PledgeType.Individual : null, null, null, null, null, null, null, [], [], []);

    private static string Mark => DemoData.Marks["en"]!;

    private static Review Review(string by, ReviewStanding standing, ReviewView view, int? report, string on, string reason) => new(by, standing, view, report, new EffectiveDate(on), reason, "en", []);

    private static void Report(DemoTeller tell, string pledge, string key, string party, ClaimedStatus status, string on, string narrative, Func<ProgressReport, ProgressReport> more) =>
        tell.Does(key, new ReportProgress(pledge, more(new ProgressReport(party, status, new EffectiveDate(on), $"{narrative} (Invented for the demonstration.)", "en", null, null, null, [], [], [], [], null, null, null))), party);
}

/// <summary>Adds the story's steps, and knows the ids and versions that earlier ones got.</summary>
internal sealed class DemoTeller(DemoSteps steps)
{
    public string Records(string key, PledgeContent content, params (string Framework, string Item, bool Main)[] mappings)
    {
        steps.Add("story", key, new RecordPledge(content, [.. mappings.Select(m => new MappingReason(new ItemRef(m.Framework, m.Item), "What it promises is asked for there. (Invented example.)", m.Main))]));
        return IdOf(key);
    }

    public string IdOf(string key) => steps.StreamOf("story", key)["pledge/".Length..];

    public long Version(string pledge) => steps.State.VersionOf($"pledge/{pledge}");

    public PledgeContent Content(string pledge) => steps.State.Pledges[pledge].Content;

    public RegistryState State => steps.State;

    /// <summary>The public id that a step's record got, whatever it is of.</summary>
    public string Got(string key) => steps.StreamOf("story", key)[(steps.StreamOf("story", key).IndexOf('/', StringComparison.Ordinal) + 1)..];

    public void Does<TCommand>(string key, TCommand command, string? actingFor = null, string? clearedBy = null) where TCommand : class, ICommand =>
        steps.Add("story", key, command, actingFor, clearedBy);
}
