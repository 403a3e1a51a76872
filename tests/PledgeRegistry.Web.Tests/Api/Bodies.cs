namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Bodies of commands that the registry takes, over the opening data.</summary>
internal static class Bodies
{
    public static readonly string PledgeText = string.Concat(Enumerable.Repeat("Mexico will open clinics for migrants along its southern border. ", 8)).Trim();

    public static object Pledge(string title = "Clinics along the southern border", string[]? owing = null, string kind = "pledge") => new { content = Content(title, owing, kind), mappings = Mappings("GCM-15") };

    public static object Content(string title = "Clinics along the southern border", string[]? owing = null, string kind = "pledge") => new
    {
        kind,
        modality = "will",
        title,
        text = PledgeText,
        language = "en",
        meeting = "IMRF-2026",
        announcedOn = new { date = "2026-05-05" },
        by = new[] { "MEX" },
        owing = owing ?? ["MEX"],
        due = new { date = new { date = "2028" } },
        natures = new[] { "programme" },
        level = "national",
        places = new[] { "MEX" },
        populations = new[] { "all-migrants" },
        journeyStages = new[] { "transit" },
    };

    /// <summary>A pledge of several parties, with an indicator. What may be left out is left out.</summary>
    public static object Common() => new
    {
        content = new
        {
            kind = "pledge",
            modality = "will",
            type = "common",
            title = "Vaccines on the route",
            text = PledgeText,
            language = "en",
            meeting = "IMRF-2026",
            announcedOn = new { date = "2026-05-05" },
            by = new[] { "MEX" },
            owing = new[] { "MEX" },
            indicators = new[] { new { code = "I1", type = "outcome", text = "Children vaccinated", unit = "children" } },
        },
        mappings = Mappings("GCM-15"),
    };

    public static object[] Mappings(params string[] items) => [.. items.Select(i => new { item = new { framework = "gcm/2018", item = i }, reason = "The text names health services." })];

    public static object Report(string status = "in-progress", string narrative = "Two clinics opened.", string party = "MEX") => new { report = ReportContent(status, narrative, party) };

    public static object ReportContent(string status = "in-progress", string narrative = "Two clinics opened.", string party = "MEX") => new
    {
        party,
        status,
        effectiveOn = new { date = "2026-11-01" },
        narrative,
        language = "en",
        evidence = new[] { new { title = "Health bulletin", url = "https://example.org/bulletin" } },
    };

    public static object Review(string by = "UNNM") => new
    {
        review = new { by, standing = by == "UNNM" ? "secretariat" : "independent", view = "verified", report = 1, effectiveOn = new { date = "2026-11-10" }, reason = "The bulletin shows it.", language = "en" },
    };

    public static object Initiative(string novelty = "new", string title = "Clinic vans") => new { content = InitiativeContent(novelty, title) };

    public static object InitiativeContent(string novelty = "new", string title = "Clinic vans") => new
    {
        participant = "HND",
        kind = "programme",
        novelty,
        areas = new[] { "RCM-A1" },
        title = new { en = title, es = "Clínicas móviles" },
        description = new { en = "Vans with nurses on the main routes." },
        meeting = "RCM-XXI",
        effectiveOn = new { date = "2026-03" },
        partners = Array.Empty<string>(),
        populations = Array.Empty<string>(),
        conditions = Array.Empty<string>(),
        journeyStages = Array.Empty<string>(),
        results = new[] { new { what = "Vans", value = "4", unit = "vans" } },
        links = Array.Empty<object>(),
        evidence = Array.Empty<object>(),
    };

    public static object Exchange(string direction, string participant) => new { content = ExchangeContent(direction, participant) };

    public static object ExchangeContent(string direction, string participant, string place = "HND") => new
    {
        direction,
        participant,
        title = new { en = "Training of nurses", es = "Formación de enfermeras" },
        description = new { en = "Courses on the health of migrants." },
        natures = new[] { "programme" },
        items = new[] { new { framework = "gcm/2018", item = "GCM-15" } },
        places = new[] { place },
        populations = new[] { "all-migrants" },
        meeting = "RCM-XXI",
        effectiveOn = new { date = "2026-03" },
        amount = new { value = "1250.5", currency = "USD" },
    };

    public static object MatchAnswer(string party, string answer = "accepted") => new { party, answer, on = new { date = "2026-07-01" }, text = "Gladly.", language = "en" };
}
