using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>What a form does beside recording: it is kept as a draft, opened again, sent for clearance, and cleared by a second person.</summary>
public abstract partial class WritingPage
{
    private const string DraftField = "draft", VersionField = "draftVersion", PageKey = "page";

    private static readonly JsonSerializerOptions FormJson = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whom the form acts as.</summary>
    public Acting Acting => HttpContext.RequestServices.GetRequiredService<Acting>();

    /// <summary>The draft that the form shows, or null.</summary>
    public Draft? Draft { get; private set; }

    /// <summary>True where whoever is acted as clears the draft that is shown.</summary>
    public bool MayClear => Draft is { State: DraftState.AwaitingClearance } draft && Acting.MayClear(draft.Participant, draft.PreparedBy);

    protected IPrivateStore Store => HttpContext.RequestServices.GetRequiredService<IPrivateStore>();

    /// <summary>Fills the form from the draft that the address names. False if there is none for whoever is acted as.</summary>
    protected bool OpenDraft()
    {
        if (Request.Query[DraftField].LastOrDefault() is not { Length: > 0 } id || WhyNot is not null)
        {
            return true;
        }
        if (!FindDraft(id))
        {
            return false;
        }
        Values = FormValues.Of(JsonSerializer.Deserialize<Dictionary<string, string?[]>>(Draft!.Form!)!);
        Key = Values.One(KeyField) ?? Key;
        return true;
    }

    /// <summary>Does what the pressed button says.</summary>
    /// <param name="party">Whose draft it is, where whoever is acted as acts for nobody and the form doesn't say for whom.</param>
    protected async Task<IActionResult> AnswerAsync<TCommand>(DraftKind kind, Func<TCommand> command, Func<string, string> pageOf, Func<string?> party, Func<Task>? check = null) where TCommand : class, ICommand
    {
        var oneRowMore = !Take();
        if (Values.One(DraftField) is { } id && !FindDraft(id))
        {
            return Missing(id);
        }
        if (check is not null && Values.One("do") == "check")
        {
            await check();
            return Page();
        }
        return oneRowMore ? Page() : Values.One("do") switch
        {
            "save" => Keep(kind, party(), send: false),
            "send" => Keep(kind, party(), send: true),
            "clear" => await ClearAsync(command, pageOf),
            _ => await RecordAsync(command(), pageOf),
        };
    }

    private bool FindDraft(string id)
    {
        Draft = Store.FindDraft(Acting.Actor, id) is { } draft && Acting.MaySee(draft.Participant) ? draft : null;
        return Draft is not null;
    }

    private IActionResult Keep(DraftKind kind, string? party, bool send)
    {
        var participant = Draft?.Participant ?? Acting.Participant ?? Values.One("actingFor") ?? party;
        if (participant is null || !Head.Participants.ContainsKey(participant))
        {
            return Wrong("actingFor", T["Draft.ForWhom"]);
        }
        if (!Acting.MaySee(participant))
        {
            return Wrong("actingFor", T["Refusal.not-yours"]);
        }
        try
        {
            var form = Values.Kept();
            form[PageKey] = [Request.Path];
            form[KeyField] = [Key];
            var id = Draft?.Id ?? HttpContext.RequestServices.GetRequiredService<IIdSource>().NewDraft();
            var kept = Draft is null
                ? Store.AddDraft(Acting.Actor, id, participant, kind, JsonSerializer.Serialize(form, FormJson))
                : Store.ChangeDraft(Acting.Actor, id, VersionSeen(), JsonSerializer.Serialize(form, FormJson));
            var version = Draft is null ? 1 : VersionSeen() + 1;
            return kept && (!send || Store.MoveDraft(Acting.Actor, id, version, DraftState.AwaitingClearance))
                ? LocalRedirect($"/drafts?kept={id}")
                : Wrong(null, T["Draft.Changed"]);
        }
        catch (PrivateLimitException)
        {
            return Wrong(null, T["Draft.TooLong"]);
        }
    }

    /// <summary>Records what was prepared, as it was prepared, by whoever prepared it, with the clearance of whoever is acted as.</summary>
    private async Task<IActionResult> ClearAsync<TCommand>(Func<TCommand> command, Func<string, string> pageOf) where TCommand : class, ICommand
    {
        // Pressed twice, it was recorded by the first: its key answers with what that recorded.
        if (Draft is not { } draft || (draft.State != DraftState.Recorded && (draft.State != DraftState.AwaitingClearance || draft.Version != VersionSeen())))
        {
            return Wrong(null, T["Draft.Changed"]);
        }
        var kept = JsonSerializer.Deserialize<Dictionary<string, string?[]>>(draft.Form!)!;
        if (!Same(kept, Values.Kept()))
        {
            return Wrong(null, T["Draft.ChangedByYou"]);
        }
        var prepared = command();
        return await RecordAsync(prepared, pageOf, Acting.AuthorOf(draft.PreparedBy, prepared, Values.One("actingFor") ?? draft.Participant, Acting.Actor));
    }

    /// <summary>Says in the draft that it was recorded. Should that fail, the draft's key still keeps it from being recorded twice.</summary>
    private void CloseDraft(string id, string? clearedBy)
    {
        if (Draft is not { State: not DraftState.Recorded } draft)
        {
            return;
        }
        var version = draft.Version;
        if (clearedBy is not null && Store.MoveDraft(Acting.Actor, draft.Id, version, DraftState.Cleared, clearedBy))
        {
            version++;
        }
        else if (draft.State == DraftState.AwaitingClearance && Store.MoveDraft(Acting.Actor, draft.Id, version, DraftState.Draft))
        {
            version++;
        }
        Store.MoveDraft(Acting.Actor, draft.Id, version, DraftState.Recorded, id);
    }

    /// <summary>Fills the form with what is known already.</summary>
    protected void Fill(FormValues values) => Values = values;

    protected PageResult Wrong(string? field, string message)
    {
        Errors = [new FormError(field, message)];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private long VersionSeen() => long.TryParse(Values.One(VersionField), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : -1;

    // Blank fields count for nothing: another number of empty rows is no change.
    private static bool Same(Dictionary<string, string?[]> one, Dictionary<string, string?[]> other) => Filled(one).SequenceEqual(Filled(other));

    private static IEnumerable<string> Filled(Dictionary<string, string?[]> form) => form
        .Where(f => f.Key != PageKey).OrderBy(f => f.Key, StringComparer.Ordinal)
        .SelectMany(f => f.Value.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => $"{f.Key}={v!.Trim().ReplaceLineEndings("\n")}"));
}
