using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>A form about a pledge: shown where what it records is possible now, and filled in with what is recorded already.</summary>
/// <param name="doing">What it records, as in <see cref="PledgeDoings"/>.</param>
public abstract class PledgeForm(Show show, WriteGuard guard, string doing) : WritingPage(show, guard)
{
    private const string VersionField = "version";

    public string Doing { get; } = doing;
    public string Id { get; private set; } = "";

    /// <summary>The pledge as it stands now: what decisions are made on.</summary>
    public PledgeState State { get; private set; } = null!;

    public PledgeView View { get; private set; } = null!;

    /// <summary>False where there is nothing of the sort to record now.</summary>
    public virtual bool Possible => PledgeDoings.Of(Head, State, Reading.On).Any(g => g.Doings.Contains(Doing));

    /// <summary>The version that the form replaces: the one that was seen, until what came since has been shown.</summary>
    public long Version { get; private set; }

    /// <summary>What others recorded since the form was opened, where that matters.</summary>
    public IReadOnlyList<HistoryLine> Since { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!await FindAsync(id))
        {
            return Missing(id);
        }
        MayWrite();
        Fill(Preset());
        return OpenDraft() ? Page() : Missing(Show.Asked("draft")!);
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await FindAsync(id))
        {
            return Missing(id);
        }
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return await AnswerAsync();
    }

    /// <summary>True for a form that can be kept as a draft.</summary>
    public virtual bool MayKeep => false;

    /// <summary>Does what the pressed button says.</summary>
    protected virtual async Task<IActionResult> AnswerAsync()
    {
        var whole = Take();
        Version = long.TryParse(Values.One(VersionField), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : Version;
        return whole ? await SendAsync() : Page();
    }

    public IReadOnlyList<Option> PartyOptions(IEnumerable<string> codes) =>
        [.. codes.Distinct().Select(c => new Option(c, $"{Show.Models.Participants.At(c, Reading.Size)?.Name(Show.Language) ?? c} ({c})"))];

    /// <summary>Who is a party in one of these ways.</summary>
    public IReadOnlyList<Option> PartiesThat(params Part[] parts) => PartyOptions(View.Parties.Where(p => parts.Contains(p.Part)).Select(p => p.Participant.Id));

    public IReadOnlyList<Option> MappingOptions() =>
        [.. State.Mappings.Keys.OrderBy(i => (i.Framework, i.Item)).Select(i => new Option(Typed(i), $"{i.Item} {Show.Models.Frameworks.At(i.Framework, Reading.Size)?.Label(i.Item, Show.Language)}".Trim()))];

    /// <summary>An item as the forms write it where its code alone won't do.</summary>
    public static string Typed(ItemRef item) => $"{item.Framework} {item.Item}";

    /// <summary>What the form is filled in with when it is opened.</summary>
    protected virtual IEnumerable<(string Name, string? Value)> Preset() => Asked();

    /// <summary>What the address says already, such as which mapping it is about.</summary>
    protected IEnumerable<(string Name, string? Value)> Asked() => HttpContext.Request.Query.Select(q => (q.Key, (string?)q.Value.LastOrDefault()));

    /// <summary>Whether what the address names beside the pledge is there.</summary>
    protected virtual bool IsThere() => true;

    protected abstract Task<IActionResult> SendAsync();

    protected Task<IActionResult> RecordAsync<TCommand>(TCommand command) where TCommand : class, ICommand => RecordAsync(command, _ => $"/pledges/{Id}");

    protected string Text(string field) => Values.One(field) ?? "";

    protected override async Task ShowChangesAsync()
    {
        var now = Show.Registry.State.VersionOf($"pledge/{Id}");
        var history = await Ask(new GetHistory(Reading, Stream: $"pledge/{Id}", Limit: 1000));
        Since = [.. history.Lines.Where(l => l.Version >= Version)];
        Errors = [.. Errors.Select(e => e.Message == T["Refusal.stale"] ? e with { Message = T["Form.Changed"] } : e)];
        // What came since is on the page now, so the form sent again replaces it knowingly.
        Version = now;
    }

    private async Task<bool> FindAsync(string id)
    {
        if (!Head.Pledges.TryGetValue(id, out var state) || await Ask(new GetPledge(Reading, id)) is not { } view)
        {
            return false;
        }
        (Id, State, View, Version) = (id, state, view, Head.VersionOf($"pledge/{id}"));
        return IsThere();
    }
}
