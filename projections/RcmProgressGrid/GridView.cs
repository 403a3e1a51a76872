using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.RcmProgressGrid;

/// <summary>The RCM progress grid at a basis: participants × areas of work, and in each cell what is owed, asked and recorded.</summary>
/// <param name="Areas">The columns: the areas of work of the framework version in use, then older ones that something is mapped to.</param>
/// <param name="Kinds">The kinds of progress that each area's column is split into.</param>
/// <param name="NobodyNamed">What was agreed for an area without anybody named to do it: a row of its own, in no total.</param>
/// <param name="ColumnTotals">Of the rows' cells, by area, in the order of <paramref name="Areas"/>.</param>
public sealed record GridView(
    Basis Basis,
    IReadOnlyList<GridArea> Areas,
    IReadOnlyList<GridKind> Kinds,
    IReadOnlyList<GridGroup> Groups,
    IReadOnlyList<GridCell> NobodyNamed,
    IReadOnlyList<CellCount> ColumnTotals,
    CellCount Total)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "rcm-grid/2";
}

public sealed record GridArea(string Code, string Label);

public sealed record GridKind(string Code, string Label);

/// <summary>A group of rows: members, observer countries, observer organizations, civil society, and who else took part.</summary>
public sealed record GridGroup(string Role, string Label, IReadOnlyList<GridRow> Rows);

public sealed record GridRow(string Participant, string Name, IReadOnlyList<GridCell> Cells, CellCount Total);

/// <summary>
/// A participant × an area. Two layers, never added up: what is owed (with, apart from it, what was only asked), and what was recorded. An
/// empty cell is in the grid like any other: a blank is information.
/// </summary>
/// <param name="Recorded">By kind of progress, in the order of <see cref="GridView.Kinds"/>.</param>
public sealed record GridCell(
    string Area,
    IReadOnlyList<GridOwed> Owed,
    IReadOnlyList<GridOwed> Asked,
    IReadOnlyList<GridRecordedKind> Recorded,
    CellCount Count);

/// <summary>A commitment or conclusion that is mapped to the area.</summary>
/// <param name="Kind">pledge, conclusion, statement, recommendation.</param>
/// <param name="Collective">The collective whose it is, where it isn't the participant's own.</param>
/// <param name="Part">Whether the participant owes it, was asked or invited, or left it.</param>
/// <param name="Status">The status that the participant claims on that day, or null: no report received.</param>
/// <param name="StatusOn">From when that status holds.</param>
public sealed record GridOwed(string Pledge, string Title, string Kind, Part Part, string? Collective, string? Status, DateOnly? StatusOn, EndingKind? Ended, long Position)
{
    /// <summary>True if it is in the counts.</summary>
    public bool Counts => Ended.Counts() && Part is not (Part.Left or Part.Declined);
}

public sealed record GridRecordedKind(string Kind, IReadOnlyList<GridRecorded> Entries);

/// <summary>An initiative, or a report on a pledge that is mapped to the area.</summary>
/// <param name="Id">The initiative's id, or the pledge's where it is a report.</param>
/// <param name="Status">The initiative's novelty, or the report's claimed status.</param>
/// <param name="Meeting">The meeting it was reported to; for a report, where the pledge was announced.</param>
public sealed record GridRecorded(string Id, int? Report, string Title, string Status, string Meeting, DateOnly EffectiveOn, EndingKind? Ended, long Position);

/// <summary>How many. What was withdrawn, goes on under another id or was left is listed and marked, but not counted.</summary>
/// <param name="Owed">Its own. A collective's promise counts once here, in the collective's row.</param>
/// <param name="Asked">Of itself.</param>
/// <param name="OwedAsMember">What a collective owes that it is a member of.</param>
/// <param name="AskedAsMember">What a collective was asked for that it is a member of.</param>
public sealed record CellCount(int Owed, int Asked, int Recorded, int OwedAsMember, int AskedAsMember)
{
    public static readonly CellCount None = new(0, 0, 0, 0, 0);

    public static CellCount operator +(CellCount a, CellCount b) =>
        new(a.Owed + b.Owed, a.Asked + b.Asked, a.Recorded + b.Recorded, a.OwedAsMember + b.OwedAsMember, a.AskedAsMember + b.AskedAsMember);
}
