using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>A view of one thing, for people.</summary>
internal sealed class Pages(ReadSession session, Output output)
{
    public void Print(object view)
    {
        switch (view)
        {
            case PledgeView v: Pledge(v); break;
            case InitiativeView v: Initiative(v); break;
            case ParticipantView v: Participant(v); break;
            case MeetingView v: Meeting(v); break;
            case SourceView v: Source(v); break;
            default: throw new InvalidOperationException($"There is no page for {view.GetType()}.");
        }
    }

    private void Pledge(PledgeView v)
    {
        output.Line(session.BasisLine(PledgeView.View));
        output.Fields(
            ("id", v.Id), ("title", v.Content.Title), ("kind", v.Kind.Label), ("modality", v.Modality.Label), ("text", v.Content.Text),
            ("meeting", Name(v.Meeting)), ("announced on", v.Content.AnnouncedOn.ToString()), ("by", Names(v.By)), ("due", v.Content.Due is null ? null : string.Join("; ", new[] { v.Content.Due.Date?.ToString(), Name(v.DueMeeting), v.Content.Due.Words, v.DueOn is null ? null : $"by {Date(v.DueOn)}" }.OfType<string>())),
            ("natures", Labels(v.Natures)), ("level", v.Level?.Label), ("places", string.Join(", ", v.Content.Places)), ("populations", Labels(v.Populations)),
            ("journey stages", Labels(v.JourneyStages)), ("conditions", Labels(v.Conditions)),
            ("source", v.Content.Source is { } place ? $"{Name(v.Source)}, {place.Place}" : null),
            ("type", v.Content.Type?.Code()), ("concreteness", v.Content.Concreteness?.Code()), ("lead", v.Content.Lead), ("cycle", v.Content.Cycle is { } cycle ? Number(cycle) : null),
            ("amounts", Amounts(v.Content.Amounts)), ("mirror pledge", v.Content.Mirror is { } mirror ? string.Join(", ", new[] { mirror.Reference, mirror.Url }.OfType<string>()) : null),
            ("partnership", v.Partnership is { } together ? $"{together.Id} {together.Name}: {together.Goal}{(together.Pledges.Count > 0 ? $" (with {string.Join(", ", together.Pledges)})" : "")}" : null),
            ("matches", v.Content.Matches), ("matched by", Ids(v.MatchedBy)), ("goes on from", Ids(v.ContinuedFrom)),
            ("signature", v.Signature is { } signature ? $"{(v.OpenForSignature ? "open" : "not open")} on that day; opened from {signature.From}{(signature.Until is null ? "" : $" until {signature.Until}")}{(signature.Closed is null ? "" : $", closed from {signature.Closed}")}" : null),
            (v.Ending?.Kind.Code() ?? "ended", v.Ending is { } ended ? string.Join(' ', new[] { ended.From is null ? null : $"from {ended.From}", ended.Continues.Count > 0 ? $"as {string.Join(", ", ended.Continues)}" : null, $"because: {ended.Reason}" }.OfType<string>()) : null), ("not yet made", v.NotYetMade ? "on that day" : null),
            ("recorded", $"{EntryCodec.FormatTime(v.RecordedAt)}, entry {Number(v.Position)}; version {Number(v.Version)}"));
        output.Table("Parties", ["party", "part", "through", "since", "share", "claimed", "on", "heard of", "on time", "answer"],
            [.. v.Parties.Select(p => (string[])[Name(p.Participant)!, p.Part.Code(), Output.OrDash(Name(p.Collective)), Date(p.Since), Output.OrDash(p.Share?.Share.Text), Output.OrDash(p.Claimed?.Label), Date(p.ClaimedOn), p.Freshness.Code(), p.Timeliness.Code(), Output.OrDash(p.Answer?.Label)])]);
        output.Table("Mappings", ["framework", "item", "label", "reason", "state"],
            [.. v.Mappings.Select(m => (string[])[m.Item.Framework, m.Item.Item, m.Item.Label, m.Reason, string.Join(", ", new[]
            {
                m.Main ? "main" : null, m.Retrospective ? "retrospective" : null, m.Contests.Any(c => c.Answer is null) ? "contested" : null,
                m.RetiredAt is null ? null : m.MovedTo is { } to ? $"moved to {to.Item}: {m.RetiredReason}" : $"retired: {m.RetiredReason}",
            }.OfType<string>().DefaultIfEmpty("-"))])]);
        output.Table("Milestones", ["code", "text", "due", "reached"],
            [.. v.Milestones.Select(m => (string[])[m.Milestone.Code, m.Milestone.Text, Date(m.DueOn), Output.OrDash(m.Late ? "late" : string.Join("; ", m.Reached.Select(r => $"{r.Party.Id} on {r.On}")))])]);
        output.Table("Indicators", ["code", "text", "unit", "baseline", "target", "values"],
            [.. v.Indicators.Select(i => (string[])[i.Indicator.Code, i.Indicator.Text, i.Indicator.Unit, Output.OrDash(i.Indicator.Baseline?.Value), Output.OrDash(i.Indicator.Target?.Value), Output.OrDash(string.Join("; ", i.Values.Select(x => $"{x.Party.Id} {x.Value} on {x.On}")))])]);
        output.Table("Reports", ["number", "party", "status", "effective on", "narrative", "challenges", "next steps", "evidence", "state"],
            [.. v.Reports.Select(r => (string[])[Number(r.Number), Name(r.Party)!, r.Status.Label, r.Report.EffectiveOn.ToString(), r.Report.Narrative, Output.OrDash(r.Report.Challenges), Output.OrDash(r.Report.NextSteps), Evidence(r.Report.Evidence), State(r.HoldsYet, r.CorrectedAt)])]);
        output.Table("Reviews", ["number", "by", "standing", "view", "report", "effective on", "reason", "evidence", "replies"],
            [.. v.Reviews.Select(r => (string[])[Number(r.Number), Name(r.By)!, r.Review.Standing.Code(), r.View.Label, r.Review.Report is { } n ? Number(n) : "-", r.Review.EffectiveOn.ToString(), r.Review.Reason, Evidence(r.Review.Evidence), Output.OrDash(string.Join("; ", r.Replies.Select(x => $"{x.Party}: {x.Text}")))])]);
        output.Table("Translations", ["language", "title", "text", "standing", "state"],
            [.. v.Translations.Select(t => (string[])[t.Language, t.Title, t.Text, t.Standing.Code(), t.Current ? "-" : "of another wording"])]);
        output.Table("Other wordings", ["from", "title", "text"], [.. v.EarlierWordings.Select(x => (string[])[Date(x.From), x.Content.Title, x.Content.Text])]);
    }

    private static string? Ids(IReadOnlyList<string> ids) => ids.Count > 0 ? string.Join(", ", ids) : null;

    private static string? Amounts(IReadOnlyList<Amount> amounts) => amounts.Count == 0 ? null : string.Join("; ", amounts.Select(a =>
        string.Join(' ', new[] { a.Value, a.Currency, a.Period is { } period ? $"{period.From} to {period.Until}" : null, a.Purpose is null ? null : $"({a.Purpose})" }.OfType<string>())));

    private void Initiative(InitiativeView v)
    {
        var c = v.Content;
        output.Line(session.BasisLine(InitiativeView.View));
        output.Fields(
            ("id", v.Id), ("title", c.Title.For(session.Reading.Language)), ("participant", Name(v.Participant)), ("kind", v.Kind.Label), ("novelty", v.Novelty.Label), ("areas", Labels(v.Areas)),
            ("description", c.Description.For(session.Reading.Language)), ("meeting", Name(v.Meeting)), ("effective on", c.EffectiveOn.ToString()), ("period", c.Period is { } p ? $"{p.From} to {p.Until}" : null),
            ("pledge", c.Pledge), ("lead institution", c.LeadInstitution), ("sector", v.Sector?.Label), ("partners", string.Join("; ", c.Partners)),
            ("populations", Labels(v.Populations)), ("conditions", Labels(v.Conditions)), ("journey stages", Labels(v.JourneyStages)),
            ("challenge", c.Challenge), ("response", c.Response), ("lesson", c.Lesson), ("good practice", c.GoodPractice), ("reusable material", c.ReusableMaterial),
            ("needs", c.Needs), ("offers", c.Offers), ("links", string.Join("; ", v.Links.Select(l => $"{l.Item} {l.Label}"))), ("evidence", c.Evidence.Count > 0 ? Evidence(c.Evidence) : null),
            ("source", c.Source is { } place ? $"{Name(v.Source)}, {place.Place}" : null),
            ("withdrawn", v.Withdrawal is { } w ? $"from {w.From}: {w.Reason}" : null), ("not yet made", v.NotYetMade ? "on that day" : null),
            ("recorded", $"{EntryCodec.FormatTime(v.RecordedAt)}, entry {Number(v.Position)}; version {Number(v.Version)}"));
        output.Table("Results", ["what", "value", "unit", "note"], [.. c.Results.Select(r => (string[])[r.What, r.Value, r.Unit, Output.OrDash(r.DenominatorNote)])]);
    }

    private void Participant(ParticipantView v)
    {
        output.Line(session.BasisLine(ParticipantView.View));
        output.Fields(
            ("code", v.Code), ("name", v.Name), ("name in the source", v.NameInSource), ("type", v.Type.Label), ("member of", Names(v.MemberOf)), ("members", Names(v.Members)),
            ("source", v.Source), ("version", Number(v.Version)));
        output.Table("Roles", ["role", "of", "from", "until", "on that day", "source"],
            [.. v.Roles.Select(r => (string[])[r.Role.Label, Name(r.Scope)!, Output.OrDash(r.From?.ToString()), Output.OrDash(r.Until?.ToString()), r.Holds ? "holds" : "-", r.Source])]);
    }

    private void Meeting(MeetingView v)
    {
        output.Line(session.BasisLine(MeetingView.View));
        output.Fields(
            ("id", v.Id), ("name", v.Name), ("series", Name(v.Series)), ("type", v.Type.Label), ("year", Number(v.Content.Year)), ("from", v.Content.From?.ToString()), ("to", v.Content.To?.ToString()),
            ("place", v.Content.Place), ("part of", Name(v.PartOf)), ("parts", Names(v.Parts)), ("documents", Names(v.Documents)),
            ("pledges", Number(v.Pledges)), ("initiatives", Number(v.Initiatives)), ("source", v.Content.Source), ("version", Number(v.Version)));
        output.Table("Clusters", ["code", "items"], [.. v.Clusters.Select(c => (string[])[c.Code, string.Join(' ', c.Items)])]);
        output.Table("Roles", ["participant", "role"], [.. v.Roles.Select(r => (string[])[Name(r.Participant)!, r.Role.Label])]);
    }

    private void Source(SourceView v)
    {
        output.Line(session.BasisLine(SourceView.View));
        output.Fields(
            ("id", v.Id), ("title", v.Document.Title), ("publisher", v.Document.Publisher), ("language", v.Document.Language), ("issued", v.Document.Issued?.ToString()),
            ("sha256", v.Document.Sha256), ("address", v.Document.Url), ("note", v.Document.Note), ("meetings", Names(v.Meetings)), ("pledges", Number(v.Pledges)), ("entry", Number(v.Position)));
    }

    private static string? Name(Named? named) => named is null ? null : named.Name == named.Id ? named.Id : $"{named.Name} ({named.Id})";

    private static string Names(IEnumerable<Named> all) => string.Join("; ", all.Select(Name));

    private static string Labels(IEnumerable<Coded> all) => string.Join(", ", all.Select(c => c.Label));

    private static string Evidence(IEnumerable<Evidence> all) => Output.OrDash(string.Join("; ", all.Select(e => $"{e.Title} {e.Url}".Trim())));

    private static string State(bool holds, long? correctedAt) =>
        !holds ? "not yet on that day" : correctedAt is { } position ? $"corrected by entry {Number(position)}" : "-";

    private static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
