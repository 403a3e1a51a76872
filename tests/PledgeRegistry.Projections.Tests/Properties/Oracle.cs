using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>
/// What the numbers ought to be, found by going through the events again for every question. It shares nothing with the
/// folds: slow, and plain enough to be checked by reading.
/// </summary>
internal sealed class Oracle
{
    private readonly List<Entry> known;
    private readonly DateOnly on;

    public Oracle(IEnumerable<StoredEntry> entries, Reading reading)
    {
        known = [.. entries.Take((int)reading.Size).Select(e => EntryCodec.Current.Decode(e.Bytes.Span))];
        on = reading.On;
    }

    /// <summary>Own and as a member, of all rows and areas; what names nobody is not in it.</summary>
    public (int Owed, int OwedAsMember, int Asked, int AskedAsMember, int Recorded) Grid()
    {
        var (owed, owedAsMember, asked, askedAsMember, recorded) = (0, 0, 0, 0, 0);
        foreach (var pledge in Pledges().Where(p => !Withdrawn(p)))
        {
            var content = Says(pledge);
            var areas = Mapped(pledge, "rcm-areas/2016").Count;
            owed += areas * content.Owing.Count;
            owedAsMember += areas * MembersOfAny(content.Owing).Count;
            asked += areas * content.Addressees.Count;
            askedAsMember += areas * MembersOfAny(content.Addressees).Count;
            recorded += areas * Reports(pledge).Count(r => r.Report.EffectiveOn.Last() <= on);
        }
        foreach (var stream in Of<InitiativeEvent>("initiative/").Where(s => !s.Any(e => e.Event is InitiativeEvent.Withdrawn w && w.From.Last() <= on)))
        {
            recorded += Initiative(stream)?.Areas.Count ?? 0;
        }
        return (owed, owedAsMember, asked, askedAsMember, recorded);
    }

    /// <summary>Of the parts in the commitments of a cycle: claimed status, or no report.</summary>
    public SortedDictionary<string, int> Claimed(int cycle)
    {
        var claimed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var pledge in Pledges().Where(p => !Withdrawn(p) && InCycle(p, cycle)))
        {
            var content = Says(pledge);
            foreach (var party in content.Owing)
            {
                Add(Latest(pledge, party) ?? "no-report");
            }
            // A member has a part of its own only if it spoke.
            foreach (var member in MembersOfAny(content.Owing))
            {
                if (Latest(pledge, member) is { } status)
                {
                    Add(status);
                }
            }
        }
        return claimed;

        void Add(string status) => claimed[status] = claimed.GetValueOrDefault(status) + 1;
    }

    /// <summary>Of the commitments of a cycle that weren't withdrawn: kind.</summary>
    public Dictionary<string, int> Commitments(int cycle) =>
        Pledges().Where(p => !Withdrawn(p) && InCycle(p, cycle)).GroupBy(p => Says(p).Kind).ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => g.Count());

    /// <summary>Of an item of a framework or what is under it: kind → commitments.</summary>
    public Dictionary<string, int> ByKind(string framework, string item) =>
        Pledges().Where(p => !Withdrawn(p) && Mapped(p, framework).Any(m => m == item || ParentOf(framework, m) == item))
            .GroupBy(p => Says(p).Kind).ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => g.Count());

    public List<string> Items(string framework) => [.. Items().Where(i => i.Framework == framework).Select(i => i.Item.Code)];

    private IEnumerable<(string Framework, FrameworkEvent.ItemAdded Item)> Items() =>
        known.Where(e => e.Event is FrameworkEvent.ItemAdded).Select(e => (e.Stream["framework/".Length..], (FrameworkEvent.ItemAdded)e.Event));

    private string? ParentOf(string framework, string item) => Items().Single(i => i.Framework == framework && i.Item.Code == item).Item.Parent;

    private IEnumerable<List<Entry>> Of<TEvent>(string streams) =>
        known.Where(e => e.Event is TEvent && e.Stream.StartsWith(streams, StringComparison.Ordinal)).GroupBy(e => e.Stream).Select(g => g.ToList());

    // Those made known by the day: announced, or recorded, which publishes them.
    private IEnumerable<List<Entry>> Pledges() => Of<PledgeEvent>("pledge/").Where(pledge =>
    {
        var announced = pledge.Select(e => e.Event switch
        {
            PledgeEvent.Recorded r => r.Content.AnnouncedOn,
            PledgeEvent.Corrected c => c.Content.AnnouncedOn,
            _ => null,
        }).Last(d => d is not null)!;
        return announced.Last() <= on || pledge[0].RecordedAt < new DateTimeOffset(on.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    });

    private PledgeContent Says(List<Entry> pledge)
    {
        // Each wording with the day from which it holds; a correction takes the place of the wording before it.
        var wordings = new List<(DateOnly From, PledgeContent Content)>();
        foreach (var entry in pledge)
        {
            switch (entry.Event)
            {
                case PledgeEvent.Recorded e:
                    wordings.Add((DateOnly.MinValue, e.Content));
                    break;
                case PledgeEvent.Amended e:
                    wordings.Add((e.From.Last(), e.Content));
                    break;
                case PledgeEvent.Corrected e:
                    wordings[^1] = (wordings[^1].From, e.Content);
                    break;
            }
        }
        return wordings.Where(w => w.From <= on).OrderBy(w => w.From).Last().Content;
    }

    private bool Withdrawn(List<Entry> pledge) => pledge.Any(e => e.Event is PledgeEvent.Withdrawn w && w.From.Last() <= on);

    private static HashSet<string> Mapped(List<Entry> pledge, string framework)
    {
        var items = new HashSet<string>();
        foreach (var entry in pledge)
        {
            switch (entry.Event)
            {
                case PledgeEvent.Mapped e when e.Item.Framework == framework:
                    items.Add(e.Item.Item);
                    break;
                case PledgeEvent.MappingRetired e when e.Item.Framework == framework:
                    items.Remove(e.Item.Item);
                    break;
            }
        }
        return items;
    }

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

    private string? Latest(List<Entry> pledge, string party)
    {
        (long Position, ProgressReport Report)? latest = null;
        foreach (var report in Reports(pledge).Where(r => r.Report.Party == party && r.Report.EffectiveOn.Last() <= on).OrderBy(r => r.Position))
        {
            latest = latest is null || report.Report.EffectiveOn.Last() >= latest.Value.Report.EffectiveOn.Last() ? report : latest;
        }
        return latest?.Report.Status switch
        {
            null => null,
            ClaimedStatus.NotStarted => "not-started",
            ClaimedStatus.InProgress => "in-progress",
            ClaimedStatus.PartiallyFulfilled => "partially-fulfilled",
            var other => other.Value.ToString().ToLowerInvariant(),
        };
    }

    private InitiativeContent? Initiative(List<Entry> initiative)
    {
        var phases = new List<InitiativeContent>();
        foreach (var entry in initiative)
        {
            switch (entry.Event)
            {
                case InitiativeEvent.Recorded e:
                    phases.Add(e.Content);
                    break;
                case InitiativeEvent.Updated e:
                    phases.Add(e.Content);
                    break;
                case InitiativeEvent.Corrected e:
                    phases[^1] = e.Content;
                    break;
            }
        }
        var holds = phases.Where(p => p.EffectiveOn.Last() <= on).OrderBy(p => p.EffectiveOn.Last()).LastOrDefault();
        return holds ?? (initiative[0].RecordedAt.UtcDateTime.Date <= on.ToDateTime(TimeOnly.MinValue) ? phases[0] : null);
    }

    private bool InCycle(List<Entry> pledge, int cycle)
    {
        var meeting = Says(pledge).Meeting;
        var announced = known.Select(e => e.Event is MeetingEvent.Announced a && e.Stream == $"meeting/{meeting}" ? a.Content : null).Single(c => c is not null)!;
        return announced.Series == "IMRF" && announced.Year == cycle;
    }

    // Who isn't named itself.
    private HashSet<string> MembersOfAny(IReadOnlyList<string> codes) =>
        [.. codes.Where(c => c is "RCM-MEMBERS" or "WORKSHOP").SelectMany(MembersOf).Except(codes)];

    private IEnumerable<string> MembersOf(string collective)
    {
        var spans = new List<(string Who, DateOnly From, DateOnly Until)>();
        foreach (var entry in known)
        {
            var who = entry.Stream[(entry.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
            switch (entry.Event)
            {
                case ParticipantEvent.RoleStarted { Role: "member", Scope: "RCM" } e when collective == "RCM-MEMBERS":
                    spans.Add((who, e.From?.First() ?? DateOnly.MinValue, DateOnly.MaxValue));
                    break;
                case ParticipantEvent.RoleEnded { Role: "member", Scope: "RCM" } e when collective == "RCM-MEMBERS":
                    End(who, e.Until);
                    break;
                case ParticipantEvent.MemberJoined e when who == collective:
                    spans.Add((e.Member, e.From?.First() ?? DateOnly.MinValue, DateOnly.MaxValue));
                    break;
                case ParticipantEvent.MemberLeft e when who == collective:
                    End(e.Member, e.Until);
                    break;
            }
        }
        return spans.Where(s => s.From <= on && on < s.Until).Select(s => s.Who);

        void End(string who, EffectiveDate until)
        {
            var last = spans.FindLastIndex(s => s.Who == who);
            spans[last] = spans[last] with { Until = until.First() };
        }
    }
}
