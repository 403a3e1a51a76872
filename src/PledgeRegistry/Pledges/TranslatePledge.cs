using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Adds a translation of a pledge's title and text as they stand. The original stays the one that counts.</summary>
public sealed record TranslatePledge(string Id, Translation Translation) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        if (Translation is null)
        {
            return Decision.Refuse(new Refusal("missing", "The translation is needed.", "translation"));
        }
        var translated = new PledgeEvent.Translated(pledge.Wording, Translation);
        return new Check(head)
            .Language(Translation.Language, "translation.language").Text(Translation.Title, "translation.title", Check.ShortText).Text(Translation.Text, "translation.text", PledgeRules.MostText)
            .That(Enum.IsDefined(Translation.Standing), "unknown-code", "This is no standing.", "translation.standing", RefusalKind.Invalid, $"{Translation.Standing}", "translation-standing")
            .That(Translation.Language != pledge.Content.Language, "original-language", "This is the language of the original. If its text is wrong, correct it.", "translation.language", RefusalKind.Invalid, Translation.Language ?? "")
            .Refusal ?? (pledge.Translations.GetValueOrDefault(Translation.Language!) == translated ? Decision.NothingToDo : PledgeRules.Accept(Id, translated));
    });
}
