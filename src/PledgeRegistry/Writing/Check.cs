using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Writing;

/// <summary>The rules that many commands share. Collects everything that is wrong, so that a person mends it in one go.</summary>
public sealed partial class Check(RegistryState head)
{
    /// <summary>The most characters of a short text, such as a title.</summary>
    public const int ShortText = 300;

    /// <summary>The most characters of a long text.</summary>
    public const int LongText = 8_000;

    /// <summary>The most events that the parts of one command may make beside its first: a batch takes them whole.</summary>
    public const int MostParts = 200;

    private const int MostItems = 300;

    private readonly List<Refusal> found = [];

    public bool Passed => found.Count == 0;

    /// <summary>The refusal of all that was found, or null.</summary>
    public Decision? Refusal => Passed ? null : Decision.Refuse([.. found]);

    public Check That(bool holds, string code, string message, string? field = null, RefusalKind kind = RefusalKind.Invalid, params IReadOnlyList<string> args)
    {
        if (!holds && !found.Exists(r => r.Code == code && r.Field == field))
        {
            found.Add(new Refusal(code, message, field, kind, args));
        }
        return this;
    }

    /// <summary>The same with a message that is made only if it doesn't hold: nearly always everything does.</summary>
    public Check That(
        bool holds, string code, [InterpolatedStringHandlerArgument(nameof(holds))] ref MessageIfNot message,
        string? field = null, RefusalKind kind = RefusalKind.Invalid, params IReadOnlyList<string> args) =>
        holds ? this : That(false, code, message.ToString(), field, kind, args);

    /// <summary>A text that must be there.</summary>
    public Check Text(string? text, string field, int most = LongText, int least = 1)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return That(false, "missing", "This is needed; fill it in.", field);
        }
        var length = Length(text);
        if (length < least)
        {
            That(false, "too-short", $"This has {length} characters; at least {least} are needed.", field, args: [$"{length}", $"{least}"]);
        }
        if (length > most)
        {
            That(false, "too-long", $"This has {length} characters; at most {most} fit.", field, args: [$"{length}", $"{most}"]);
        }
        return Recordable(text, field).Impersonal(PersonalData.Find(text), field);
    }

    public Check OptionalText(string? text, string field, int most = LongText) => text is null ? this : Text(text, field, most);

    /// <summary>Texts by language, at least one of them in one of the languages named (any, if none is).</summary>
    public Check Texts(Texts? texts, string field, int most, params string[] oneOf)
    {
        That(texts is { Count: > 0 } && (oneOf.Length == 0 || oneOf.Any(l => texts[l] is not null)), "missing",
            oneOf.Length == 0 ? "This is needed in at least one language." : $"This is needed in one of: {string.Join(", ", oneOf)}.", field);
        return OptionalTexts(texts, field, most);
    }

    /// <summary>Texts by language that may be none at all.</summary>
    public Check OptionalTexts(Texts? texts, string field, int most)
    {
        if (texts is null)
        {
            return That(false, "missing", "Texts by language are needed; they may be empty.", field);
        }
        That(texts.Select(t => t.Key).Distinct(StringComparer.Ordinal).Count() == texts.Count, "twice", "The same language is named twice.", field);
        foreach (var (language, text) in texts)
        {
            Language(language, $"{field}.{language}").Text(text, $"{field}.{language}", most);
        }
        return this;
    }

    public Check Language(string? tag, string field) =>
        That(tag is { Length: <= 35 } && LanguageTag().IsMatch(tag), "not-a-language", $"'{tag}' is not a language tag such as en, es, fr or ar.", field, args: [tag ?? ""]);

    public Check Id(string? id, string field) =>
        That(id is not null && IdForm().IsMatch(id), "not-an-id", "An id has letters, digits, dots and hyphens, and at most 60 of them.", field);

    public Check Date(EffectiveDate? date, string field) =>
        That(date is not null, "missing", "A date is needed.", field)
            .OptionalDate(date, field);

    public Check OptionalDate(EffectiveDate? date, string field)
    {
        if (date is null)
        {
            return this;
        }
        That(date.IsValid(), "not-a-date", $"'{date.Date}' is not a date. Write it as 2022-05-17, 2022-05, 2022-34 (second quarter) or 2022.", field, args: [date.Date ?? ""]);
        return OptionalText(date.Words, $"{field}.words", ShortText);
    }

    public Check Period(Period? period, string field)
    {
        if (period is null)
        {
            return this;
        }
        Date(period.From, $"{field}.from").Date(period.Until, $"{field}.until");
        return InOrder(period.From, period.Until, "The period ends before it starts.", $"{field}.until");
    }

    /// <summary>The later date isn't wholly before the earlier one. A date that is missing or no date passes: that is told elsewhere.</summary>
    public Check InOrder(EffectiveDate? earlier, EffectiveDate? later, string message, string field, string code = "period-reversed") =>
        That(earlier?.IsValid() != true || later?.IsValid() != true || earlier.First() <= later.Last(), code, message, field);

    public Check Participant(string? code, string field) =>
        That(code is not null && head.Participants.ContainsKey(code), "unknown-participant", $"No participant has the code '{code}'.", field, RefusalKind.Invalid, code ?? "");

    public Check Participants(IReadOnlyList<string>? codes, string field) => Each(codes, field, (c, f) => Participant(c, f));

    /// <summary>A code of the list of this name that is in force.</summary>
    public Check Code(string? code, string list, string field) =>
        That(code is not null && head.Frameworks.Values.Any(f => f.Scheme == list && f.InForce && f.Items.Contains(code)), "unknown-code",
            $"'{code}' is not in the list '{list}'.", field, RefusalKind.Invalid, code ?? "", list);

    public Check OptionalCode(string? code, string list, string field) => code is null ? this : Code(code, list, field);

    public Check Codes(IReadOnlyList<string>? codes, string list, string field) => Each(codes, field, (c, f) => Code(c, list, f));

    /// <summary>An item of a framework version that is complete and in force.</summary>
    public Check Item(ItemRef? item, string field) =>
        That(item is not null && head.Frameworks.TryGetValue(item.Framework ?? "", out var framework) && framework is { InForce: true, CodeList: false } && framework.Items.Contains(item.Item ?? ""),
            "unknown-item", $"The framework '{item?.Framework}' has no item '{item?.Item}', or is not in force.", field, RefusalKind.Invalid, item?.Framework ?? "", item?.Item ?? "");

    public Check Meeting(string? id, string field) =>
        That(id is not null && head.Meetings.ContainsKey(id), "unknown-meeting", $"No meeting has the id '{id}'.", field, RefusalKind.Invalid, id ?? "");

    public Check Source(SourcePlace? place, string field) => place is null
        ? this
        : That(head.Sources.ContainsKey(place.Source ?? ""), "unknown-source", $"No source has the id '{place.Source}'.", $"{field}.source", RefusalKind.Invalid, place.Source ?? "")
            .Text(place.Place, $"{field}.place", ShortText);

    public Check Evidence(IReadOnlyList<Evidence>? evidence, string field) => Each(evidence, field, (e, f) =>
    {
        Text(e.Title, $"{f}.title", ShortText);
        OptionalAddress(e.Url, $"{f}.url");
        That(e.MediaType is null || MediaType().IsMatch(e.MediaType), "not-a-media-type", "A media type reads like application/pdf.", $"{f}.mediaType");
        Digest(e.Sha256, $"{f}.sha256");
        Digest(e.ArchivedSha256, $"{f}.archivedSha256");
        That(e.Url is not null || e.Sha256 is not null, "evidence-empty", "Evidence needs an address or the SHA-256 of a file.", f);
    });

    /// <summary>An address of the web, without a user's name in it.</summary>
    public Check OptionalAddress(string? url, string field)
    {
        if (url is null)
        {
            return this;
        }
        That(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && url.Length <= 2000 && !url.Any(char.IsWhiteSpace),
            "not-an-address", "An address starts with https:// or http://, has no spaces, and at most 2,000 characters.", field);
        return Recordable(url, field).Impersonal(PersonalData.FindEmailAddress(url), field);
    }

    public Check Digest(string? sha256, string field) =>
        That(sha256 is null || Transparency.Hash.TryParse(sha256, out _), "not-a-sha256", "A SHA-256 is 64 lower-case hexadecimal digits.", field);

    /// <summary>A decimal number in its one lexical form: no plus sign, no leading or trailing zeros, a point.</summary>
    public Check Decimal(string? number, string field) =>
        That(number is not null && number.Length <= 30 && DecimalForm().IsMatch(number) && number != "-0", "not-a-number", $"'{number}' is not a number such as 1250 or 0.5.", field, RefusalKind.Invalid, number ?? "");

    /// <summary>A currency's three letters (ISO 4217).</summary>
    public Check Currency(string? code, string field) =>
        That(code is not null && CurrencyForm().IsMatch(code), "not-a-currency", $"'{code}' is not the code of a currency, such as USD (ISO 4217).", field, RefusalKind.Invalid, code ?? "");

    public Check Each<T>(IReadOnlyList<T>? items, string field, Action<T, string> check)
    {
        if (items is null)
        {
            return That(false, "missing", "A list is needed; it may be empty.", field);
        }
        That(items.Count <= MostItems, "too-many", $"At most {MostItems} fit.", field);
        That(items.Count == items.Distinct().Count(), "twice", "The same thing is named twice.", field);
        for (var i = 0; i < Math.Min(items.Count, MostItems); i++)
        {
            if (items[i] is { } item)
            {
                check(item, $"{field}[{i}]");
            }
            else
            {
                That(false, "missing", "Nothing stands here; fill it in or take it out.", $"{field}[{i}]");
            }
        }
        return this;
    }

    /// <summary>No key twice among the items; what is missing is told elsewhere.</summary>
    public Check Once<T, TKey>(IReadOnlyList<T>? items, Func<T, TKey> key, string field)
        where T : class
    {
        var keys = (items ?? []).Where(item => item is not null).Select(key).ToList();
        return That(keys.Count == keys.Distinct().Count(), "twice", "The same thing is named twice.", field);
    }

    /// <summary>The parts of a command, each an event, that are recorded with it in one go.</summary>
    public Check Fits(int parts, string field) => That(parts <= MostParts, "too-many", $"At most {MostParts} fit in one go; record the others afterwards.", field);

    /// <summary>The version that the author saw is still the last: else somebody else was first.</summary>
    public Check Version(string stream, long expected) =>
        That(head.VersionOf(stream) == expected, "stale", $"This was changed meanwhile (it is at version {head.VersionOf(stream)}, not {expected}). Look at it again and repeat the change.",
            null, RefusalKind.Stale, $"{head.VersionOf(stream)}", $"{expected}");

    /// <summary>Characters as a person counts them: one for each Unicode scalar value.</summary>
    public static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private Check Recordable(string text, string field)
    {
        try
        {
            if (!TextRules.IsPlainAscii(text))
            {
                TextRules.Check(text);
            }
            return this;
        }
        catch (TextRefusedException e)
        {
            return That(false, "text-refused", e.Message, field, args: [e.Message]);
        }
    }

    private Check Impersonal(PersonalData.Sighting? sighting, string field) => sighting is null
        ? this
        : That(false, sighting.Code, $"Character {sighting.Character} begins what looks like {sighting.What}. What is recorded can't be erased, so it holds nothing that reaches or identifies a person; take it out.",
            field, args: [$"{sighting.Character}"]);

    // \z, not $: that would let a line end pass.
    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex LanguageTag();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.-]{0,59}\z")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}\z")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"^[A-Z]{3}\z")]
    private static partial Regex CurrencyForm();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?\z")]
    private static partial Regex DecimalForm();
}
