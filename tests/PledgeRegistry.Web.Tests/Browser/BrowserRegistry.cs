using Microsoft.Playwright;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Pledges;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

/// <summary>The real registry on a free port, with something of everything recorded in it, and a real Chromium.</summary>
public sealed class BrowserRegistry : IAsyncLifetime
{
    /// <summary>A pledge with a report, a review, a reply, another wording and a retired mapping.</summary>
    public const string RichPledge = "IMRF-2022-0037";

    /// <summary>A pledge that was withdrawn.</summary>
    public const string WithdrawnPledge = "IMRF-2022-0038";

    /// <summary>A common pledge with everything: terms, shares, an invited party, translations, contests, a moved mapping.</summary>
    public const string CommonPledge = "IMRF-2022-0039";

    /// <summary>A pledge that was split, into <see cref="PartPledge"/> and another.</summary>
    public const string SplitPledge = "IMRF-2022-0042";

    public const string PartPledge = "IMRF-2022-0040";

    public const string Initiative = "RCM-2016-I0001";

    /// <summary>A need with a match that stands and one that waits; and the offer of the first.</summary>
    public const string Need = "RCM-2016-X0002", Offer = "RCM-2016-X0003";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public TestRegistry Registry { get; private set; } = null!;

    public string Address => Registry.Host.Addresses.First();

    public IBrowser Browser => browser!;

    public async Task InitializeAsync()
    {
        Registry = await TestRegistry.StartAsync();
        await RecordSamplesAsync();
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";
        Assert.True(File.Exists(chromium), $"There is no browser at {chromium}; install chromium, or say where it is in CHROMIUM.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
        await Registry.DisposeAsync();
    }

    /// <summary>A page in a context of its own: no cookies, no cache.</summary>
    public async Task<IPage> OpenAsync(string path, int width = 1280, bool script = true, string? language = null)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = script,
            Locale = language ?? "en",
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync(path);
        return page;
    }

    public async Task<Receipt> RecordAsync<TCommand>(TCommand command) where TCommand : class, ICommand
    {
        var outcome = await Registry.Host.Node.Mediator.Send(new Submit<TCommand>(command, LocalOperator.For(null), Guid.NewGuid().ToString("N")));
        Assert.True(outcome is Outcome.Recorded, $"{command}: {(outcome is Outcome.Refused { Reasons: var reasons } ? string.Join(' ', reasons) : outcome)}");
        return ((Outcome.Recorded)outcome).Receipt;
    }

    public static PledgeContent Content(string title, string party, PledgeKind kind = PledgeKind.Pledge) => new(
        kind, "will", title, string.Concat(Enumerable.Repeat("We will open primary care to migrants whatever their status. ", 8)).Trim(), "en", "IMRF-2022",
        EffectiveDate.On(2022, 5, 19), [party], [party], [], null, new Due(new EffectiveDate("2023")), ["process"], "national", [party], ["all-migrants"], [], [],
        null, null, null, null, null, null, null, [], [], []);

    public long VersionOf(string pledge) => Registry.Host.Node.Registry.State.VersionOf($"pledge/{pledge}");

    private async Task RecordExchangeAsync()
    {
        static ExchangeContent Entry(Direction direction, string party, string title) => new(
            direction, party, Texts.Of(("en", title), ("es", "Formación de enfermeras")), Texts.Of(("en", "Courses on the health of migrants.")), ["process"],
            [new ItemRef("gcm/2018", "GCM-15")], ["HND"], ["all-migrants"], "RCM-XXI", EffectiveDate.On(2016, 11, 17), null, null, Initiative, new Amount("1250.5", "USD", null, null), null);
        await RecordAsync(new RecordNeedOrOffer(Entry(Direction.Need, "HND", "Training of nurses")));
        foreach (var party in new[] { "MEX", "PAN", "CRI" })
        {
            await RecordAsync(new RecordNeedOrOffer(Entry(Direction.Offer, party, "Courses for nurses")));
        }
        await RecordAsync(new ProposeMatch(Need, Offer, "IOM", EffectiveDate.On(2017, 1, 10), "Both are about training."));
        await RecordAsync(new AnswerMatch(Need, 1, "HND", MatchAnswer.Accepted, EffectiveDate.On(2017, 2, 1), "Con gusto.", "es"));
        await RecordAsync(new AnswerMatch(Need, 1, "MEX", MatchAnswer.Accepted, EffectiveDate.On(2017, 3, 1), "Gladly.", "en"));
        await RecordAsync(new ProposeMatch(Need, "RCM-2016-X0004", "IOM", EffectiveDate.On(2017, 1, 10), "Both are about training."));
        await RecordAsync(new CloseNeedOrOffer("RCM-2016-X0004", 1, Closing.Lapsed, EffectiveDate.On(2018, 1, 1), "Nobody came."));
    }

    private async Task RecordSamplesAsync()
    {
        var rich = await RecordAsync(new RecordPledge(Content("Primary care for all", "MEX"), [new MappingReason(new ItemRef("gcm/2018", "GCM-15"), "It opens basic services."), new MappingReason(new ItemRef("rcm-areas/2016", "RCM-A4"), "It is about care.")]));
        Assert.Equal(RichPledge, rich.Id);
        await RecordAsync(new ReportProgress(rich.Id, new ProgressReport(
            "MEX", ClaimedStatus.InProgress, new EffectiveDate("2023-33"), "Clinics opened in two states.", "en", new Period(new EffectiveDate("2022-06"), new EffectiveDate("2023-03")),
            "Staff are few.", "Two more states.", [new Evidence("Annual report", "https://example.org/report", "text/html", null, new string('a', 64))],
            [], [], [], null, null, null)));
        await RecordAsync(new ReviewPledge(rich.Id, new Review("UNNM", ReviewStanding.Secretariat, ReviewView.PartlyVerified, 1, EffectiveDate.On(2023, 6, 1), "One of the two was seen.", "en", [])));
        await RecordAsync(new ReviewPledge(rich.Id, new Review("PICUM", ReviewStanding.Independent, ReviewView.NotVerifiable, null, EffectiveDate.On(2023, 7, 1), "No data were published.", "en", [])));
        await RecordAsync(new ReplyToReview(rich.Id, 1, "MEX", "La segunda clínica abrió en mayo.", "es"));
        await RecordAsync(new RetireMapping(rich.Id, new ItemRef("rcm-areas/2016", "RCM-A4"), "It was the wrong area."));
        var version = Registry.Host.Node.Registry.State.VersionOf($"pledge/{rich.Id}");
        await RecordAsync(new AmendPledge(rich.Id, version, Content("Primary care for all, and for children first", "MEX"), EffectiveDate.On(2024, 1, 1), "Children come first."));
        var initiative = await RecordAsync(new RecordInitiative(new InitiativeContent(
            "CRI", "programme", "new", ["RCM-A1", "RCM-A6"], Texts.Of(("en", "Helpline"), ("es", "Línea de ayuda")), Texts.Of(("en", "A helpline in four languages.")), "RCM-XXI",
            EffectiveDate.On(2016, 11, 1), null, null, "Ministry of Health", "health", ["PAHO"], ["all-migrants"], ["tuberculosis"], ["transit"], "Few staff", "Training", null, null, null,
            [new Result("Calls answered", "1250", "calls", "of all calls")], [new ItemRef("sdg/2015", "SDG-3.8")], null, "Training material", [new Evidence("Page", "https://example.org/", null, null, null)], null)));
        Assert.Equal(Initiative, initiative.Id);
        await RecordExchangeAsync();
        var withdrawn = await RecordAsync(new RecordPledge(Content("A hotline", "GTM"), []));
        Assert.Equal(WithdrawnPledge, withdrawn.Id);
        await RecordAsync(new WithdrawPledge(withdrawn.Id, Registry.Host.Node.Registry.State.VersionOf($"pledge/{withdrawn.Id}"), EffectiveDate.On(2023, 1, 1), "It had to stop."));
        await CommonSamples.RecordAsync(this);
    }
}

/// <summary>Tests that share one registry and one browser, one after another.</summary>
[CollectionDefinition(nameof(BrowserTests))]
public sealed class BrowserTests : ICollectionFixture<BrowserRegistry>;
