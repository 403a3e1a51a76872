using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>What an entry says, in one line.</summary>
internal static class EntrySummary
{
    public static string Of(IEvent happened, string language) => happened switch
    {
        PledgeEvent.Recorded e => $"{e.Content.Kind.Code()}: {e.Content.Title}",
        PledgeEvent.Corrected e => $"{e.Content.Title} (because: {e.Reason})",
        PledgeEvent.Amended e => $"{e.Content.Title} (from {e.From}, because: {e.Reason})",
        PledgeEvent.Mapped e => $"to {e.Item.Framework} {e.Item.Item}: {e.Reason}",
        PledgeEvent.MappingRetired e => $"from {e.Item.Framework} {e.Item.Item}: {e.Reason}",
        PledgeEvent.ProgressReported e => $"report {e.Number} of {e.Report.Party}: {e.Report.Status.Code()} on {e.Report.EffectiveOn}: {e.Report.Narrative}",
        PledgeEvent.ReportCorrected e => $"report {e.Number} of {e.Report.Party}: {e.Report.Status.Code()} on {e.Report.EffectiveOn} (because: {e.Reason})",
        PledgeEvent.Reviewed e => $"review {e.Number} by {e.Review.By}: {e.Review.View.Code()}: {e.Review.Reason}",
        PledgeEvent.ReviewReplied e => $"{e.Party} on review {e.Review}: {e.Text}",
        PledgeEvent.AddresseeAnswered e => $"{e.Party}: {e.Answer.Code()}: {e.Text}",
        PledgeEvent.Translated e => $"into {e.Translation.Language}: {e.Translation.Title}",
        PledgeEvent.MappingMarked e => $"{e.Item.Framework} {e.Item.Item} {(e.Main ? "is" : "is no longer")} a main one: {e.Reason}",
        PledgeEvent.MappingMoved e => $"from {e.From.Framework} {e.From.Item} to {e.To.Framework} {e.To.Item}: {e.Reason}",
        PledgeEvent.MappingContested e => $"{e.By} contests {e.Item.Framework} {e.Item.Item}: {e.Reason}",
        PledgeEvent.ContestAnswered e => $"{e.By} on contest {e.Number}{(e.Upheld ? ", upheld" : "")}: {e.Text}",
        PledgeEvent.OpenedForSignature e => $"from {e.From}{(e.Until is null ? "" : $" until {e.Until}")}: {e.Reason}",
        PledgeEvent.ClosedForSignature e => $"from {e.From}: {e.Reason}",
        PledgeEvent.PartyInvited e => $"{e.Party} on {e.On}: {e.Reason}",
        PledgeEvent.PartyAccepted e => $"{e.Party} from {e.From}{(e.Text is null ? "" : $": {e.Text}")}",
        PledgeEvent.PartyDeclined e => $"{e.Party} on {e.On}: {e.Text}",
        PledgeEvent.PartyLeft e => $"{e.Party} from {e.From}: {e.Reason}",
        PledgeEvent.ShareDeclared e => $"{e.Party} from {e.From}: {e.Share.Text}",
        PledgeEvent.Superseded e => $"by {e.By} from {e.From}: {e.Reason}",
        PledgeEvent.Completed e => $"from {e.From}: {e.Reason}",
        PledgeEvent.MarkedDuplicate e => $"of {e.Of}: {e.Reason}",
        PledgeEvent.Split e => $"into {string.Join(", ", e.Into)} from {e.From}: {e.Reason}",
        PledgeEvent.Merged e => $"into {e.Into} from {e.From}: {e.Reason}",
        PledgeEvent.Reinstated e => $"from {e.From}: {e.Reason}",
        PartnershipEvent.Formed e => $"{e.Content.Names.For(language)}: {e.Content.Goal.For(language)}",
        PartnershipEvent.Corrected e => $"{e.Content.Names.For(language)} (because: {e.Reason})",
        PledgeEvent.Withdrawn e => $"from {e.From}: {e.Reason}",
        InitiativeEvent.Recorded e => $"{e.Content.Participant}, {e.Content.Kind}, {e.Content.Novelty}: {e.Content.Title.For(language)}",
        InitiativeEvent.Updated e => $"{e.Content.Novelty} on {e.Content.EffectiveOn}: {e.Reason}",
        InitiativeEvent.Corrected e => $"{e.Content.Title.For(language)} (because: {e.Reason})",
        InitiativeEvent.Withdrawn e => $"from {e.From}: {e.Reason}",
        ExchangeEvent.Recorded e => $"{e.Content.Direction.Code()} of {e.Content.Participant}: {e.Content.Title.For(language)}",
        ExchangeEvent.Corrected e => $"{e.Content.Title.For(language)} (because: {e.Reason})",
        ExchangeEvent.Closed e => $"{e.How.Code()} from {e.From}: {e.Reason}",
        ExchangeEvent.MatchProposed e => $"match {e.Number} with {e.Offer} by {e.By}: {e.Reason}",
        ExchangeEvent.MatchAnswered e => $"{e.Party} on match {e.Match}: {e.Answer.Code()}: {e.Text}",
        ExchangeEvent.MatchEnded e => $"match {e.Match} by {e.By} from {e.From}: {e.Reason}",
        MeetingEvent.Announced e => $"{e.Content.Names.For(language)}",
        MeetingEvent.Corrected e => $"{e.Content.Names.For(language)} (because: {e.Reason})",
        MeetingEvent.DocumentAttached e => e.Source,
        MeetingEvent.ClustersSet e => string.Join(", ", e.Clusters.Select(c => c.Code)),
        SeriesEvent.Opened e => $"{e.Settings.Names.For(language)}",
        SeriesEvent.SettingsChanged e => e.Reason,
        SourceEvent.Registered e => e.Title,
        ParticipantEvent.Registered e => $"{e.Names.For(language)} ({e.Type})",
        ParticipantEvent.Renamed e => $"{e.Names.For(language)} (because: {e.Reason})",
        ParticipantEvent.RoleStarted e => $"{e.Role} of {e.Scope}{(e.From is null ? "" : $" from {e.From}")}",
        ParticipantEvent.RoleEnded e => $"{e.Role} of {e.Scope} until {e.Until} (because: {e.Reason})",
        ParticipantEvent.MemberJoined e => $"{e.Member}{(e.From is null ? "" : $" from {e.From}")}",
        ParticipantEvent.MemberLeft e => $"{e.Member} until {e.Until} (because: {e.Reason})",
        ParticipantEvent.ActorAppointed e => $"{e.Role.Code()} in {e.Scope} from {e.From}{(e.Until is null ? "" : $" until {e.Until}")}",
        ParticipantEvent.AppointmentEnded e => $"{e.Role.Code()} in {e.Scope} until {e.Until} (because: {e.Reason})",
        ParticipantEvent.HandedOver e => $"handed over on {e.On} (because: {e.Reason})",
        ParticipantEvent.ClearanceSet e => $"clearance {(e.Required ? "needed" : "not needed")} (because: {e.Reason})",
        ClearanceEvent.Given => "cleared by a second person",
        FrameworkEvent.Opened e => $"{e.Names.For(language)}",
        FrameworkEvent.ItemAdded e => $"{e.Code} {e.Labels.For(language)}",
        FrameworkEvent.Closed e => $"{e.Items} items",
        FrameworkEvent.Retired e => $"from {e.From}: {e.Reason}",
        FrameworkEvent.CrosswalkAdded e => $"{e.Code}: {e.Relation.Code()} {e.To.Framework} {e.To.Item}",
        FrameworkEvent.CrosswalkRetired e => $"{e.Code} to {e.To.Framework} {e.To.Item}: {e.Reason}",
        RegistryEvent.Opened e => $"{e.Names.For(language)}{(e.Demonstration ? " (demonstration)" : "")}",
        RegistryEvent.OpeningDataLoaded e => $"{e.Set}/{e.Version}",
        RegistryEvent.SigningKeyPublished e => e.VerifierKey,
        RegistryEvent.SigningKeyRetired e => $"{e.VerifierKey} (because: {e.Reason})",
        RegistryEvent.RedactionAllowed e => $"{(e.Allowed ? "allowed" : "no longer allowed")} (because: {e.Reason})",
        RegistryEvent.EntryRedacted e => $"entry {e.Position}, on the authority of {e.Authority} (because: {e.Reason})",
        RegistryEvent.ViewsSealed e => $"{e.Views.Count} views of {e.Size} entries, on {e.On}{(e.Meeting is null ? "" : $", at the end of {e.Meeting}")}",
        _ => throw new InvalidOperationException($"There is no summary of {happened.GetType()}."),
    };
}
