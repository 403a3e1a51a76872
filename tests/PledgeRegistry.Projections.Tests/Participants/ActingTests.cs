using System.Text.Json;
using PledgeRegistry.Participants;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Participants;

/// <summary>What everybody may know of who acts for a participant, and what a clearance leaves behind.</summary>
public sealed class ActingTests
{
    private const string Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb", Eva = "a-cccccccccccccccccccccccccc";

    private static readonly Author Cleared = new("local-operator", Author.Operator, "CRI", Ana);

    [Fact]
    public async Task A_participant_says_whether_somebody_acts_for_it_and_whether_clearance_is_needed()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var before = given.Size;
        await given.DoesAsync(new AppointActor("CRI", Ana, ActorRole.FocalPoint, "CRI", new EffectiveDate("2022-01"), null));
        await given.DoesAsync(new AppointActor("CRI", Ben, ActorRole.Deputy, "CRI", new EffectiveDate("2022-06"), new EffectiveDate("2023")));
        await given.DoesAsync(new SetClearance("CRI", Required: true, "As agreed."));
        var known = given.Size;
        await given.DoesAsync(new HandOver("CRI", Ana, Eva, new EffectiveDate("2022-09-01"), "Moved on."));
        await given.DoesAsync(new EndAppointment("CRI", Eva, ActorRole.FocalPoint, "CRI", new EffectiveDate("2024"), "Moved on."));
        await given.DoesAsync(new SetClearance("CRI", Required: false, "No longer."));

        Assert.Equal((false, 0, false), await ActingAsync(given, "2022-07-01", before));
        Assert.Equal((false, 0, true), await ActingAsync(given, "2021-12-31", known));
        Assert.Equal((true, 1, true), await ActingAsync(given, "2022-07-01", known));
        Assert.Equal((true, 0, true), await ActingAsync(given, "2025-01-01", known));
        Assert.Equal((true, 1, false), await ActingAsync(given, "2022-09-01"));
        Assert.Equal((true, 0, false), await ActingAsync(given, "2023-12-31"));
        Assert.Equal((false, 0, false), await ActingAsync(given, "2024-01-01"));
    }

    [Fact]
    public async Task No_view_shows_an_actor_s_id()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var from = given.Size;
        await given.DoesAsync(new AppointActor("CRI", Ana, ActorRole.FocalPoint, "CRI", new EffectiveDate("2022-01"), null));
        await given.DoesAsync(new HandOver("CRI", Ana, Ben, new EffectiveDate("2022-03"), "Moved on."));
        await given.DoesAsync(new AppointActor("CRI", Ana, ActorRole.Deputy, "CRI", new EffectiveDate("2022-04"), null));
        await given.DoesAsync(new EndAppointment("CRI", Ben, ActorRole.FocalPoint, "CRI", new EffectiveDate("2024"), "Moved on."));
        await given.DoesAsync(new SetClearance("CRI", Required: true, "As agreed."), Cleared);
        var history = await given.AsksAsync(new GetHistory(given.Now, Participant: "CRI", From: from));
        Assert.Equal(
            ["participant-actor-appointed.v1", "participant-handed-over.v1", "participant-actor-appointed.v1", "participant-appointment-ended.v1", "participant-clearance-set.v1", "clearance-given.v1"],
            history.Lines.Select(l => l.Type));
        Assert.Contains(new FieldChange("role", null, "focal-point"), history.Lines[0].Changes);
        Assert.Equal([new FieldChange("required", null, "true")], history.Lines[4].Changes);
        Assert.Empty(history.Lines[5].Changes);
        var shown = JsonSerializer.Serialize(history, ViewJson.OneLine) + JsonSerializer.Serialize(await given.AsksAsync(new GetParticipant(given.Now, "CRI")), ViewJson.OneLine);
        Assert.DoesNotContain("a-aaaa", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("a-bbbb", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_clearance_again_shows_what_it_was()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.DoesAsync(new SetClearance("CRI", Required: true, "As agreed."));
        await given.DoesAsync(new SetClearance("CRI", Required: false, "No longer."));
        Assert.Equal([new FieldChange("required", "true", "false")], (await given.AsksAsync(new GetHistory(given.Now, "participant/CRI", NewestFirst: true, Limit: 1))).Lines[0].Changes);
    }

    [Fact]
    public async Task A_clearance_counts_as_a_version_of_whatever_was_cleared()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.DoesAsync(new AppointActor("CRI", Ana, ActorRole.FocalPoint, "CRI", new EffectiveDate("2022-01"), null));
        var pledge = await given.DoesAsync(new PledgeRegistry.Pledges.RecordPledge(SampleRegistry.Pledge(), []), Cleared);
        var initiative = await given.DoesAsync(new PledgeRegistry.Initiatives.RecordInitiative(SampleRegistry.Initiative()), Cleared);
        await given.DoesAsync(new PledgeRegistry.Meetings.AttachDocument("IMRF-2026", "notes"), Cleared);
        await given.DoesAsync(new SetClearance("CRI", Required: true, "As agreed."), Cleared);
        var series = given.Models.Meetings.Series("RCM", given.Size)!;
        await given.DoesAsync(new PledgeRegistry.Meetings.ChangeSeriesSettings("RCM", series.Version, series.Settings with { SilentAfterMonths = 6 }, "As agreed."), Cleared);

        Assert.Equal(2, (await given.AsksAsync(new GetPledge(given.Now, pledge)))!.Version);
        Assert.Equal(2, (await given.AsksAsync(new GetInitiative(given.Now, initiative)))!.Version);
        Assert.Equal(given.Registry.State.VersionOf("meeting/IMRF-2026"), given.Models.Meetings.Meeting("IMRF-2026", given.Size)!.Version);
        Assert.Equal(given.Registry.State.VersionOf("participant/CRI"), given.Models.Participants.At("CRI", given.Size)!.Version);
        Assert.Equal(series.Version + 2, given.Models.Meetings.Series("RCM", given.Size)!.Version);
        Assert.Equal(["pledge-recorded.v2", "clearance-given.v1"], (await given.AsksAsync(new GetHistory(given.Now, $"pledge/{pledge}"))).Lines.Select(l => l.Type));
    }

    [Fact]
    public async Task A_clearance_is_no_change_of_its_own_in_the_follow_up_and_is_in_its_party_s_history()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-18");
        await given.DoesAsync(new AppointActor("CRI", Ana, ActorRole.FocalPoint, "CRI", new EffectiveDate("2022-01"), null));
        var pledge = await given.DoesAsync(new PledgeRegistry.Pledges.RecordPledge(SampleRegistry.Pledge(), []), Cleared);
        var view = await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022"));
        Assert.Equal("pledge-recorded.v2", Assert.Single(view.Changes, c => c.Pledge == pledge).Type);
        Assert.Equal("clearance-given.v1", (await given.AsksAsync(new GetHistory(given.Now, Participant: "CRI"))).Lines[^1].Type);
    }

    private static async Task<(bool FocalPoint, int Deputies, bool Clearance)> ActingAsync(Given given, string on, long? size = null)
    {
        var view = (await given.AsksAsync(new GetParticipant(given.At(on, size), "CRI")))!;
        return (view.HasFocalPoint, view.Deputies, view.ClearanceRequired);
    }
}
