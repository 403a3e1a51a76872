using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Writing;

/// <summary>A key that signs the log, or did.</summary>
/// <param name="SignsFrom">The least size that it may sign: the first that has the entry which published it.</param>
/// <param name="SignsTo">The largest size that it may sign: the last without the entry which retired it; null while it signs.</param>
public sealed record SigningKeyState(VerifierKey Key, long SignsFrom, long? SignsTo)
{
    public bool Active => SignsTo is null;

    internal static SigningKeyState Published(RegistryEvent.SigningKeyPublished happened, long position) => new(
        VerifierKey.TryParse(happened.VerifierKey) ?? throw new InvalidOperationException($"'{happened.VerifierKey}' is no verifier key."), position + 1, null);
}

/// <summary>Publishes a key: from now on it signs the log. The name of the first is the log's origin, and that of all others.</summary>
/// <param name="VerifierKey">Its verifier key line.</param>
/// <param name="SpkiPem">The same key as SubjectPublicKeyInfo (PEM).</param>
public sealed record PublishSigningKey(string VerifierKey, string SpkiPem) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var key = Transparency.Notes.VerifierKey.TryParse(VerifierKey ?? "");
        var check = new Check(head).That(key?.SpkiPem is not null && Checkpoint.IsOrigin(key.Name), "not-a-verifier-key",
            "This is no verifier key line of a log: an origin (a host name and a path, without scheme), an id, and an Ed25519 or ECDSA P-256 key.", "verifierKey");
        if (!check.Passed)
        {
            return check.Refusal!;
        }
        var known = head.SigningKeys.Find(k => k.Key == key);
        return known is { Active: true } && SpkiPem == key!.SpkiPem ? Decision.NothingToDo
            : check.That(SpkiPem == key!.SpkiPem, "keys-differ", "The key in PEM is not the one in the verifier key line.", "spkiPem")
                .That(known is null, "key-retired", "This key was retired, and signs no more. Publish a new one.", "verifierKey", RefusalKind.Conflict)
                .That(head.Origin is null || head.Origin == key.Name, "other-origin", $"This log's origin is {head.Origin}, for ever: a key has that name.", "verifierKey", RefusalKind.Conflict, head.Origin ?? "")
                .Refusal
              ?? Decision.Accept("registry", new RegistryEvent.SigningKeyPublished(VerifierKey!, SpkiPem!));
    }
}

/// <summary>Retires a key: it signs no size from here on, and stays listed with those that it may have signed.</summary>
/// <param name="VerifierKey">The verifier key line that it was published with.</param>
public sealed record RetireSigningKey(string VerifierKey, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var known = head.SigningKeys.Find(k => k.Key.ToString() == VerifierKey);
        return known is { Active: false } ? Decision.NothingToDo
            : new Check(head).That(known is not null, "unknown-key", "No key was published with this verifier key line.", "verifierKey", RefusalKind.NotFound)
                .Text(Reason, "reason", Check.ShortText).Refusal
              ?? Decision.Accept("registry", new RegistryEvent.SigningKeyRetired(VerifierKey, Reason));
    }
}
