using PledgeRegistry.Private;
using static PledgeRegistry.Private.PrivateTexts;

namespace PledgeRegistry.Sqlite;

/// <summary>The keys, and the store as a whole: what a backup copies out and a restore takes in.</summary>
public sealed partial class SqlitePrivateStore
{
    public IReadOnlyList<ProtectionKey> ReadKeys() => Transact(() =>
        Rows("SELECT name, xml FROM keys ORDER BY name", r => new ProtectionKey(r.GetString(0), r.GetString(1))));

    public bool AddKey(string name, string xml) => Transact(() =>
        Change("INSERT INTO keys (name, xml) VALUES ($1, $2) ON CONFLICT DO NOTHING", name, xml));

    public SignedHead? ReadSigned() => Transact(() =>
        Rows("SELECT size, root, note FROM signed", SignedOf).FirstOrDefault());

    public bool ReplaceSigned(SignedHead? expected, SignedHead next) => Transact(() => expected is null
        ? Change("INSERT INTO signed (only_one, size, root, note) VALUES (1, $1, $2, $3) ON CONFLICT DO NOTHING", next.Size, next.Root.ToString(), next.Note)
        : Change("UPDATE signed SET size = $3, root = $4, note = $5 WHERE size = $1 AND root = $2 AND size < $3",
            expected.Size, expected.Root.ToString(), next.Size, next.Root.ToString(), next.Note));

    public void CopyOut(string by, Action<PrivateRow> take) => Do(by, PrivateAction.Read, Everything, () =>
    {
        Each("SELECT actor, participant, details FROM contacts ORDER BY actor", r => take(new PrivateRow.OfContact(ContactOf(r))));
        Each($"SELECT {DraftColumns}, form FROM drafts ORDER BY id", r => take(new PrivateRow.OfDraft(DraftOf(r))));
        Each("SELECT name, xml FROM keys ORDER BY name", r => take(new PrivateRow.OfKey(new ProtectionKey(r.GetString(0), r.GetString(1)))));
        Each("SELECT number, at, by, action, subject FROM access ORDER BY number", r => take(new PrivateRow.OfAccess(AccessOf(r))));
        Each("SELECT size, root, note FROM signed", r => take(new PrivateRow.OfSigned(SignedOf(r))));
        return true;
    });

    public bool TakeIn(string by, IEnumerable<PrivateRow> rows) => Transact(() =>
    {
        if (Rows("SELECT 1 FROM contacts UNION ALL SELECT 1 FROM drafts UNION ALL SELECT 1 FROM keys UNION ALL SELECT 1 FROM access UNION ALL SELECT 1 FROM signed LIMIT 1", _ => true).Count > 0)
        {
            return false;
        }
        foreach (var row in rows)
        {
            Insert(row);
        }
        Log(by, PrivateAction.Added, Everything);
        return true;
    });

    private static SignedHead SignedOf(Microsoft.Data.Sqlite.SqliteDataReader r) => new(r.GetInt64(0), Transparency.Hash.Parse(r.GetString(1)), r.GetString(2));

    private void Insert(PrivateRow row) => _ = row switch
    {
        PrivateRow.OfContact({ } c) => Change("INSERT INTO contacts (actor, participant, details) VALUES ($1, $2, $3)",
            c.Actor, c.Participant, c.Details is null ? null : OfDetails(c.Details)),
        PrivateRow.OfDraft({ } d) => Change($"INSERT INTO drafts ({DraftColumns}, form) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            d.Id, d.Participant, d.Kind.Code(), d.PreparedBy, d.State.Code(), d.ClearedBy, d.Recorded,
            d.CreatedAt.ToUnixTimeMilliseconds(), d.ChangedAt.ToUnixTimeMilliseconds(), d.Version, d.Form),
        PrivateRow.OfKey({ } k) => Change("INSERT INTO keys (name, xml) VALUES ($1, $2)", k.Name, k.Xml),
        PrivateRow.OfAccess({ } l) => Change("INSERT INTO access (number, at, by, action, subject) VALUES ($1, $2, $3, $4, $5)",
            l.Number, l.At.ToUnixTimeMilliseconds(), l.By, l.Action.Code(), l.Subject),
        PrivateRow.OfSigned({ } s) => Change("INSERT INTO signed (only_one, size, root, note) VALUES (1, $1, $2, $3)", s.Size, s.Root.ToString(), s.Note),
        _ => throw new InvalidOperationException($"Nothing is known of {row.GetType().Name}."),
    };
}
