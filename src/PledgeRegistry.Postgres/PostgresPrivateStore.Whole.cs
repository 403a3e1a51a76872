using PledgeRegistry.Private;
using static PledgeRegistry.Private.PrivateTexts;

namespace PledgeRegistry.Postgres;

/// <summary>The keys, and the store as a whole: what a backup copies out and a restore takes in.</summary>
public sealed partial class PostgresPrivateStore
{
    private const string TakeTurn = "select pledge_registry_private.take_turn()";

    private const string Keys = "select name, xml from pledge_registry_private.keys order by name";

    private const string InsertKey = "insert into pledge_registry_private.keys (name, xml) values ($1, $2)";

    private const string Signed = "select size, root, note from pledge_registry_private.signed";

    private const string InsertSigned = "insert into pledge_registry_private.signed (size, root, note) values ($1, $2, $3)";

    public IReadOnlyList<ProtectionKey> ReadKeys() => Transact(t => t.Rows(Keys, r => new ProtectionKey(r.GetString(0), r.GetString(1))));

    public bool AddKey(string name, string xml) => Transact(t =>
    {
        t.Ask(TakeTurn);
        return t.Change($"{InsertKey} on conflict do nothing", name, xml);
    });

    public SignedHead? ReadSigned() => Transact(t => t.Rows(Signed, SignedOf).FirstOrDefault());

    public bool ReplaceSigned(SignedHead? expected, SignedHead next) => Transact(t =>
    {
        t.Ask(TakeTurn);
        return expected is null
            ? t.Change($"{InsertSigned} on conflict do nothing", next.Size, next.Root.ToString(), next.Note)
            : t.Change("update pledge_registry_private.signed set size = $3, root = $4, note = $5 where size = $1 and root = $2 and size < $3",
                expected.Size, expected.Root.ToString(), next.Size, next.Root.ToString(), next.Note);
    });

    // Each statement sees what is committed when it begins; nobody commits anything here while it is our turn.
    public void CopyOut(string by, Action<PrivateRow> take) => Do(by, PrivateAction.Read, Everything, t =>
    {
        t.Handed = true;
        t.Each($"{Contacts} order by actor", r => take(new PrivateRow.OfContact(ContactOf(r))));
        t.Each($"{Drafts} order by id", r => take(new PrivateRow.OfDraft(DraftOf(r))));
        t.Each(Keys, r => take(new PrivateRow.OfKey(new ProtectionKey(r.GetString(0), r.GetString(1)))));
        t.Each($"{AccessLines} order by number", r => take(new PrivateRow.OfAccess(AccessOf(r))));
        t.Each(Signed, r => take(new PrivateRow.OfSigned(SignedOf(r))));
        return true;
    });

    public bool TakeIn(string by, IEnumerable<PrivateRow> rows) => Transact(t =>
    {
        t.Ask(TakeTurn);
        if (t.Ask("""
            select exists (select from pledge_registry_private.contacts) or exists (select from pledge_registry_private.drafts)
                or exists (select from pledge_registry_private.keys) or exists (select from pledge_registry_private.access)
                or exists (select from pledge_registry_private.signed)
            """) is true)
        {
            return false;
        }
        t.Handed = true;
        foreach (var row in rows)
        {
            Insert(t, row);
        }
        Log(t, by, PrivateAction.Added, Everything);
        return true;
    });

    private static SignedHead SignedOf(Npgsql.NpgsqlDataReader r) => new(r.GetInt64(0), Transparency.Hash.Parse(r.GetString(1)), r.GetString(2));

    private static void Insert(PrivateTransaction t, PrivateRow row) => _ = row switch
    {
        PrivateRow.OfContact({ } c) => t.Change("insert into pledge_registry_private.contacts (actor, participant, details) values ($1, $2, $3)",
            c.Actor, c.Participant, c.Details is null ? null : OfDetails(c.Details)),
        PrivateRow.OfDraft({ } d) => t.Change(
            $"insert into pledge_registry_private.drafts ({DraftColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            d.Id, d.Participant, d.Kind.Code(), d.PreparedBy, d.State.Code(), d.ClearedBy, d.Recorded,
            d.CreatedAt.ToUnixTimeMilliseconds(), d.ChangedAt.ToUnixTimeMilliseconds(), d.Version) && t.Change(InsertForm, d.Id, d.Form),
        PrivateRow.OfKey({ } k) => t.Change(InsertKey, k.Name, k.Xml),
        PrivateRow.OfAccess({ } l) => t.Change("insert into pledge_registry_private.access (number, at, by, action, subject) values ($1, $2, $3, $4, $5)",
            l.Number, l.At.ToUnixTimeMilliseconds(), l.By, l.Action.Code(), l.Subject),
        PrivateRow.OfSigned({ } s) => t.Change(InsertSigned, s.Size, s.Root.ToString(), s.Note),
        _ => throw new InvalidOperationException($"Nothing is known of {row.GetType().Name}."),
    };
}
