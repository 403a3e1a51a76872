using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>A form about a need or an offer that is recorded; it leads back to its page.</summary>
public abstract class ExchangeForm(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public ExchangeView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        MayWrite();
        return await FindAsync() ? Page() : Missing(Asked);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
        {
            return Missing(Asked);
        }
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return Take() ? await SendAsync() : Page();
    }

    /// <summary>The id that the address names.</summary>
    protected virtual string Id => (string)RouteData.Values["id"]!;

    /// <summary>What was asked for, where it isn't there.</summary>
    protected virtual string Asked => Id;

    /// <summary>Finds what else the form needs; false where it is about something that isn't there.</summary>
    protected virtual Task<bool> IsThereAsync() => Task.FromResult(true);

    protected abstract Task<IActionResult> SendAsync();

    protected Task<IActionResult> RecordAsync<TCommand>(TCommand command) where TCommand : class, Writing.ICommand => RecordAsync(command, id => $"/exchange/{id}");

    private async Task<bool> FindAsync()
    {
        if (await Ask(new GetExchangeEntry(Reading, Id)) is not { } view)
        {
            return false;
        }
        View = view;
        return await IsThereAsync();
    }
}

/// <summary>A form about a match, which stands with the need.</summary>
public abstract class MatchForm(Show show, WriteGuard guard) : ExchangeForm(show, guard)
{
    public MatchView Match { get; private set; } = null!;

    protected override string Id => (string)RouteData.Values["need"]!;

    protected override string Asked => $"{Id} {RouteData.Values["number"]}";

    protected override Task<bool> IsThereAsync()
    {
        var found = View.Matches.FirstOrDefault(m => m.Need.Id == Id && string.Equals(Show.Plain(m.Number), (string?)RouteData.Values["number"], StringComparison.Ordinal));
        Match = found!;
        return Task.FromResult(found is not null);
    }
}
