using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>Who owes what on a day, and how each stands: one question at a time, from the events.</summary>
internal sealed partial class Oracle
{
    /// <summary>A part in a commitment of a cycle, as a line of words that the follow-up's own can be put into too.</summary>
    public static string Line(string pledge, string party, string? claimed, string? verified, string freshness, string timeliness) =>
        $"{pledge} {party}: {claimed ?? "no-report"}, {verified ?? "not-reviewed"}, {freshness}, {timeliness}";

    /// <summary>Of each part that somebody owes in the commitments of a cycle that still count. A member of a collective has one only if it spoke.</summary>
    public List<string> Owed(int cycle) =>
    [
        .. from pledge in Pledges()
           where Counts(pledge) && InCycle(pledge, cycle)
           let owing = Owing(pledge)
           from party in owing.Concat(MembersOfAny(owing).Where(m => Claims(pledge, m).Count > 0))
           select Line(Id(pledge), party, Claims(pledge, party).LastOrDefault().Status, Verified(pledge, party), Freshness(pledge, party), Timeliness(pledge, party)),
    ];

    private static string Id(List<Entry> pledge) => pledge[0].Stream["pledge/".Length..];

    // Named when it was made, or accepted since; until it leaves.
    // An amendment never changes it: it is what was recorded, or what that was last corrected to, on every day.
    private static IReadOnlyList<string> NamedOwing(List<Entry> pledge) => pledge
        .Select(e => e.Event switch { PledgeEvent.Recorded r => r.Content.Owing, PledgeEvent.Corrected c => c.Content.Owing, _ => null }).OfType<IReadOnlyList<string>>().Last();

    private List<string> Owing(List<Entry> pledge)
    {
        var named = NamedOwing(pledge);
        return [.. named.Concat(pledge.Select(e => e.Event).OfType<PledgeEvent.PartyAccepted>().Select(a => a.Party)).Distinct().Where(p => OwedSince(pledge, p) is not null)];
    }

    private DateOnly? OwedSince(List<Entry> pledge, string party)
    {
        var spans = new List<(DateOnly From, DateOnly Until)>();
        if (NamedOwing(pledge).Contains(party))
        {
            spans.Add((DateOnly.MinValue, DateOnly.MaxValue));
        }
        foreach (var entry in pledge)
        {
            switch (entry.Event)
            {
                case PledgeEvent.PartyAccepted e when e.Party == party:
                    End(e.From.Last());
                    spans.Add((e.From.Last(), DateOnly.MaxValue));
                    break;
                case PledgeEvent.PartyLeft e when e.Party == party:
                    End(e.From.Last());
                    break;
            }
        }
        foreach (var (from, until) in spans)
        {
            if (from <= on && on < until)
            {
                return from;
            }
        }
        return null;

        // Who is no party by the record, as it stands now, has nothing to end.
        void End(DateOnly until)
        {
            if (spans is [.., var last] && last.Until == DateOnly.MaxValue)
            {
                spans[^1] = (last.From, until);
            }
        }
    }

    // Who was asked and has done nothing more about it; who has, is told by that.
    private List<string> Asked(List<Entry> pledge)
    {
        var (owing, others) = (Owing(pledge), LastActs(pledge));
        return [.. Says(pledge).Addressees.Where(a => !owing.Contains(a) && (!others.TryGetValue(a, out var did) || did == "accepted"))];
    }

    private List<string> Invited(List<Entry> pledge)
    {
        var owing = Owing(pledge);
        return [.. LastActs(pledge).Where(a => a.Value == "invited" && !owing.Contains(a.Key)).Select(a => a.Key)];
    }

    private Dictionary<string, string> LastActs(List<Entry> pledge)
    {
        var last = new Dictionary<string, string>();
        foreach (var entry in pledge)
        {
            var (party, did, day) = entry.Event switch
            {
                PledgeEvent.PartyInvited e => (e.Party, "invited", e.On),
                PledgeEvent.PartyAccepted e => (e.Party, "accepted", e.From),
                PledgeEvent.PartyDeclined e => (e.Party, "declined", e.On),
                PledgeEvent.PartyLeft e => (e.Party, "left", e.From),
                _ => ("", "", null),
            };
            if (day?.Last() <= on)
            {
                last[party] = did;
            }
        }
        return last;
    }

    // How it has ended by the day, unless that was undone by then.
    private string? Ended(List<Entry> pledge)
    {
        var endings = new List<(string How, DateOnly From, DateOnly Until)>();
        foreach (var entry in pledge)
        {
            var (how, from) = entry.Event switch
            {
                PledgeEvent.Withdrawn e => ("withdrawn", e.From),
                PledgeEvent.Superseded e => ("superseded", e.From),
                PledgeEvent.Completed e => ("completed", e.From),
                PledgeEvent.Split e => ("split", e.From),
                PledgeEvent.Merged e => ("merged", e.From),
                PledgeEvent.MarkedDuplicate => ("duplicate", EffectiveDate.On(DateOnly.MinValue)),
                _ => ("", null),
            };
            if (from is not null)
            {
                endings.Add((how, from.Last(), DateOnly.MaxValue));
            }
            else if (entry.Event is PledgeEvent.Reinstated again)
            {
                endings[^1] = (endings[^1].How, endings[^1].From, again.From.Last());
            }
        }
        return endings.Where(e => e.From <= on && on < e.Until).Select(e => e.How).LastOrDefault();
    }

    // What was done still counts; what was taken back, or goes on under another id, doesn't.
    private bool Counts(List<Entry> pledge) => Ended(pledge) is null or "completed";

    private static HashSet<string> Mapped(List<Entry> pledge, string framework)
    {
        var items = new HashSet<ItemRefText>();
        foreach (var entry in pledge)
        {
            switch (entry.Event)
            {
                case PledgeEvent.Mapped e:
                    items.Add(new(e.Item.Framework, e.Item.Item));
                    break;
                case PledgeEvent.MappingRetired e:
                    items.Remove(new(e.Item.Framework, e.Item.Item));
                    break;
                case PledgeEvent.MappingMoved e:
                    items.Remove(new(e.From.Framework, e.From.Item));
                    items.Add(new(e.To.Framework, e.To.Item));
                    break;
            }
        }
        return [.. items.Where(i => i.Framework == framework).Select(i => i.Item)];
    }

    private sealed record ItemRefText(string Framework, string Item);

    private static List<(long Position, ProgressReport Report)> Reports(List<Entry> pledge)
    {
        var reports = new List<(long Position, ProgressReport Report)>();
        foreach (var entry in pledge)
        {
            switch (entry.Event)
            {
                case PledgeEvent.ProgressReported e:
                    reports.Add((entry.Position, e.Report));
                    break;
                case PledgeEvent.ReportCorrected e:
                    reports[e.Number - 1] = (reports[e.Number - 1].Position, e.Report);
                    break;
            }
        }
        return reports;
    }

    // What a party claimed by the day, in order of time; of two of one day the one recorded first is first.
    private List<(DateOnly On, string Status)> Claims(List<Entry> pledge, string party) =>
    [
        .. Reports(pledge).Where(r => r.Report.Party == party && r.Report.EffectiveOn.Last() <= on).OrderBy(r => r.Report.EffectiveOn.Last()).ThenBy(r => r.Position)
            .Select(r => (r.Report.EffectiveOn.Last(), r.Report.Status switch
            {
                ClaimedStatus.NotStarted => "not-started",
                ClaimedStatus.InProgress => "in-progress",
                ClaimedStatus.PartiallyFulfilled => "partially-fulfilled",
                var other => other.ToString().ToLowerInvariant(),
            })),
    ];

    // The last word of who has the mandate, on the party's own report or on all; a question that the party answered is answered.
    private string? Verified(List<Entry> pledge, string party)
    {
        var reports = Reports(pledge);
        var review = pledge.Select(e => e.Event).OfType<PledgeEvent.Reviewed>()
            .Where(r => r.Review.Standing != ReviewStanding.Independent && r.Review.EffectiveOn.Last() <= on)
            .Where(r => r.Review.Report is null || reports[r.Review.Report.Value - 1].Report.Party == party)
            .OrderBy(r => r.Review.EffectiveOn.Last()).LastOrDefault();
        return review?.Review.View switch
        {
            null => null,
            ReviewView.Verified => "verified",
            ReviewView.PartlyVerified => "partly-verified",
            ReviewView.NotVerifiable => "not-verifiable",
            ReviewView.Disagrees => "disagrees",
            _ => pledge.Any(e => e.Event is PledgeEvent.ReviewReplied p && p.Review == review.Number && p.Party == party) ? "answered" : "clarification-asked",
        };
    }

    private string Freshness(List<Entry> pledge, string party)
    {
        if (Ended(pledge) is not null)
        {
            return "not-applicable";
        }
        var months = known.Select(e => e.Event switch { SeriesEvent.Opened o => Of(e, o.Settings), SeriesEvent.SettingsChanged c => Of(e, c.Settings), _ => null }).OfType<SeriesSettings>().Last().SilentAfterMonths;
        var starts = Meetings().Where(m => m.Meeting is { Series: "IMRF", Type: "forum" } && LastDay(m.Meeting) < on).OrderBy(m => LastDay(m.Meeting)).Select(m => (m.Meeting.From ?? m.Meeting.To)?.First()).LastOrDefault();
        var promised = new[] { Says(pledge).AnnouncedOn.Last(), OwedSince(pledge, party) ?? DateOnly.MinValue }.Max();
        return Claims(pledge, party) is [.., var claim] && Lately(claim.On) ? "fresh" : Lately(promised) ? "not-yet-expected" : "silent";

        bool Lately(DateOnly day) => day >= on.AddMonths(-months) || day >= starts;
        static SeriesSettings? Of(Entry entry, SeriesSettings settings) => entry.Stream == "series/IMRF" ? settings : null;
    }

    private string Timeliness(List<Entry> pledge, string party)
    {
        var claims = Claims(pledge, party);
        if (claims is [.., (_, "discontinued")])
        {
            return "not-applicable";
        }
        if (DueOn(pledge, party) is not { } due)
        {
            return "no-due-date";
        }
        if (claims is not [.., (_, "fulfilled")])
        {
            return on > due ? "late" : "not-yet-due";
        }
        var since = claims.FindLastIndex(c => c.Status != "fulfilled") + 1;
        return claims[since].On <= due ? "on-time" : "fulfilled-late";
    }

    // The day of its own share, where it gave one; else the pledge's.
    private DateOnly? DueOn(List<Entry> pledge, string party)
    {
        var share = pledge.Select(e => e.Event).OfType<PledgeEvent.ShareDeclared>().Where(s => s.Party == party && s.From.Last() <= on).OrderBy(s => s.From.Last()).LastOrDefault();
        var due = share?.Share.Due ?? Says(pledge).Due;
        if (due?.Date is { } date)
        {
            return date.Last();
        }
        var meeting = Meetings().Where(m => m.Id == due?.Meeting).Select(m => m.Meeting).SingleOrDefault();
        return (meeting?.To ?? meeting?.From)?.Last();
    }

    // Each meeting as it is known to be.
    private IEnumerable<(string Id, MeetingContent Meeting)> Meetings()
    {
        var meetings = new Dictionary<string, MeetingContent>();
        foreach (var entry in known)
        {
            switch (entry.Event)
            {
                case MeetingEvent.Announced e:
                    meetings[entry.Stream["meeting/".Length..]] = e.Content;
                    break;
                case MeetingEvent.Corrected e:
                    meetings[entry.Stream["meeting/".Length..]] = e.Content;
                    break;
            }
        }
        return meetings.Select(m => (m.Key, m.Value));
    }

    private static DateOnly LastDay(MeetingContent meeting) => (meeting.To ?? meeting.From)?.Last() ?? new DateOnly(meeting.Year, 12, 31);

    private bool InCycle(List<Entry> pledge, int cycle)
    {
        var content = Says(pledge);
        var meeting = Meetings().Single(m => m.Id == content.Meeting).Meeting;
        return meeting.Series == "IMRF" && (content.Cycle ?? meeting.Year) == cycle;
    }
}
