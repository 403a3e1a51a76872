using PledgeRegistry.Participants;
using PledgeRegistry.Projections.Participants;

namespace PledgeRegistry.Projections.Tests.Participants;

public sealed class ParticipantTests
{
    [Fact]
    public async Task Roles_and_memberships_are_of_the_day()
    {
        await using var given = await Given.ARegistryAsync();
        await given.DoesAsync(new EndRole("HND", "member", "RCM", new EffectiveDate("2018-06"), "It left.", "notes"));
        await given.DoesAsync(new StartRole("HND", "member", "RCM", new EffectiveDate("2020"), "notes"));
        Assert.Equal((true, false, true), (await HoldsAsync("2018-05-31"), await HoldsAsync("2018-06-01"), await HoldsAsync("2020-01-01")));

        async Task<bool> HoldsAsync(string on)
        {
            var view = (await given.AsksAsync(new GetParticipant(given.At(on), "HND")))!;
            var members = (await given.AsksAsync(new GetParticipant(given.At(on), "RCM-MEMBERS")))!.Members.Select(m => m.Id);
            Assert.Equal(2, view.Roles.Count);
            Assert.Equal(view.Roles.Any(r => r.Holds), members.Contains("HND"));
            Assert.Equal(view.Roles.Any(r => r.Holds), view.MemberOf.Select(m => m.Id).Contains("RCM-MEMBERS"));
            return view.Roles.Any(r => r.Holds);
        }
    }

    [Fact]
    public async Task A_named_member_is_one_for_its_dates()
    {
        await using var given = await Given.ARegistryAsync();
        await given.DoesAsync(new RemoveMember("WORKSHOP", "COL", new EffectiveDate("2017-02"), "It left.", "notes"));
        Assert.Equal(["COL"], await MembersAsync("2017-01-31"));
        Assert.Empty(await MembersAsync("2017-02-01"));
        Assert.Empty(await MembersAsync("2015-12-31"));

        async Task<IEnumerable<string>> MembersAsync(string on) => (await given.AsksAsync(new GetParticipant(given.At(on), "WORKSHOP")))!.Members.Select(m => m.Id);
    }

    [Fact]
    public async Task A_new_name_leaves_the_old_one_readable_at_its_size()
    {
        await using var given = await Given.ARegistryAsync();
        var size = given.Size;
        await given.DoesAsync(new RenameParticipant("MAR", Texts.Of(("en", "Kingdom of Morocco")), "As it asked.", "notes"));
        Assert.Equal("Kingdom of Morocco", (await given.AsksAsync(new GetParticipant(given.Now with { Language = "es" }, "MAR")))!.Name);
        var before = (await given.AsksAsync(new GetParticipant(given.At("2030-01-01", size) with { Language = "es" }, "MAR")))!;
        Assert.Equal(("Marruecos", "Kingdom of Morocco"), (before.Name, before.NameInSource));
        Assert.Null(await given.AsksAsync(new GetParticipant(given.At("2030-01-01", 1), "MAR")));
        Assert.Null(await given.AsksAsync(new GetParticipant(given.Now, "XXX")));
    }

    [Fact]
    public async Task Lists_are_by_code_and_narrow_by_type_and_by_role_in_a_scope_or_any()
    {
        await using var given = await Given.ARegistryAsync();
        var all = (await given.AsksAsync(new ListParticipants(given.Now))).Participants.Select(p => p.Code).ToList();
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal(14, all.Count);
        Assert.Equal(["RCM-MEMBERS", "WORKSHOP"], await CodesAsync(new ListParticipants(given.Now, Type: "collective")));
        Assert.Equal(["CRI", "HND", "MEX"], await CodesAsync(new ListParticipants(given.Now, Role: "member", Scope: "RCM")));
        Assert.Equal(["CRI", "HND", "MEX"], await CodesAsync(new ListParticipants(given.Now, Role: "member")));
        Assert.Empty(await CodesAsync(new ListParticipants(given.Now, Role: "member", Scope: "IMRF")));
        Assert.Equal(["ILO"], await CodesAsync(new ListParticipants(given.Now, Role: "participant")));
        Assert.Equal(["CRI", "HND", "MEX", "PAN"], await CodesAsync(new ListParticipants(given.At("2017-01-01"), Role: "member")));

        async Task<IEnumerable<string>> CodesAsync(ListParticipants query) => (await given.AsksAsync(query)).Participants.Select(p => p.Code);
    }
}
