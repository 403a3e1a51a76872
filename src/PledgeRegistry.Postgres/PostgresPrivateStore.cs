using Npgsql;
using PledgeRegistry.Private;
using static PledgeRegistry.Private.PrivateTexts;

namespace PledgeRegistry.Postgres;

/// <summary>
/// The private store in a PostgreSQL database, in a schema beside the log's: that of <see cref="PostgresSchema"/>. Safe for
/// any number of threads and processes: the call's line in the access log, which comes first, takes the turn.
/// </summary>
public sealed partial class PostgresPrivateStore : IPrivateStore
{
    /// <summary>
    /// A dump, or an administrator, may hold a table for long: whoever waits is told so, rather than waiting with it. And who
    /// had the turn and is gone without a word must not keep it.
    /// </summary>
    internal const string Session = "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000";

    private readonly Database database;
    private readonly NpgsqlDataSource pool;
    private readonly TimeProvider clock;

    private PostgresPrivateStore(string connectionString, TimeProvider clock, string session)
    {
        this.clock = clock;
        database = new Database(connectionString, primary: true, "private store", session);
        pool = database.WritingPool(connection => PrivateCheck.Ready(database, connection));
    }

    /// <summary>For tests of what is cut off half way.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <param name="connectionString">Npgsql's, of the user that runs: the one that the schema was applied for.</param>
    /// <exception cref="LogRefusedException">The database can't be used, or isn't set up so that what is kept is safe.</exception>
    public static Task<PostgresPrivateStore> OpenAsync(string connectionString, TimeProvider clock, CancellationToken cancel = default) =>
        OpenAsync(connectionString, clock, Session, cancel);

    internal static async Task<PostgresPrivateStore> OpenAsync(string connectionString, TimeProvider clock, string session, CancellationToken cancel = default)
    {
        var store = new PostgresPrivateStore(connectionString, clock, session);
        try
        {
            await using var connection = await store.pool.OpenConnectionAsync(cancel);
            return store;
        }
        catch (Exception e)
        {
            store.Dispose();
            throw e is NpgsqlException n && store.database.Told(n) is { } told ? told : e;
        }
    }

    public bool AddContact(string by, string actor, string participant, ContactDetails details)
    {
        var stored = OfDetails(details);
        return Do(by, PrivateAction.Added, $"contact/{actor}", t => t.Change(
            "insert into pledge_registry_private.contacts (actor, participant, details) values ($1, $2, $3) on conflict do nothing", actor, participant, stored));
    }

    public bool ChangeContact(string by, string actor, ContactDetails details)
    {
        var stored = OfDetails(details);
        return Do(by, PrivateAction.Changed, $"contact/{actor}", t => t.Ask("select pledge_registry_private.replace_details($1, $2)", actor, stored) is true);
    }

    public bool EraseContact(string by, string actor) => Do(by, PrivateAction.Erased, $"contact/{actor}", t =>
        t.Ask("select pledge_registry_private.replace_details($1, null)", actor) is true);

    public Contact? FindContact(string by, string actor) => Do(by, PrivateAction.Read, $"contact/{actor}", t =>
        t.Rows($"{Contacts} where actor = $1", ContactOf, actor).FirstOrDefault());

    public IReadOnlyList<Contact> ListContacts(string by, string? participant = null) => Do(by, PrivateAction.Read, $"contacts/{participant ?? "*"}", t =>
        t.Rows($"{Contacts} where $1 is null or participant = $1 order by participant, actor", ContactOf, participant));

    public bool AddDraft(string by, string id, string participant, DraftKind kind, string form)
    {
        CheckForm(form);
        return Do(by, PrivateAction.Added, $"draft/{id}", t => t.Change(
            """
            insert into pledge_registry_private.drafts (id, participant, kind, prepared_by, state, created_at, changed_at, version)
            values ($1, $2, $3, $4, 'draft', $5, $5, 1) on conflict do nothing
            """, id, participant, kind.Code(), by, Now()) && t.Change(InsertForm, id, form));
    }

    public bool ChangeDraft(string by, string id, long version, string form)
    {
        CheckForm(form);
        return Do(by, PrivateAction.Changed, $"draft/{id}", t => t.Change(
            """
            update pledge_registry_private.drafts
            set prepared_by = $3, state = 'draft', cleared_by = null, changed_at = $4, version = version + 1
            where id = $1 and version = $2 and state <> 'recorded'
            """, id, version, by, Now()) && t.Ask("select pledge_registry_private.replace_form($1, $2)", id, form) is true);
    }

    public bool MoveDraft(string by, string id, long version, DraftState to, string? value = null) => Do(by, PrivateAction.Changed, $"draft/{id}", t =>
        t.Rows("select state from pledge_registry_private.drafts where id = $1 and version = $2", r => Word<DraftState>(r.GetString(0)), id, version) is [var from]
        && DraftRules.May(from, to)
        && t.Change(
            """
            update pledge_registry_private.drafts set state = $2, changed_at = $3, version = version + 1,
                cleared_by = case $2 when 'cleared' then $4 when 'recorded' then cleared_by end,
                recorded = case $2 when 'recorded' then $4 end
            where id = $1
            """, id, to.Code(), Now(), value));

    public Draft? FindDraft(string by, string id) => Do(by, PrivateAction.Read, $"draft/{id}", t =>
        t.Rows($"{Drafts} where id = $1", DraftOf, id).FirstOrDefault());

    public IReadOnlyList<Draft> ListDrafts(string by, string? participant = null) => Do(by, PrivateAction.Read, $"drafts/{participant ?? "*"}", t =>
        t.Rows($"""
            select {DraftColumns}, null from pledge_registry_private.drafts
            where $1 is null or participant = $1 order by changed_at desc, id
            """, DraftOf, participant));

    public bool DeleteDraft(string by, string id) => Do(by, PrivateAction.Erased, $"draft/{id}", t =>
        t.Ask("select pledge_registry_private.delete_draft($1)", id) is true);

    public IReadOnlyList<AccessLine> ReadAccessLog(string by, int most = 100) => Do(by, PrivateAction.Read, "access-log", t =>
        t.Rows($"{AccessLines} order by number desc limit $1", AccessOf, (long)Math.Clamp(most, 1, 1000)));

    public void Dispose() => pool.Dispose();

    private const string DraftColumns = "id, participant, kind, prepared_by, state, cleared_by, recorded, created_at, changed_at, version";

    private const string Contacts = "select actor, participant, details from pledge_registry_private.contacts";

    private const string Drafts = $"select {DraftColumns}, form from pledge_registry_private.drafts join pledge_registry_private.forms on draft = id";

    private const string AccessLines = "select number, at, by, action, subject from pledge_registry_private.access";

    private const string InsertForm = "insert into pledge_registry_private.forms (draft, form) values ($1, $2)";

    private static Draft DraftOf(NpgsqlDataReader r) => new(
        r.GetString(0), r.GetString(1), Word<DraftKind>(r.GetString(2)), Optional(r, 10), r.GetString(3), Word<DraftState>(r.GetString(4)), Optional(r, 5), Optional(r, 6),
        Time(r.GetInt64(7)), Time(r.GetInt64(8)), r.GetInt64(9));

    private static Contact ContactOf(NpgsqlDataReader r) => new(r.GetString(0), r.GetString(1), DetailsOf(Optional(r, 2)));

    private static AccessLine AccessOf(NpgsqlDataReader r) =>
        new(r.GetInt64(0), Time(r.GetInt64(1)), r.GetString(2), Word<PrivateAction>(r.GetString(3)), r.GetString(4));

    private T Do<T>(string by, PrivateAction action, string subject, Func<PrivateTransaction, T> what) => Transact(t =>
    {
        Log(t, by, action, subject);
        return what(t);
    });

    private void Log(PrivateTransaction t, string by, PrivateAction action, string subject) => t.Change(
        "insert into pledge_registry_private.access (at, by, action, subject) values ($1, $2, $3, $4)", Now(), Known(by), action.Code(), Known(subject));

    /// <summary>What fails before the commit was sent was not done, so it is done once more where the connection was a dead one.</summary>
    private T Transact<T>(Func<PrivateTransaction, T> what)
    {
        for (var again = false; ; again = true)
        {
            var committing = false;
            try
            {
                using var connection = pool.OpenConnection();
                PrivateTransaction? t = null;
                try
                {
                    t = new PrivateTransaction(connection);
                    var result = what(t);
                    BeforeCommit?.Invoke();
                    t.Commit();
                    return result;
                }
                catch (NpgsqlException) when (!again && t is not { Committing: true } and not { Handed: true } && connection.FullState != System.Data.ConnectionState.Open)
                {
                    // It had been waiting in the pool since before a restart; and so may the others there.
                    pool.Clear();
                }
                finally
                {
                    committing = t is { Committing: true };
                    t?.Dispose();
                }
            }
            catch (Exception e) when (Unavailable(e) is { } why)
            {
                throw new PrivateUnavailableException(
                    $"{why} {(committing ? "It isn't known whether what was sent was kept: look before you send it again." : "Nothing was read or changed. Try again.")}", e);
            }
        }
    }

    // What went wrong, if it is the database that can't be used for now; null for an error in the program.
    private string? Unavailable(Exception e) => e switch
    {
        LogRefusedException => e.Message,
        NpgsqlException n when database.Told(n) is { } told => told.Message,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            $"{database.Name}: somebody else has been using the private store for too long, as a dump of the database does.",
        // Bad data, broken constraints, bad SQL, and what our own functions raise.
        PostgresException p when p.SqlState[..2] is "22" or "23" or "42" or "P0" or "PR" => null,
        NpgsqlException => $"{database.Name}: the private store can't be reached ({e.Message}).",
        _ => null,
    };

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static string? Optional(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
