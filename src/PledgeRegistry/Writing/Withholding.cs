using System.Text;
using Newtonsoft.Json.Linq;
using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>A text of an entry of which something is withheld.</summary>
/// <param name="Path">Where in the entry's data: <c>content.title</c>.</param>
/// <param name="Text">What it says from then on.</param>
public sealed record WithheldText(string Path, string Text);

/// <summary>
/// What may be done to an entry's data when something of it is withheld: in texts, passages give way to
/// <see cref="Mark"/>. Nothing is added, moved, renamed or taken out: a redaction can't make an entry say something else.
/// </summary>
public static class Withholding
{
    /// <summary>What stands where a passage was.</summary>
    public const string Mark = "[withheld]";

    /// <summary>An entry's data without some passages.</summary>
    /// <returns>The data as canonical JSON, and how often each passage was found.</returns>
    public static (string Replacement, IReadOnlyList<int> Found) Without(StoredEntry entry, IReadOnlyList<string> passages)
    {
        var found = new int[passages.Count];
        var data = Data(entry.Bytes);
        foreach (var text in data.Descendants().OfType<JValue>().Where(v => v.Type == JTokenType.String).ToList())
        {
            text.Value = Without((string)text.Value!, passages, found);
        }
        return (Encoding.UTF8.GetString(CanonicalJson.Encode(data)), found);
    }

    /// <summary>Whether one of the passages stands in a text of an entry.</summary>
    public static bool Has(StoredEntry entry, IReadOnlyList<string> passages)
    {
        // Every entry of a log is asked: so first for the bytes, which are of one form, and then for the texts themselves.
        foreach (var passage in passages)
        {
            var written = CanonicalJson.Encode(new JValue(passage));
            if (entry.Bytes.Span.IndexOf(written.AsSpan(1, written.Length - 2)) >= 0)
            {
                return Without(entry, passages).Found.Sum() > 0;
            }
        }
        return false;
    }

    /// <summary>The texts that a replacement changes.</summary>
    public static IReadOnlyList<WithheldText> Changes(StoredEntry entry, string replacement)
    {
        var was = Data(entry.Bytes);
        return [.. CanonicalJson.Parse(Encoding.UTF8.GetBytes(replacement)).SelectTokens("$..*").OfType<JValue>()
            .Where(v => !JToken.DeepEquals(v, was.SelectToken(v.Path))).Select(v => new WithheldText(v.Path, $"{v.Value}"))];
    }

    /// <summary>Why a redaction of an entry isn't taken; null where it does nothing but withhold.</summary>
    /// <param name="head">Knows what is no text, but leads somewhere.</param>
    public static Refusal? Objection(RegistryState head, StoredEntry entry, RegistryEvent.EntryRedacted redaction, long by)
    {
        var replacement = (JObject)CanonicalJson.Parse(Encoding.UTF8.GetBytes(redaction.Replacement));
        var changed = new List<string>();
        if (Rewritten(Data(entry.Bytes), replacement, changed) is { } path)
        {
            return new Refusal("redaction-rewrites", $"This would change the entry at '{path}' otherwise than by putting {Mark} in the place of a passage.", "replacement", RefusalKind.Invalid, path);
        }
        if (changed.Count == 0)
        {
            return new Refusal("nothing-withheld", "Nothing of the entry would be withheld.", "replacement");
        }
        if (changed.Exists(c => IsCode(head, c)))
        {
            return Unreadable();
        }
        var stub = Stub.Of(entry, redaction.Replacement, by);
        if (stub.EntryHash.ToString() != redaction.EntryHash)
        {
            return new Refusal("redaction-rewrites", "The SHA-256 isn't that of the entry with its new data.", "entryHash", RefusalKind.Invalid, "");
        }
        var stored = stub.ToBytes();
        if (stored.Length > EntryCodec.MaxEntryBytes)
        {
            return new Refusal("too-long", $"What would be stored has {stored.Length} bytes; at most {EntryCodec.MaxEntryBytes} fit. Withhold a longer passage.", "replacement", RefusalKind.Invalid,
                $"{stored.Length}", $"{EntryCodec.MaxEntryBytes}");
        }
        try
        {
            EntryCodec.Current.Decode(stored);
            EntryCodec.Current.DecodeReference(stored);
            return null;
        }
        catch (LogDamagedException)
        {
            return Unreadable();
        }
    }

    private static Refusal Unreadable() =>
        new("redaction-unreadable", "Without these passages the entry couldn't be read any more, or would lead nowhere: a code or a date is among them.", "replacement");

    private static bool IsCode(RegistryState head, string text) =>
        head.Participants.ContainsKey(text) || head.Meetings.ContainsKey(text) || head.Series.ContainsKey(text) || head.Sources.ContainsKey(text) || head.Actors.ContainsKey(text)
        || head.Pledges.ContainsKey(text) || head.Initiatives.ContainsKey(text) || head.Exchange.ContainsKey(text) || head.Partnerships.ContainsKey(text)
        || head.Frameworks.Any(f => f.Key == text || f.Value.Scheme == text || f.Value.Items.Contains(text));

    private static JObject Data(ReadOnlyMemory<byte> entry) => (JObject)((JObject)CanonicalJson.Parse((Stub.TryParse(entry)?.Entry ?? entry).Span))["data"]!;

    private static string Without(string text, IReadOnlyList<string> passages, int[] found)
    {
        // Pieces of the text, with a mark between each two: a passage is never looked for in a mark.
        List<string> pieces = [text];
        for (var i = 0; i < passages.Count; i++)
        {
            var parted = pieces.Select(p => p.Split(passages[i])).ToList();
            found[i] += parted.Sum(p => p.Length - 1);
            pieces = [.. parted.SelectMany(p => p)];
        }
        return string.Join(Mark, pieces);
    }

    /// <summary>The path of the first value that was changed otherwise than by withholding; null where there is none.</summary>
    private static string? Rewritten(JToken was, JToken now, List<string> changed)
    {
        switch (was, now)
        {
            case (JObject a, JObject b):
                if (!a.Properties().Select(p => p.Name).ToHashSet(StringComparer.Ordinal).SetEquals(b.Properties().Select(p => p.Name)))
                {
                    return b.Path;
                }
                foreach (var property in a.Properties())
                {
                    if (Rewritten(property.Value, b[property.Name]!, changed) is { } path)
                    {
                        return path;
                    }
                }
                return null;
            case (JArray a, JArray b) when a.Count == b.Count:
                for (var i = 0; i < a.Count; i++)
                {
                    if (Rewritten(a[i], b[i], changed) is { } path)
                    {
                        return path;
                    }
                }
                return null;
            case (JValue { Type: JTokenType.String } a, JValue { Type: JTokenType.String } b) when (string)a! != (string)b!:
                changed.Add((string)a!);
                return OnlyWithholds((string)a!, (string)b!) ? null : b.Path;
            default:
                return JToken.DeepEquals(was, now) ? null : now.Path;
        }
    }

    /// <summary>Whether a text is another with at least one character gone wherever a mark stands, and nothing else changed.</summary>
    internal static bool OnlyWithholds(string was, string now)
    {
        var pieces = now.Split(Mark);
        if (pieces.Length == 1 || !was.StartsWith(pieces[0], StringComparison.Ordinal) || !was.EndsWith(pieces[^1], StringComparison.Ordinal))
        {
            return false;
        }
        // Each piece as early as it can be leaves the most room for those after it.
        var at = pieces[0].Length;
        foreach (var piece in pieces[1..^1])
        {
            var next = at < was.Length ? was.IndexOf(piece, at + 1, StringComparison.Ordinal) : -1;
            if (next < 0)
            {
                return false;
            }
            at = next + piece.Length;
        }
        return at < was.Length - pieces[^1].Length;
    }
}
