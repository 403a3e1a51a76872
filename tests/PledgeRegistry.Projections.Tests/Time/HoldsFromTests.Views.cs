using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Smart;

namespace PledgeRegistry.Projections.Tests.Time;

/// <summary>What a view has to say for it to show a thing.</summary>
public sealed partial class HoldsFromTests
{
    // Whose line tells it.
    private static string Who(string what) => what switch
    {
        "answer of an addressee" => "PAN",
        "invitation" or "decline" or "acceptance" => "MEX",
        "share" or "deadline of a share" or "leaving" or "role end" => "HND",
        "role start" or "membership start" => "MAR",
        "membership end" => "COL",
        _ => "CRI",
    };

    private static async Task<bool> ShowsAsync(Given given, string what, string view, string id, Reading reading) => view switch
    {
        "pledge" => InPledge((await given.AsksAsync(new GetPledge(reading, id)))!, what),
        "list" => InList((await given.AsksAsync(new ListPledges(reading))).Pledges.SingleOrDefault(p => p.Id == id), what),
        "follow-up" => InFollowUp((await given.AsksAsync(new GetImrfFollowUp(reading, "2022"))).Lines.SingleOrDefault(l => l.Pledge == id && l.Party == Who(what)), what),
        "grid" => InGrid(await given.AsksAsync(new GetRcmProgressGrid(reading)), what),
        "coverage" => InCoverage((await given.AsksAsync(new GetFrameworkCoverage(reading, "gcm/2018")))!.Items.Single(i => i.Code == "GCM-15"), what),
        "smart" => InSmart((await given.AsksAsync(new GetSmart(reading, id)))!, what),
        "successor" => (await given.AsksAsync(new GetPledge(reading, "IMRF-2022-0002")))!.ContinuedFrom.SequenceEqual([id]),
        "participant" => InParticipant((await given.AsksAsync(new GetParticipant(reading, what.StartsWith("role", StringComparison.Ordinal) ? "RCM-MEMBERS" : "WORKSHOP")))!, what),
        "initiatives" => (await given.AsksAsync(new ListInitiatives(reading))).Initiatives.SingleOrDefault() is { } initiative && (what == "initiative" || initiative.Withdrawn),
        _ => throw new InvalidOperationException(view),
    };

    private static bool InPledge(PledgeView pledge, string what)
    {
        var line = pledge.Parties.SingleOrDefault(p => p.Participant.Id == Who(what));
        return what switch
        {
            "announcement" => !pledge.NotYetMade,
            "amendment" => pledge.Content.Title == "Amended",
            "report" => line?.Claimed?.Code == "in-progress" && pledge.Reports.Single().HoldsYet,
            "review" => pledge.Reviews.Single().HoldsYet,
            "answer of an addressee" => line?.Answer?.Code == "supported",
            "invitation" => line is { Part: Part.Invited, Act.Did: PartyDid.WasInvited },
            "decline" => line is { Part: Part.Declined, Act.Did: PartyDid.Declined },
            "acceptance" => line is { Part: Part.Owes, Act.Did: PartyDid.Accepted, Since: not null },
            "share" => line?.Share is not null && line.DueOn == ShareDue,
            "leaving" => line is { Part: Part.Left, Act.Did: PartyDid.Left },
            "withdrawal" => pledge.Ended == EndingKind.Withdrawn,
            "completion" => pledge.Ended == EndingKind.Completed && line!.Freshness == Freshness.NotApplicable,
            "supersession" => pledge.Ended == EndingKind.Superseded,
            "reinstatement" => pledge.Ended is null,
            "opening for signature" => pledge.OpenForSignature,
            "last day for signature" or "closing for signature" => !pledge.OpenForSignature,
            "role start" or "membership start" => line is { Part: Part.OwesAsMember },
            "role end" or "membership end" => line is null,
            "milestone on a date" or "milestone at a meeting whose date was corrected" => pledge.Milestones.Single().Late,
            _ => line!.Timeliness == Timeliness.Late,
        };
    }

    private static bool InList(PledgeListItem? item, string what) => what switch
    {
        "announcement" => item is not null,
        "amendment" => item!.Title == "Amended",
        "report" => item!.Reports == 1,
        "acceptance" => item!.Owing.Any(o => o.Id == "MEX"),
        "leaving" => item!.Owing.All(o => o.Id != "HND"),
        "reinstatement" => item!.Ended is null,
        _ => item!.Ended?.Code() == Ending(what),
    };

    private static bool InFollowUp(FollowUpLine? line, string what) => what switch
    {
        "announcement" => line is not null,
        "amendment" => line!.Title == "Amended",
        "report" => line!.Claimed == "in-progress",
        "review" => line!.Verified == "verified",
        "answer of an addressee" => line!.Answer == "supported",
        "invitation" => line?.Part == Part.Invited,
        "decline" => line?.Part == Part.Declined,
        "acceptance" => line?.Part == Part.Owes,
        "share" => line!.DueOn == ShareDue,
        "leaving" => line!.Part == Part.Left,
        "completion" => line!.Ended == EndingKind.Completed && line.Freshness == Freshness.NotApplicable,
        "reinstatement" => line!.Ended is null,
        "withdrawal" or "supersession" => line!.Ended?.Code() == Ending(what) && line.Timeliness == Timeliness.NotApplicable,
        _ => line!.Timeliness == Timeliness.Late,
    };

    private static bool InGrid(GridView grid, string what)
    {
        var row = grid.Groups.SelectMany(g => g.Rows).SingleOrDefault(r => r.Participant == Who(what));
        var cell = row?.Cells.Single(c => c.Area == "RCM-A1");
        var owed = cell?.Owed.SingleOrDefault();
        return what switch
        {
            "announcement" => owed is not null,
            "amendment" => owed!.Title == "Amended",
            "report" => owed!.Status == "in-progress" && cell!.Count.Recorded == 1,
            "invitation" => cell!.Asked.SingleOrDefault()?.Part == Part.Invited && cell.Count.Asked == 1,
            "decline" => cell!.Asked.Single().Part == Part.Declined && cell.Count.Asked == 0,
            "acceptance" => owed?.Part == Part.Owes && cell!.Count.Owed == 1,
            "leaving" => owed!.Part == Part.Left && cell!.Count.Owed == 0,
            "completion" => owed!.Ended == EndingKind.Completed && cell!.Count.Owed == 1,
            "reinstatement" => owed!.Ended is null && cell!.Count.Owed == 1,
            "withdrawal" or "supersession" => owed!.Ended?.Code() == Ending(what) && cell!.Count.Owed == 0,
            "role start" => row is not null && grid.Groups[0].Rows.Contains(row) && owed?.Part == Part.OwesAsMember,
            "membership start" => owed?.Part == Part.OwesAsMember,
            "role end" or "membership end" => owed is null,
            "initiative" => cell!.Count.Recorded == 1,
            _ => cell!.Recorded.SelectMany(k => k.Entries).Single().Ended == EndingKind.Withdrawn && cell.Count.Recorded == 0,
        };
    }

    private static bool InCoverage(CoverageItem item, string what)
    {
        var cell = item.Cells.GetValueOrDefault(Who(what));
        return what switch
        {
            "announcement" => item.ByKind["pledge"] == 1 && cell!.Owes == 1,
            "invitation" => cell?.Asked == 1,
            "decline" => cell is null,
            "acceptance" => cell is { Owes: 1, Asked: 0 },
            "leaving" => cell is null,
            "reinstatement" => item.Ended == 0 && item.ByKind["pledge"] == 1,
            "initiative" => item.Initiatives == 1,
            "withdrawal of an initiative" => item.Ended == 1 && item.Initiatives == 0,
            _ => item.Ended == 1 && item.ByKind["pledge"] == 0,
        };
    }

    private static bool InSmart(SmartView smart, string what)
    {
        var points = smart.Parts.SelectMany(p => p.Points).ToDictionary(p => p.Code);
        return what switch
        {
            "share" => points["due"].Met && points["resources"].Found == "1000000 USD" && points["lead"].Met,
            "acceptance" => points["who"].Found == "CRI, HND, MEX",
            _ => points["who"].Found == "CRI",
        };
    }

    private static bool InParticipant(ParticipantView participant, string what) => participant.Members.Any(m => m.Id == Who(what)) == what.EndsWith("start", StringComparison.Ordinal);

    private static string Ending(string what) => what switch { "withdrawal" => "withdrawn", "completion" => "completed", _ => "superseded" };
}
