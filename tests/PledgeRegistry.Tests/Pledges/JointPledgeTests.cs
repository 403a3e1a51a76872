using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

/// <summary>How a common pledge gets more parties: it is opened or they are invited, and each answers by itself.</summary>
public sealed class JointPledgeTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly EffectiveDate Day = EffectiveDate.On(2023, 6, 1);
    private static readonly EffectiveDate Early = EffectiveDate.On(2022, 5, 16);
    private static readonly PledgeEvent.PartyInvited Invited = new("COL", EffectiveDate.On(2022, 6, 1), "It shares the border.");
    private static readonly PledgeEvent.OpenedForSignature Opened = new(EffectiveDate.On(2022, 6, 1), EffectiveDate.On(2023, 6, 30), "More may join.");
    private static readonly PledgeEvent.PartyAccepted Accepted = new("COL", Day, null, null, null);

    private static GivenWhenThen Common(params IEvent[] more) =>
        Given([(Stream, new PledgeEvent.Recorded(CommonPledge())), .. more.Select(e => (Stream, e))]);

    private static GivenWhenThen Alone => Given((Stream, new PledgeEvent.Recorded(Pledge())));

    [Fact]
    public void A_common_pledge_is_opened_for_signature()
    {
        Common().When(new OpenForSignature(Pledge1, Opened.From, Opened.Until, Opened.Reason)).ThenRecorded(Stream, Opened);
        Common().When(new OpenForSignature(Pledge1, Opened.From, null, Opened.Reason)).ThenRecorded(Stream, Opened with { Until = null });
    }

    [Fact]
    public void What_is_open_for_signature_is_opened_again_only_once_it_was_closed()
    {
        Common(Opened).When(new OpenForSignature(Pledge1, Opened.From, Opened.Until, Opened.Reason)).ThenNothing();
        Common(Opened).When(new OpenForSignature(Pledge1, Opened.From, null, Opened.Reason)).ThenRefused("signature-open");
        Common(Opened, new PledgeEvent.ClosedForSignature(Day, "Enough.")).When(new OpenForSignature(Pledge1, Day, null, "Again.")).ThenRecorded(Stream, new PledgeEvent.OpenedForSignature(Day, null, "Again."));
    }

    [Fact]
    public void Opening_keeps_to_its_form()
    {
        Common().When(new OpenForSignature(Pledge1, null!, null, "Why.")).ThenRefused("missing", "from");
        Common().When(new OpenForSignature(Pledge1, Day, new EffectiveDate("soon"), "Why.")).ThenRefused("not-a-date", "until");
        Common().When(new OpenForSignature(Pledge1, Day, EffectiveDate.On(2023, 5, 31), "Why.")).ThenRefused("period-reversed", "until");
        Common().When(new OpenForSignature(Pledge1, Early, null, "Why.")).ThenRefused("before-announced", "from");
        Common().When(new OpenForSignature(Pledge1, Day, null, " ")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void It_is_closed_once_it_is_open()
    {
        Common(Opened).When(new CloseForSignature(Pledge1, Day, "Enough.")).ThenRecorded(Stream, new PledgeEvent.ClosedForSignature(Day, "Enough."));
        Common().When(new CloseForSignature(Pledge1, Day, "Enough.")).ThenRefused("signature-not-open");
        Common(Opened).When(new CloseForSignature(Pledge1, EffectiveDate.On(2022, 5, 31), "Enough.")).ThenRefused("period-reversed", "from");
        Common(Opened).When(new CloseForSignature(Pledge1, new EffectiveDate("2023-13"), "Enough.")).ThenRefused("not-a-date", "from");
        Common(Opened).When(new CloseForSignature(Pledge1, Day, "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void A_party_is_invited_and_owes_nothing_by_that()
    {
        Common().When(new InviteParty(Pledge1, "COL", Invited.On, Invited.Reason)).ThenRecorded(Stream, Invited);
        Common(Invited).When(new ReportProgress(Pledge1, Report("COL"))).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void Who_waits_with_an_answer_is_not_invited_again() =>
        Common(Invited).When(new InviteParty(Pledge1, "COL", Day, "Please.")).ThenNothing();

    [Fact]
    public void Who_owes_it_is_not_invited()
    {
        Common().When(new InviteParty(Pledge1, "HND", Day, "Why.")).ThenRefused("party-already", "party");
        Common(Invited, Accepted).When(new InviteParty(Pledge1, "COL", Day, "Why.")).ThenRefused("party-already", "party");
        Common(Invited, Accepted).When(new InviteParty(Pledge1, "COL", EffectiveDate.On(2022, 7, 1), "Why.")).ThenRefused("party-already", "party");
    }

    [Fact]
    public void Who_declined_or_left_can_be_invited_again()
    {
        var again = new PledgeEvent.PartyInvited("COL", EffectiveDate.On(2025, 1, 1), "Please.");
        var ask = new InviteParty(Pledge1, "COL", again.On, again.Reason);
        Common(Invited, new PledgeEvent.PartyDeclined("COL", Day, "Not now.", "en")).When(ask).ThenRecorded(Stream, again);
        Common(Invited, Accepted, new PledgeEvent.PartyLeft("COL", new EffectiveDate("2024"), "Moved.")).When(ask).ThenRecorded(Stream, again);
    }

    [Fact]
    public void An_invitation_keeps_to_its_form()
    {
        Common().When(new InviteParty(Pledge1, "XXX", Day, "Why.")).ThenRefused("unknown-participant", "party");
        Common().When(new InviteParty(Pledge1, null!, Day, "Why.")).ThenRefused("unknown-participant", "party");
        Common().When(new InviteParty(Pledge1, "COL", null!, "Why.")).ThenRefused("missing", "on");
        Common().When(new InviteParty(Pledge1, "COL", Early, "Why.")).ThenRefused("before-announced", "on");
        Common().When(new InviteParty(Pledge1, "COL", Day, "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void Who_was_invited_accepts_in_its_own_words()
    {
        var said = new PledgeEvent.PartyAccepted("COL", Day, "Con gusto.", "es", new SourcePlace("notes", "page 3"));
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", Day, said.Text, said.Language, said.Source)).ThenRecorded(Stream, said);
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRecorded(Stream, Accepted);
    }

    [Fact]
    public void Who_was_not_invited_accepts_while_it_is_open()
    {
        Common(Opened).When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRecorded(Stream, Accepted);
        Common().When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRefused("not-invited", "party");
        Common(Opened, new PledgeEvent.ClosedForSignature(Day, "Enough.")).When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRefused("not-invited", "party");
    }

    [Theory]
    [InlineData("2022-05-31", false)]
    [InlineData("2022-06-01", true)]
    [InlineData("2023-06-30", true)]
    [InlineData("2023-07-01", false)]
    [InlineData("2023-07", false)]
    [InlineData("2023-06", true)]
    [InlineData("2023", true)]
    [InlineData("2022-05", false)]
    [InlineData("2024", false)]
    public void Uninvited_it_accepts_between_the_first_and_the_last_day_of_signature(string from, bool open)
    {
        var on = new EffectiveDate(from);
        var decided = Common(Opened).When(new AcceptPledge(Pledge1, "COL", on, null, null, null));
        if (open)
        {
            decided.ThenRecorded(Stream, Accepted with { From = on });
        }
        else
        {
            decided.ThenRefused("not-invited", "party");
        }
    }

    [Fact]
    public void Who_was_invited_accepts_after_the_last_day_of_signature_too() =>
        Common(Opened, Invited).When(new AcceptPledge(Pledge1, "COL", new EffectiveDate("2024"), null, null, null)).ThenRecorded(Stream, Accepted with { From = new EffectiveDate("2024") });

    [Fact]
    public void An_acceptance_with_a_coarse_date_holds_from_its_last_day()
    {
        var accepted = Common(Invited, Accepted with { From = new EffectiveDate("2023") });
        accepted.When(new ReportProgress(Pledge1, Report("COL") with { EffectiveOn = EffectiveDate.On(2023, 12, 30) })).ThenRefused("not-a-party", "report.party");
        var first = Report("COL") with { EffectiveOn = EffectiveDate.On(2023, 12, 31) };
        accepted.When(new ReportProgress(Pledge1, first)).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, first));
    }

    [Fact]
    public void A_party_accepts_once()
    {
        Common(Opened).When(new AcceptPledge(Pledge1, "CRI", Day, null, null, null)).ThenRefused("party-already", "party");
        Common(Opened, Accepted).When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRefused("party-already", "party");
        Common(Opened, Accepted).When(new AcceptPledge(Pledge1, "COL", EffectiveDate.On(2022, 7, 1), null, null, null)).ThenRefused("party-already", "party");
    }

    [Fact]
    public void Who_left_accepts_again_from_the_day_it_left_on()
    {
        var left = Common(Opened with { Until = null }, Accepted, new PledgeEvent.PartyLeft("COL", new EffectiveDate("2024"), "Moved."));
        var again = Accepted with { From = EffectiveDate.On(2024, 12, 31) };
        left.When(new AcceptPledge(Pledge1, "COL", again.From, null, null, null)).ThenRecorded(Stream, again);
        left.When(new AcceptPledge(Pledge1, "COL", EffectiveDate.On(2024, 12, 30), null, null, null)).ThenRefused("party-already", "party");
        left.When(new AcceptPledge(Pledge1, "COL", EffectiveDate.On(2022, 12, 30), null, null, null)).ThenRefused("spans-overlap", "from");
    }

    [Fact]
    public void The_member_of_an_owing_collective_accepts_by_itself()
    {
        var collective = Given((Stream, new PledgeEvent.Recorded(CommonPledge() with { Owing = ["RCM-MEMBERS"] })), (Stream, Opened));
        collective.When(new AcceptPledge(Pledge1, "HND", Day, null, null, null)).ThenRecorded(Stream, Accepted with { Party = "HND" });
    }

    [Fact]
    public void A_collective_is_invited_and_accepts_as_one() =>
        Common(Invited with { Party = "WORKSHOP" }).When(new AcceptPledge(Pledge1, "WORKSHOP", Day, null, null, null)).ThenRecorded(Stream, Accepted with { Party = "WORKSHOP" });

    [Fact]
    public void An_acceptance_keeps_to_its_form()
    {
        Common(Invited).When(new AcceptPledge(Pledge1, "XXX", Day, null, null, null)).ThenRefused("unknown-participant", "party");
        Common(Invited).When(new AcceptPledge(Pledge1, null!, Day, null, null, null)).ThenRefused("unknown-participant", "party");
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", null!, null, null, null)).ThenRefused("missing", "from");
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", Early, null, null, null)).ThenRefused("before-announced", "from");
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", Day, "", "en", null)).ThenRefused("missing", "text");
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", Day, "Gladly.", null, null)).ThenRefused("not-a-language", "language");
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", Day, null, "en", null)).ThenRefused("missing", "text");
        Common(Invited).When(new AcceptPledge(Pledge1, "COL", Day, null, null, new SourcePlace("hearsay", "page 1"))).ThenRefused("unknown-source", "source.source");
    }

    [Fact]
    public void Who_was_invited_declines_with_why()
    {
        Common(Invited).When(new DeclinePledge(Pledge1, "COL", Day, "Not now.", "en")).ThenRecorded(Stream, new PledgeEvent.PartyDeclined("COL", Day, "Not now.", "en"));
        Common(Invited).When(new DeclinePledge(Pledge1, "COL", Day, "", "en")).ThenRefused("missing", "text");
        Common(Invited).When(new DeclinePledge(Pledge1, "COL", Day, "Not now.", "english")).ThenRefused("not-a-language", "language");
        Common(Invited).When(new DeclinePledge(Pledge1, "COL", null!, "Not now.", "en")).ThenRefused("missing", "on");
        Common(Invited).When(new DeclinePledge(Pledge1, "COL", Early, "Not now.", "en")).ThenRefused("before-announced", "on");
        Common(Invited).When(new DeclinePledge(Pledge1, "XXX", Day, "Not now.", "en")).ThenRefused("unknown-participant", "party");
    }

    [Fact]
    public void Only_an_invitation_that_waits_is_declined()
    {
        var no = new DeclinePledge(Pledge1, "COL", Day, "Not now.", "en");
        Common(Opened).When(no).ThenRefused("not-invited", "party");
        Common(Invited, Accepted).When(no).ThenRefused("not-invited", "party");
        Common(Invited, new PledgeEvent.PartyDeclined("COL", Day, "Not now.", "en")).When(no).ThenRefused("not-invited", "party");
    }

    [Fact]
    public void Who_declined_accepts_only_if_it_is_open_or_invited_again() =>
        Common(Invited, new PledgeEvent.PartyDeclined("COL", Day, "Not now.", "en")).When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRefused("not-invited", "party");

    [Fact]
    public void Only_a_common_pledge_takes_more_parties()
    {
        Alone.When(new OpenForSignature(Pledge1, Day, null, "Why.")).ThenRefused("not-common");
        Alone.When(new InviteParty(Pledge1, "COL", Day, "Why.")).ThenRefused("not-common");
        Alone.When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRefused("not-common");
    }

    [Fact]
    public void Nobody_accepts_a_recommendation_so_that_it_owes_it()
    {
        var asked = Given(($"pledge/{Conclusion1}", new PledgeEvent.Recorded(Recommendation() with { Type = PledgeType.Common })));
        asked.When(new OpenForSignature(Conclusion1, Day, null, "Why.")).ThenRefused("not-common");
        asked.When(new InviteParty(Conclusion1, "COL", Day, "Why.")).ThenRefused("not-common");
    }

    [Fact]
    public void What_ended_takes_no_parties()
    {
        var ended = Common(Invited, new PledgeEvent.Withdrawn(Day, "moved"));
        ended.When(new OpenForSignature(Pledge1, Day, null, "Why.")).ThenRefused("pledge-withdrawn");
        ended.When(new InviteParty(Pledge1, "IOM", Day, "Why.")).ThenRefused("pledge-withdrawn");
        ended.When(new AcceptPledge(Pledge1, "COL", Day, null, null, null)).ThenRefused("pledge-withdrawn");
    }

    [Fact]
    public void What_is_not_there_takes_no_parties()
    {
        Common().When(new OpenForSignature("IMRF-2022-0002", Day, null, "Why.")).ThenRefused("unknown-pledge", "id");
        Common().When(new CloseForSignature("IMRF-2022-0002", Day, "Why.")).ThenRefused("unknown-pledge", "id");
        Common().When(new InviteParty("IMRF-2022-0002", "COL", Day, "Why.")).ThenRefused("unknown-pledge", "id");
        Common().When(new AcceptPledge("IMRF-2022-0002", "COL", Day, null, null, null)).ThenRefused("unknown-pledge", "id");
        Common().When(new DeclinePledge("IMRF-2022-0002", "COL", Day, "No.", "en")).ThenRefused("unknown-pledge", "id");
    }
}
