using System.Collections.Immutable;

namespace PledgeRegistry.Participants;

/// <summary>A span of days from <paramref name="From"/> (null: since before anything is known) to before <paramref name="Until"/> (null: open).</summary>
public sealed record Span(DateOnly? From, DateOnly? Until)
{
    public bool Holds(DateOnly on) => (From is not { } from || from <= on) && (Until is not { } until || on < until);
}

/// <summary>What decisions need to know of a participant.</summary>
public sealed record ParticipantState(
    string Type,
    Texts Names,
    IReadOnlyList<RoleIn> MembersByRole,
    ImmutableDictionary<RoleIn, ImmutableList<Span>> Roles,
    ImmutableDictionary<string, ImmutableList<Span>> Members)
{
    public bool IsCollective => Type == "collective";

    public bool HasRole(RoleIn role, DateOnly on) => Roles.TryGetValue(role, out var spans) && spans.Exists(s => s.Holds(on));

    public bool HasOpenRole(RoleIn role) => Roles.TryGetValue(role, out var spans) && spans[^1].Until is null;

    public bool HasMember(string member) => Members.TryGetValue(member, out var spans) && spans[^1].Until is null;

    public static ParticipantState Evolve(ParticipantState? participant, ParticipantEvent happened) => happened switch
    {
        ParticipantEvent.Registered e => new(e.Type, e.Names, e.MembersByRole, ImmutableDictionary<RoleIn, ImmutableList<Span>>.Empty, ImmutableDictionary<string, ImmutableList<Span>>.Empty),
        ParticipantEvent.Renamed e => participant! with { Names = e.Names },
        ParticipantEvent.RoleStarted e => participant! with { Roles = Started(participant.Roles, new RoleIn(e.Role, e.Scope), e.From) },
        ParticipantEvent.RoleEnded e => participant! with { Roles = Ended(participant.Roles, new RoleIn(e.Role, e.Scope), e.Until) },
        ParticipantEvent.MemberJoined e => participant! with { Members = Started(participant.Members, e.Member, e.From) },
        ParticipantEvent.MemberLeft e => participant! with { Members = Ended(participant.Members, e.Member, e.Until) },
        _ => throw new InvalidOperationException($"A participant has no arm for {happened.GetType()}."),
    };

    private static ImmutableDictionary<TKey, ImmutableList<Span>> Started<TKey>(ImmutableDictionary<TKey, ImmutableList<Span>> all, TKey key, EffectiveDate? from)
        where TKey : notnull => all.SetItem(key, all.GetValueOrDefault(key, []).Add(new Span(from?.First(), null)));

    private static ImmutableDictionary<TKey, ImmutableList<Span>> Ended<TKey>(ImmutableDictionary<TKey, ImmutableList<Span>> all, TKey key, EffectiveDate until)
        where TKey : notnull
    {
        var spans = all[key];
        return all.SetItem(key, spans.SetItem(spans.Count - 1, spans[^1] with { Until = until.First() }));
    }
}
