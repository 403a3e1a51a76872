using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace PledgeRegistry.Web.Pages;

/// <summary>A parameter of a page's address that can't be used.</summary>
/// <param name="Name">As the address has it.</param>
/// <param name="Sentence">What is wrong with it, and how to mend it, in the reader's language.</param>
/// <param name="Instead">What it can be, each offered as a link; empty where that is no short list.</param>
public sealed record WrongParameter(string Name, string Sentence, IReadOnlyList<string> Instead);

public abstract partial class RegistryPage
{
    /// <summary>The parameter that can't be used, on the page that says so.</summary>
    public WrongParameter? WrongParameter { get; private set; }

    /// <summary>Answers 400 with the parameter, what is wrong with it, and what it can be.</summary>
    protected ViewResult Refused(string parameter, string sentence, params IReadOnlyList<string> instead)
    {
        WrongParameter = new WrongParameter(parameter, sentence, instead);
        return Plain("/Pages/Shared/BadParameter.cshtml", StatusCodes.Status400BadRequest);
    }

    /// <summary>Refuses a parameter that is none of its codes; null where it is one, or isn't given.</summary>
    protected ViewResult? UnlessOneOf(string parameter, params IEnumerable<string> codes)
    {
        string[] known = [.. codes];
        return Show.Asked(parameter) is { Length: > 0 } asked && !known.Contains(asked) ? Refused(parameter, T["BadParameter.NotOneOf", asked], known) : null;
    }

    /// <summary>Refuses a parameter that names no meeting that is known now, and so none at any basis.</summary>
    protected ViewResult? UnlessMeeting(string parameter) =>
        Show.Asked(parameter) is { Length: > 0 } asked && Show.Models.Meetings.Meeting(asked, Show.Registry.Head.Size) is null ? Refused(parameter, T["BadParameter.NoMeeting", asked]) : null;

    /// <summary>Refuses a parameter that is the number of no entry that is recorded.</summary>
    protected ViewResult? UnlessEntry(string parameter) =>
        Show.Asked(parameter) is { Length: > 0 } asked && !(long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var entry) && entry < Show.Registry.Head.Size)
            ? Refused(parameter, NoEntry(asked)) : null;

    /// <summary>That there is no such entry, and which there are.</summary>
    protected string NoEntry(string asked) =>
        Show.Registry.Head.Size == 0 ? T["BadParameter.NoEntries", asked] : T["BadParameter.NoEntry", asked, Show.Number(Show.Registry.Head.Size - 1)];

    // The API refuses what is given twice, too: one of the two would be taken without a word.
    private ViewResult? UnlessOnce() => Request.Query.Where(p => p.Value.Count > 1).Select(p => Refused(p.Key, T["BadParameter.Twice"])).FirstOrDefault();
}
