using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Smart;

namespace PledgeRegistry.Projections.Tests.Time;

/// <summary>
/// On which day does it hold: for each thing that has a date, each exactness of the date and each view that shows it, the
/// first day on which it does. The table is <c>HoldsFrom.csv</c> beside this file, to be read and agreed by people.
/// </summary>
public sealed partial class HoldsFromTests
{
    private const string Before = "2022-06-01";

    private static readonly string[][] Table = [.. File.ReadAllLines(Path.Combine(SourceFiles.FolderOf(ThisFile()), "HoldsFrom.csv")).Select(l => l.Split(','))];

    // The day of the share in these stories, to be told from the pledge's.
    private static readonly DateOnly ShareDue = new(2029, 12, 31);

    public static TheoryData<string, string> Cells()
    {
        var cells = new TheoryData<string, string>();
        foreach (var what in Table.Skip(2).Select(r => r[0]).Distinct())
        {
            foreach (var precision in Table[0].Skip(2))
            {
                cells.Add(what, precision);
            }
        }
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task It_shows_from_its_first_day_on_and_on_no_day_before(string what, string precision)
    {
        var column = Array.IndexOf(Table[0], precision);
        var date = Date(Table[1][column], precision);
        await using var given = (await Given.ARegistryAsync()).On("2026-10-01");
        var id = await HappensAsync(given, what, date);
        foreach (var row in Table.Skip(2).Where(r => r[0] == what))
        {
            var first = Given.Day(row[column]);
            foreach (var day in Days(first))
            {
                Assert.True(await ShowsAsync(given, what, row[1], id, Given.Read(day, given.Size)) == day >= first,
                    $"{what} of {date.Date}: {row[1]} on {day:yyyy-MM-dd}, where the first day is {first:yyyy-MM-dd}");
            }
        }
    }

    [Fact]
    public void Every_exactness_of_a_date_has_a_column_that_gives_a_date_of_it()
    {
        Assert.Equal(Enum.GetValues<DatePrecision>(), Table[0].Skip(2).Select((name, i) => Date(Table[1][i + 2], name).Precision()).Distinct().Order());
        Assert.All(Table, row => Assert.Equal(Table[0].Length, row.Length));
    }

    private static EffectiveDate Date(string text, string precision) => precision == "words" ? new EffectiveDate(text[..10], text[11..]) : new EffectiveDate(text);

    // The days around it, and the firsts of quarters for long before and after.
    private static IEnumerable<DateOnly> Days(DateOnly first) => Enumerable.Range(-2, 5).Select(first.AddDays)
        .Concat(Enumerable.Range(0, 16).Select(i => new DateOnly(2022, 7, 1).AddMonths(i * 3)));

    private static PledgeContent Common() => SampleRegistry.CommonPledge() with { Due = null, Milestones = [], Amounts = [], Lead = null };

    private static async Task<string> HappensAsync(Given given, string what, EffectiveDate date)
    {
        var content = what switch
        {
            "announcement" => Common() with { AnnouncedOn = date, Indicators = [] },
            "answer of an addressee" => Common() with { Addressees = ["PAN"] },
            "role start" or "role end" => Common() with { By = [], Owing = ["RCM-MEMBERS"] },
            "membership start" or "membership end" => Common() with { By = [], Owing = ["WORKSHOP"] },
            "deadline on a date" => Common() with { Due = new Due(date) },
            "milestone on a date" => Common() with { Milestones = [new Milestone("M1", "Open.", new Due(date))] },
            _ => Common(),
        };
        if (what.Contains("at a meeting", StringComparison.Ordinal))
        {
            var corrected = what.EndsWith("corrected", StringComparison.Ordinal);
            await given.DoesAsync(new AnnounceMeeting("IMRF-2024-DIALOGUE", SampleData.Meeting("IMRF", "workshop", 2024, null, null) with { To = corrected ? new EffectiveDate("2023-01-31") : date }, [], []));
            var due = new Due(Meeting: "IMRF-2024-DIALOGUE");
            content = what.StartsWith("milestone", StringComparison.Ordinal) ? content with { Milestones = [new Milestone("M1", "Open.", due)] } : content with { Due = due };
        }
        var id = await given.RecordsAsync(content, "gcm/2018 GCM-15", "rcm-areas/2016 RCM-A1");
        if (what.EndsWith("corrected", StringComparison.Ordinal))
        {
            await given.DoesAsync(new CorrectMeeting("IMRF-2024-DIALOGUE", 1, SampleData.Meeting("IMRF", "workshop", 2024, null, null) with { To = date }, "It was put off."));
        }
        return await ThenAsync(given, what, date, id, content);
    }

    private static async Task<string> ThenAsync(Given given, string what, EffectiveDate date, string id, PledgeContent content)
    {
        var text = date.Date;
        switch (what)
        {
            case "amendment":
                await given.DoesAsync(new AmendPledge(id, given.VersionOf(id), content with { Title = "Amended" }, date, "More is possible."));
                break;
            case "report":
                await given.DoesAsync(new ReportProgress(id, SampleRegistry.Report() with { EffectiveOn = date }));
                break;
            case "review":
                await given.DoesAsync(new ReviewPledge(id, SampleRegistry.Review(SampleRegistry.Secretariat) with { Standing = ReviewStanding.Secretariat, EffectiveOn = date }));
                break;
            case "answer of an addressee":
                await given.DoesAsync(new AnswerAsAddressee(id, "PAN", AddresseeAnswer.Supported, "We will.", "en", date));
                break;
            case "invitation":
                await given.DoesAsync(new InviteParty(id, "MEX", date, "It asked to be."));
                break;
            case "decline":
                await given.InvitesAsync(id, "MEX", Before);
                await given.DoesAsync(new DeclinePledge(id, "MEX", date, "Not now.", "en"));
                break;
            case "acceptance":
                await given.InvitesAsync(id, "MEX", Before);
                await given.DoesAsync(new AcceptPledge(id, "MEX", date, null, null, null));
                break;
            case "share":
                await given.DoesAsync(new DeclareShare(id, "HND", SampleRegistry.Share() with { Due = new Due(EffectiveDate.On(ShareDue)) }, date, null));
                break;
            case "deadline of a share":
                await given.SharesAsync(id, "HND", SampleRegistry.Share() with { Due = new Due(date) }, Before);
                break;
            case "leaving":
                await given.DoesAsync(new LeavePledge(id, "HND", date, "It goes on alone."));
                break;
            case "withdrawal":
                await given.DoesAsync(new WithdrawPledge(id, given.VersionOf(id), date, "No longer possible."));
                break;
            case "completion":
                await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, Before);
                await given.ReportsAsync(id, "HND", ClaimedStatus.Fulfilled, Before);
                await given.DoesAsync(new CompletePledge(id, given.VersionOf(id), date, "Done.", []));
                break;
            case "supersession":
                await given.DoesAsync(new SupersedePledge(id, given.VersionOf(id), await given.RecordsAsync(content with { Title = "The next" }), date, "A wider one."));
                break;
            case "reinstatement":
                await given.WithdrawsAsync(id, Before);
                await given.DoesAsync(new ReinstatePledge(id, given.VersionOf(id), date, "Possible again."));
                break;
            case "opening for signature":
                await given.DoesAsync(new OpenForSignature(id, date, null, "All are welcome."));
                break;
            case "last day for signature":
                await given.DoesAsync(new OpenForSignature(id, new EffectiveDate(Before), date, "All are welcome."));
                break;
            case "closing for signature":
                await given.DoesAsync(new OpenForSignature(id, new EffectiveDate(Before), null, "All are welcome."));
                await given.DoesAsync(new CloseForSignature(id, date, "Enough."));
                break;
            case "role start":
                await given.DoesAsync(new StartRole("MAR", "member", "RCM", date, "notes"));
                break;
            case "role end":
                await given.DoesAsync(new EndRole("HND", "member", "RCM", date, "It left.", "notes"));
                break;
            case "membership start":
                await given.DoesAsync(new AddMember("WORKSHOP", "MAR", date, "notes"));
                break;
            case "membership end":
                await given.DoesAsync(new RemoveMember("WORKSHOP", "COL", date, "It left.", "notes"));
                break;
            case "initiative" or "withdrawal of an initiative":
                var initiative = SampleRegistry.Initiative() with { EffectiveOn = what == "initiative" ? date : new EffectiveDate(Before) };
                id = await given.RecordsAsync(initiative);
                if (what != "initiative")
                {
                    await given.DoesAsync(new WithdrawInitiative(id, 1, date, "It never began."));
                }
                break;
            default:
                Assert.True(what is "announcement" || what.StartsWith("deadline", StringComparison.Ordinal) || what.StartsWith("milestone", StringComparison.Ordinal), $"{what} {text}");
                break;
        }
        return id;
    }

    private static string ThisFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
