using System.Collections.Immutable;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Participants;

/// <summary>A span of a role or a membership, and where it is from.</summary>
public sealed record DatedSpan(string Name, string? Scope, EffectiveDate? From, EffectiveDate? Until, string Source, long Position)
{
    /// <summary>A role with a coarse date holds from its first day, and no longer from the first day of its end.</summary>
    public bool Holds(DateOnly on) => (From is null || From.First() <= on) && (Until is null || on < Until.First());
}

/// <summary>A participant as known after one entry.</summary>
public sealed record ParticipantRow(
    string Code,
    long Position,
    long Version,
    string Type,
    Texts Names,
    string? NameInSource,
    string Source,
    IReadOnlyList<RoleIn> MembersByRole,
    ImmutableList<DatedSpan> Roles,
    ImmutableList<DatedSpan> Members,
    ImmutableList<Appointment> Appointments,
    bool ClearanceRequired)
{
    public bool IsCollective => Type == "collective";

    /// <param name="scope">Null for any.</param>
    public bool HasRole(string role, string? scope, DateOnly on) => Roles.Exists(r => r.Name == role && (scope is null || r.Scope == scope) && r.Holds(on));

    /// <summary>How many act for it in this role on a day.</summary>
    public int Acting(ActorRole role, DateOnly on) => Appointments.Where(a => a.Role == role && a.Holds(on)).Select(a => a.Actor).Distinct().Count();

    public string Name(string language) => Names.For(language) ?? Code;
}

/// <summary>Every participant as it ever stood, with its dated roles and, for a collective, its dated members.</summary>
public sealed class ParticipantTimelines : IProjection
{
    private readonly Timelines<ParticipantRow> rows = new();

    public ParticipantRow? At(string code, long size) => rows.At(code, size);

    public IEnumerable<ParticipantRow> At(long size) => rows.At(size);

    /// <summary>The name in the reader's language, or the code of a participant that isn't known.</summary>
    public string Name(string code, Reading reading) => At(code, reading.Size)?.Name(reading.Language) ?? code;

    /// <summary>True if a party was a member of a collective on the day of the reading.</summary>
    public static bool IsMember(ParticipantRow collective, ParticipantRow party, DateOnly on) =>
        collective.IsCollective
        && (collective.Members.Exists(m => m.Name == party.Code && m.Holds(on))
            || collective.MembersByRole.Any(r => party.HasRole(r.Role, r.Scope, on)));

    /// <summary>The members of a collective on the day of the reading.</summary>
    public IEnumerable<ParticipantRow> MembersOf(string collective, Reading reading) =>
        At(collective, reading.Size) is { IsCollective: true } row ? At(reading.Size).Where(p => IsMember(row, p, reading.On)) : [];

    public void Apply(Entry entry)
    {
        if (entry.Event is ParticipantEvent happened)
        {
            var code = entry.Stream["participant/".Length..];
            var row = rows.Last(code);
            row = happened switch
            {
                ParticipantEvent.Registered e => new ParticipantRow(code, entry.Position, 0, e.Type, e.Names, e.NameInSource, e.Source, e.MembersByRole, [], [], [], ClearanceRequired: false),
                ParticipantEvent.Renamed e => row! with { Names = e.Names },
                ParticipantEvent.RoleStarted e => row! with { Roles = row.Roles.Add(new DatedSpan(e.Role, e.Scope, e.From, null, e.Source, entry.Position)) },
                ParticipantEvent.RoleEnded e => row! with { Roles = End(row.Roles, s => s.Name == e.Role && s.Scope == e.Scope, e.Until) },
                ParticipantEvent.MemberJoined e => row! with { Members = row.Members.Add(new DatedSpan(e.Member, null, e.From, null, e.Source, entry.Position)) },
                ParticipantEvent.MemberLeft e => row! with { Members = End(row.Members, s => s.Name == e.Member, e.Until) },
                ParticipantEvent.ActorAppointed or ParticipantEvent.AppointmentEnded or ParticipantEvent.HandedOver => row! with { Appointments = Appointment.Evolve(row.Appointments, happened) },
                ParticipantEvent.ClearanceSet e => row! with { ClearanceRequired = e.Required },
                _ => throw new InvalidOperationException($"The participants' timelines have no arm for {happened.GetType()}."),
            };
            rows.Add(code, entry.Position, row with { Version = entry.Version + 1 });
        }
        else if (entry.IsClearanceIn("participant/", out var cleared))
        {
            rows.Add(cleared, entry.Position, rows.Last(cleared)! with { Version = entry.Version + 1 });
        }
    }

    private static ImmutableList<DatedSpan> End(ImmutableList<DatedSpan> spans, Predicate<DatedSpan> which, EffectiveDate until)
    {
        var index = spans.FindLastIndex(which);
        return spans.SetItem(index, spans[index] with { Until = until });
    }
}
