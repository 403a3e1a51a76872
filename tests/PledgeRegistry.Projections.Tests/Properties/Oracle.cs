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
internal sealed partial class Oracle
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
        foreach (var pledge in Pledges().Where(Counts))
        {
            var areas = Mapped(pledge, "rcm-areas/2016").Count;
            var (owing, addressees) = (Owing(pledge), Asked(pledge));
            owed += areas * owing.Count;
            owedAsMember += areas * MembersOfAny(owing).Count;
            asked += areas * (addressees.Count + Invited(pledge).Count);
            askedAsMember += areas * MembersOfAny(addressees).Count;
            recorded += areas * Reports(pledge).Count(r => r.Report.EffectiveOn.Last() <= on);
        }
        foreach (var stream in Of<InitiativeEvent>("initiative/").Where(s => !s.Any(e => e.Event is InitiativeEvent.Withdrawn w && w.From.Last() <= on)))
        {
            recorded += Initiative(stream)?.Areas.Count ?? 0;
        }
        return (owed, owedAsMember, asked, askedAsMember, recorded);
    }

    /// <summary>Of the commitments of a cycle that still count: kind.</summary>
    public Dictionary<string, int> Commitments(int cycle) =>
        Pledges().Where(p => Counts(p) && InCycle(p, cycle)).GroupBy(p => Says(p).Kind).ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => g.Count());

    /// <summary>Of the commitments of a cycle that ended: how.</summary>
    public Dictionary<string, int> EndedBy(int cycle) =>
        Pledges().Where(p => Ended(p) is not null && InCycle(p, cycle)).GroupBy(p => Ended(p)!).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>Of an item of a framework or what is under it: kind → commitments.</summary>
    public Dictionary<string, int> ByKind(string framework, string item) =>
        Pledges().Where(p => Counts(p) && Mapped(p, framework).Any(m => m == item || ParentOf(framework, m) == item))
            .GroupBy(p => Says(p).Kind).ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => g.Count());

    /// <summary>Of an item of a framework or what is under it: who owes how many of its commitments itself.</summary>
    public SortedDictionary<string, int> Owing(string framework, string item)
    {
        var owing = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var party in Pledges().Where(p => Counts(p) && Mapped(p, framework).Any(m => m == item || ParentOf(framework, m) == item)).SelectMany(Owing))
        {
            owing[party] = owing.GetValueOrDefault(party) + 1;
        }
        return owing;
    }

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
