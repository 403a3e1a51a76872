using System.Globalization;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>A witness that a policy names.</summary>
/// <param name="Name">Its name within the policy alone.</param>
/// <param name="Url">Where checkpoints are submitted: <c>add-checkpoint</c> is under it; null where that isn't said.</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, Uri? Url);

/// <summary>Which logs and witnesses are trusted, and how many of these it takes: a policy file of C2SP's tlog-policy.</summary>
public sealed class WitnessPolicy
{
    private const string None = "none";

    private readonly Dictionary<string, Func<IReadOnlyCollection<VerifierKey>, bool>> named = new(StringComparer.Ordinal);
    private readonly HashSet<string> members = new(StringComparer.Ordinal);
    private readonly List<VerifierKey> logs = [];
    private readonly List<PolicyWitness> witnesses = [];
    private string? quorum;

    private WitnessPolicy()
    {
    }

    public IReadOnlyList<VerifierKey> Logs => logs;

    public IReadOnlyList<PolicyWitness> Witnesses => witnesses;

    /// <summary>The name that its last rule asks for: a witness, a group, or <c>none</c>.</summary>
    public string Quorum => quorum!;

    /// <summary>True if these witnesses' cosignatures are enough.</summary>
    public bool IsMet(IReadOnlyCollection<VerifierKey> cosigned) => quorum == None || named[quorum!](cosigned);

    /// <summary>Holds a checkpoint against it: signed by one of the logs, cosigned by enough witnesses, nothing bad.</summary>
    public bool Accepts(SignedNote note, string origin)
    {
        var log = note.Verify([.. logs.Where(l => l.Name == origin)]);
        var cosigned = note.Verify([.. witnesses.Select(w => w.Key)]);
        return log.Accepted && cosigned.Bad.Count == 0 && IsMet(cosigned.Good);
    }

    /// <exception cref="FormatException">It isn't one; the message names the line.</exception>
    public static WitnessPolicy Parse(string text)
    {
        var policy = new WitnessPolicy();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            try
            {
                if (line.Any(c => c < ' ' && c != '\t'))
                {
                    throw new FormatException("it has a control character");
                }
                policy.Take(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
            }
            catch (FormatException e)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} of the policy: {e.Message}."), e);
            }
        }
        return policy.quorum is not null ? policy : throw new FormatException("A policy has one line 'quorum NAME' ('quorum none' asks for no witness).");
    }

    private void Take(string[] words)
    {
        switch (words)
        {
            case [] or [['#', ..], ..]:
                return;
            case ["log", var key, ..] when words.Length <= 3:
                var log = Key(key);
                if (log.Type == VerifierKey.CosignatureType || logs.Any(l => l.Key.Span.SequenceEqual(log.Key.Span)))
                {
                    throw new FormatException("the key is a witness's, or was named before");
                }
                logs.Add(log);
                return;
            case ["witness", var name, var key, ..] when words.Length <= 4:
                var witness = new PolicyWitness(name, Key(key), words.Length == 4 ? Address(words[3]) : null);
                if (witness.Key.Type != VerifierKey.CosignatureType || witnesses.Any(w => w.Key.Key.Span.SequenceEqual(witness.Key.Key.Span)))
                {
                    throw new FormatException("the key isn't a witness's, or was named before");
                }
                Name(name, cosigned => cosigned.Contains(witness.Key));
                witnesses.Add(witness);
                return;
            case ["group", var name, var least, _, ..]:
                Group(name, least, words[3..]);
                return;
            case ["quorum", var name]:
                quorum = quorum is null && (name == None || named.ContainsKey(name)) ? name : throw new FormatException("there is one quorum, and it is named before it is asked for");
                return;
            default:
                throw new FormatException("it isn't 'log KEY [URL]', 'witness NAME KEY [URL]', 'group NAME all|any|K NAME...' or 'quorum NAME'");
        }
    }

    private void Group(string name, string least, string[] of)
    {
        if (of.Any(m => !named.ContainsKey(m)) || of.Any(m => !members.Add(m)))
        {
            throw new FormatException("a member was not named before, or is in a group already");
        }
        var k = least switch
        {
            "all" => of.Length,
            "any" => 1,
            _ when int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= of.Length => number,
            _ => throw new FormatException("how many it takes is 'all', 'any', or a number from 1 to that of its members"),
        };
        var parts = of.Select(m => named[m]).ToArray();
        Name(name, cosigned => parts.Count(p => p(cosigned)) >= k);
    }

    private void Name(string name, Func<IReadOnlyCollection<VerifierKey>, bool> rule)
    {
        if (name == None || !named.TryAdd(name, rule))
        {
            throw new FormatException($"'{name}' can't be a name here, or is one already");
        }
    }

    private static VerifierKey Key(string line) => VerifierKey.TryParse(line) ?? throw new FormatException("it has no verifier key (name+id+base64)");

    private static Uri Address(string url) => Uri.TryCreate(url.EndsWith('/') ? url : $"{url}/", UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri : throw new FormatException("its URL isn't one");
}
