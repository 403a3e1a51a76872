using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.RcmProgressGrid;

namespace PledgeRegistry.Web.Pages;

/// <summary>The RCM progress grid: participants × areas of work.</summary>
public sealed class GridPage(Show show) : RegistryPage(show)
{
    public GridView? Grid { get; private set; }
    public MeetingList Meetings { get; private set; } = null!;

    /// <summary>The parameter that is no date, or null.</summary>
    public string? WrongDate { get; private set; }

    public bool Transposed => Show.Asked("transposed") == "1";

    public async Task<IActionResult> OnGetAsync()
    {
        if (UnlessMeeting("meeting") is { } refused)
        {
            return refused;
        }
        Meetings = await Ask(new ListMeetings(Reading, "RCM"));
        var (from, until) = (Day("from"), Day("until"));
        if (WrongDate is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        var meeting = Show.Asked("meeting");
        Grid = await Ask(new GetRcmProgressGrid(Reading, string.IsNullOrEmpty(meeting) ? null : meeting, from, until));
        return Shown(GridView.View, "/api/rcm/grid", "meeting", "from", "until");
    }

    private DateOnly? Day(string parameter)
    {
        var text = Show.Asked(parameter);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        WrongDate ??= parameter;
        return null;
    }
}

/// <summary>The grid as a table.</summary>
/// <param name="Transposed">Areas as rows, for paper.</param>
public sealed record GridTableModel(GridView Grid, bool Transposed);

/// <summary>A cell, and how it is named to somebody who hears the page.</summary>
public sealed record GridCellModel(GridCell Cell);

/// <summary>The total of a row, with what is its collectives'; or of a column, where that counts once, in the collectives' own rows.</summary>
public sealed record GridTotalModel(CellCount Count, bool Column = false);

/// <summary>A layer of a cell that others may have a part in: its own count, and that of its collectives.</summary>
public sealed record GridLayerModel(string Layer, string Word, int Own, int AsMember);
