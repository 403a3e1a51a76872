namespace PledgeRegistry.Marten.Documents;

/// <summary>A cell of the RCM progress grid, for an organisation's own queries.</summary>
public sealed class RcmGridCell
{
    /// <summary>Participant and area: <c>CRI/labour-mobility</c>; without a participant where nobody is named.</summary>
    public string Id { get; set; } = "";

    /// <summary>The role that the row stands under (code list <c>participant-role</c>); null where nobody is named.</summary>
    public string? Role { get; set; }

    /// <summary>The participant's code; null where nobody is named to do it.</summary>
    public string? Participant { get; set; }

    /// <summary>Its name, in the language the documents were stored in.</summary>
    public string? ParticipantName { get; set; }

    /// <summary>The area's code (vocabulary <c>rcm-areas</c>).</summary>
    public string Area { get; set; } = "";

    public string AreaLabel { get; set; } = "";

    /// <summary>How many commitments it owes itself.</summary>
    public int Owed { get; set; }

    /// <summary>How many it was asked for itself.</summary>
    public int Asked { get; set; }

    /// <summary>How many initiatives and reports were recorded.</summary>
    public int Recorded { get; set; }

    /// <summary>How many a collective owes that it is a member of.</summary>
    public int OwedAsMember { get; set; }

    /// <summary>How many a collective was asked for that it is a member of.</summary>
    public int AskedAsMember { get; set; }

    /// <summary>The commitments in the cell, owed or asked, counted or not.</summary>
    public List<RcmGridCommitment> Commitments { get; set; } = [];

    /// <summary>Ids of the initiatives in the cell, and of the pledges that were reported on.</summary>
    public List<string> RecordedIds { get; set; } = [];
}

/// <summary>A commitment in a cell of the grid.</summary>
public sealed class RcmGridCommitment
{
    /// <summary>The pledge's id.</summary>
    public string Pledge { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>owes, owes-as-member, asked, asked-as-member, invited, declined or left.</summary>
    public string Part { get; set; } = "";

    /// <summary>The status the participant claims (code list <c>claimed-status</c>); null: no report received.</summary>
    public string? Status { get; set; }

    /// <summary>How it ended (code list <c>ending</c>), or null.</summary>
    public string? Ended { get; set; }
}

/// <summary>A party's part in a commitment of a cycle of the IMRF. Claimed, verified, fresh and on time are four things.</summary>
public sealed class ImrfFollowUpRow
{
    /// <summary>Cycle, pledge, party and collective: <c>2022/IMRF-2022-0042/CRI/</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The year of the forum.</summary>
    public string Cycle { get; set; } = "";

    /// <summary>The pledge's id.</summary>
    public string Pledge { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>pledge, conclusion, statement or recommendation.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The party's code; null where the commitment names nobody.</summary>
    public string? Party { get; set; }

    public string? PartyName { get; set; }

    /// <summary>owes, owes-as-member, asked, asked-as-member, invited, declined or left; null where nobody is named.</summary>
    public string? Part { get; set; }

    /// <summary>The party's latest claim, or null: no report received.</summary>
    public string? Claimed { get; set; }

    /// <summary>The latest view of the secretariat or a reviewer, or null: not reviewed.</summary>
    public string? Verified { get; set; }

    /// <summary>fresh, not-yet-expected, silent or not-applicable.</summary>
    public string Freshness { get; set; } = "";

    /// <summary>on-time, fulfilled-late, late, not-yet-due, no-due-date or not-applicable.</summary>
    public string Timeliness { get; set; } = "";

    /// <summary>The day it is due, where there is one.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Codes of GCM objectives.</summary>
    public List<string> Objectives { get; set; } = [];

    /// <summary>How the commitment ended (code list <c>ending</c>), or null.</summary>
    public string? Ended { get; set; }
}

/// <summary>What one entry did: a line of the history of everything.</summary>
public sealed class HistoryLine
{
    /// <summary>The position, with leading zeros, so that ids sort as positions do.</summary>
    public string Id { get; set; } = "";

    /// <summary>Place of the entry in the log, from 0.</summary>
    public long Position { get; set; }

    /// <summary>What it is about: <c>pledge/IMRF-2022-0042</c>.</summary>
    public string Stream { get; set; } = "";

    /// <summary>The stored name of the event.</summary>
    public string Type { get; set; } = "";

    /// <summary>When it was recorded, in UTC.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>In what role somebody acted.</summary>
    public string Role { get; set; } = "";

    /// <summary>For which participant, or null.</summary>
    public string? OnBehalfOf { get; set; }

    /// <summary>Why, where a reason was given.</summary>
    public string? Reason { get; set; }

    /// <summary>Every field that it set or changed.</summary>
    public List<HistoryChange> Changes { get; set; } = [];

    /// <summary>RFC 6962 leaf hash of the entry, in hexadecimal.</summary>
    public string LeafHash { get; set; } = "";
}

/// <summary>A field that an entry set or changed: its path, and its text before and after (null: nothing).</summary>
public sealed class HistoryChange
{
    public string Field { get; set; } = "";

    public string? From { get; set; }

    public string? To { get; set; }
}

/// <summary>What the documents beside it were made from. Stored in one transaction with them.</summary>
public sealed class RegistryCheckpoint
{
    /// <summary>The id of the only one.</summary>
    public const string Only = "registry";

    public string Id { get; set; } = Only;

    /// <summary>How many entries cells and rows are made from.</summary>
    public long Size { get; set; }

    /// <summary>The date on which they are judged due, late or silent.</summary>
    public DateOnly On { get; set; }

    /// <summary>How many entries have their line of history; ahead of <see cref="Size"/> while lines are being stored.</summary>
    public long HistorySize { get; set; }

    /// <summary>The versions of the views, and the language. Others make all documents anew.</summary>
    public string Made { get; set; } = "";
}
