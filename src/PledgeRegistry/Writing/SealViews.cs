using System.Globalization;
using System.Text.RegularExpressions;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>Seals what the views say at a basis. Who asks has made the views; the log holds the basis against itself.</summary>
/// <param name="Size">How many entries they were made from.</param>
/// <param name="Root">The root of these, in hexadecimal: so nobody seals views of another log.</param>
/// <param name="On">The date on which things were judged, as <c>2026-05-08</c>.</param>
/// <param name="Meeting">The meeting whose end it is the state at, or null.</param>
public sealed partial record SealViews(long Size, string Root, string On, string? Meeting, IReadOnlyList<SealedView> Views) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var check = new Check(head);
        var root = head.RootAt(Size);
        check.That(Size >= 1, "nothing-to-seal", "Of no entries there is nothing to seal.", "size")
            .That(Size < 1 || root is not null, "size-beyond-log", $"The log has no {Size} entries yet.", "size", RefusalKind.Conflict, $"{Size}")
            .That(Hash.TryParse(Root, out var given), "not-a-sha256", "A root is 64 lower-case hexadecimal digits.", "root")
            .That(root is null || Size < 1 || !Hash.TryParse(Root, out _) || given == root, "other-root", $"The root of the first {Size} entries is another one: this was made from another log.", "root", RefusalKind.Conflict, $"{Size}")
            .That(DateOnly.TryParseExact(On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "not-a-date", "Write a date as 2026-05-08.", "on", args: [On ?? ""])
            .That(Views is not { Count: 0 }, "missing", "At least one view is needed.", "views");
        if (Meeting is not null)
        {
            check.Meeting(Meeting, "meeting");
        }
        check.Each(Views, "views", (view, field) =>
        {
            check.That(view.View is not null && ViewForm().IsMatch(view.View), "not-a-view", "A view is a name and a version, such as rcm-grid/2.", $"{field}.view")
                .That(Hash.TryParse(view.Sha256, out _), "not-a-sha256", "A SHA-256 is 64 lower-case hexadecimal digits.", $"{field}.sha256")
                .Each(view.Parameters, $"{field}.parameters", (parameter, place) => check
                    .That(parameter.Name is not null && NameForm().IsMatch(parameter.Name), "not-a-parameter", "A parameter's name is at most 30 letters.", $"{place}.name")
                    .That(parameter.Value is not null && ValueForm().IsMatch(parameter.Value), "not-a-parameter", "A parameter's value is a code, an id or a year: at most 100 letters, digits, dots, slashes and hyphens.", $"{place}.value"));
        });
        if (!check.Passed)
        {
            return check.Refusal!;
        }
        if (check.Once(Views, v => $"{v.View} {string.Join(' ', v.Parameters.Select(p => $"{p.Name}={p.Value}"))}", "views").Refusal is { } twice)
        {
            return twice;
        }
        var happened = new RegistryEvent.ViewsSealed(Size, Root, On!, Meeting, Views);
        return head.Seals.Contains(HashOf(happened)) ? Decision.NothingToDo : Decision.Accept("registry", happened);
    }

    internal static Hash HashOf(RegistryEvent.ViewsSealed happened) => Hash.Of(StoredJson.Encode(happened));

    // \z, not $: that would let a line end pass.
    [GeneratedRegex(@"^[a-z][a-z-]{0,59}/[1-9][0-9]{0,3}\z")]
    private static partial Regex ViewForm();

    [GeneratedRegex(@"^[a-zA-Z]{1,30}\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9./-]{0,99}\z")]
    private static partial Regex ValueForm();
}
