using Microsoft.Data.Sqlite;
using PledgeRegistry.Private;
using static PledgeRegistry.Private.PrivateTexts;

namespace PledgeRegistry.Sqlite;

/// <summary>The private store in a SQLite file of its own. Safe for several threads and processes: they take turns.</summary>
public sealed partial class SqlitePrivateStore : IPrivateStore
{
    private readonly Lock turn = new();
    private readonly SqliteConnection connection;
    private readonly TimeProvider clock;
    private readonly string path;
    private readonly int patience;
    private bool inTurn;

    /// <param name="path">The file; made if it isn't there, readable by its owner alone.</param>
    /// <exception cref="LogFormatException">The file is something else.</exception>
    public SqlitePrivateStore(string path, TimeProvider clock) : this(path, clock, busyMilliseconds: 30_000)
    {
    }

    internal SqlitePrivateStore(string path, TimeProvider clock, int busyMilliseconds)
    {
        (this.path, this.clock, patience) = (path, clock, busyMilliseconds);
        connection = InTurn(() => PrivateFile.Open(path, busyMilliseconds));
    }

    /// <summary>For tests of what is cut off half way.</summary>
    internal Action? BeforeCommit { get; set; }

    public bool AddContact(string by, string actor, string participant, ContactDetails details) => Do(by, PrivateAction.Added, $"contact/{actor}", () =>
        Change("INSERT INTO contacts (actor, participant, details) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", actor, participant, OfDetails(details)));

    public bool ChangeContact(string by, string actor, ContactDetails details) => Wiping(by, PrivateAction.Changed, $"contact/{actor}", () =>
        Change("UPDATE contacts SET details = $2 WHERE actor = $1 AND details IS NOT NULL", actor, OfDetails(details)));

    public bool EraseContact(string by, string actor) => Wiping(by, PrivateAction.Erased, $"contact/{actor}", () =>
        Change("UPDATE contacts SET details = NULL WHERE actor = $1 AND details IS NOT NULL", actor));

    public Contact? FindContact(string by, string actor) => Do(by, PrivateAction.Read, $"contact/{actor}", () =>
        Rows("SELECT actor, participant, details FROM contacts WHERE actor = $1", ContactOf, actor).FirstOrDefault());

    public IReadOnlyList<Contact> ListContacts(string by, string? participant = null) => Do(by, PrivateAction.Read, $"contacts/{participant ?? "*"}", () =>
        Rows("SELECT actor, participant, details FROM contacts WHERE $1 IS NULL OR participant = $1 ORDER BY participant, actor", ContactOf, participant));

    public bool AddDraft(string by, string id, string participant, DraftKind kind, string form)
    {
        CheckForm(form);
        return Do(by, PrivateAction.Added, $"draft/{id}", () => Change(
            """
            INSERT INTO drafts (id, participant, kind, form, prepared_by, state, created_at, changed_at, version)
            VALUES ($1, $2, $3, $4, $5, 'draft', $6, $6, 1) ON CONFLICT DO NOTHING
            """, id, participant, kind.Code(), form, by, Now()));
    }

    public bool ChangeDraft(string by, string id, long version, string form)
    {
        CheckForm(form);
        return Wiping(by, PrivateAction.Changed, $"draft/{id}", () => Change(
            """
            UPDATE drafts SET form = $3, prepared_by = $4, state = 'draft', cleared_by = NULL, changed_at = $5, version = version + 1
            WHERE id = $1 AND version = $2 AND state <> 'recorded'
            """, id, version, form, by, Now()));
    }

    public bool MoveDraft(string by, string id, long version, DraftState to, string? value = null) => Do(by, PrivateAction.Changed, $"draft/{id}", () =>
        Rows("SELECT state FROM drafts WHERE id = $1 AND version = $2", r => Word<DraftState>(r.GetString(0)), id, version) is [var from]
        && DraftRules.May(from, to)
        && Change(
            """
            UPDATE drafts SET state = $2, changed_at = $3, version = version + 1,
                cleared_by = CASE $2 WHEN 'cleared' THEN $4 WHEN 'recorded' THEN cleared_by END,
                recorded = CASE $2 WHEN 'recorded' THEN $4 END
            WHERE id = $1
            """, id, to.Code(), Now(), value));

    public Draft? FindDraft(string by, string id) => Do(by, PrivateAction.Read, $"draft/{id}", () =>
        Rows($"SELECT {DraftColumns}, form FROM drafts WHERE id = $1", DraftOf, id).FirstOrDefault());

    public IReadOnlyList<Draft> ListDrafts(string by, string? participant = null) => Do(by, PrivateAction.Read, $"drafts/{participant ?? "*"}", () =>
        Rows($"SELECT {DraftColumns}, NULL FROM drafts WHERE $1 IS NULL OR participant = $1 ORDER BY changed_at DESC, id", DraftOf, participant));

    public bool DeleteDraft(string by, string id) => Wiping(by, PrivateAction.Erased, $"draft/{id}", () => Change("DELETE FROM drafts WHERE id = $1", id));

    public IReadOnlyList<AccessLine> ReadAccessLog(string by, int most = 100) => Do(by, PrivateAction.Read, "access-log", () =>
        Rows("SELECT number, at, by, action, subject FROM access ORDER BY number DESC LIMIT $1",
            AccessOf, Math.Clamp(most, 1, 1000)));

    public void Dispose()
    {
        // Who closes the file last does a checkpoint.
        InTurn(() =>
        {
            connection.Dispose();
            return true;
        });
    }

    private const string DraftColumns = "id, participant, kind, prepared_by, state, cleared_by, recorded, created_at, changed_at, version";

    private static Draft DraftOf(SqliteDataReader r) => new(
        r.GetString(0), r.GetString(1), Word<DraftKind>(r.GetString(2)), Optional(r, 10), r.GetString(3), Word<DraftState>(r.GetString(4)), Optional(r, 5), Optional(r, 6),
        Time(r.GetInt64(7)), Time(r.GetInt64(8)), r.GetInt64(9));

    private static Contact ContactOf(SqliteDataReader r) => new(r.GetString(0), r.GetString(1), DetailsOf(Optional(r, 2)));

    private static AccessLine AccessOf(SqliteDataReader r) =>
        new(r.GetInt64(0), Time(r.GetInt64(1)), r.GetString(2), Word<PrivateAction>(r.GetString(3)), r.GetString(4));

    private T Do<T>(string by, PrivateAction action, string subject, Func<T> what) => Transact(() =>
    {
        Log(by, action, subject);
        return what();
    });

    private void Log(string by, PrivateAction action, string subject) =>
        Change("INSERT INTO access (at, by, action, subject) VALUES ($1, $2, $3, $4)", Now(), Known(by), action.Code(), Known(subject));

    private T Transact<T>(Func<T> what) => InTurn(() =>
    {
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = what();
            BeforeCommit?.Invoke();
            transaction.Commit();
            return result;
        }
        catch (SqliteException e) when (PrivateFile.Told(e, path) is { } told)
        {
            throw told;
        }
    });

    private T InTurn<T>(Func<T> what)
    {
        lock (turn)
        {
            if (inTurn)
            {
                return what();
            }
            using var taken = PrivateTurn.Take(path, patience);
            inTurn = true;
            try
            {
                return what();
            }
            finally
            {
                inTurn = false;
            }
        }
    }

    /// <summary>Does what leaves something behind that must not stay, and wipes that. The note that it is due is in the same transaction.</summary>
    private bool Wiping(string by, PrivateAction action, string subject, Func<bool> what) => InTurn(() =>
    {
        var done = Do(by, action, subject, () => what() && Change("INSERT INTO cleaning (due) VALUES (1)"));
        if (LogFile.Execute(connection, "SELECT count(*) FROM cleaning") is not 0L)
        {
            PrivateFile.Clean(connection, path);
        }
        return done;
    });

    private bool Change(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery() > 0;
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row, params object?[] values)
    {
        var rows = new List<T>();
        Each(sql, r => rows.Add(row(r)), values);
        return rows;
    }

    private void Each(string sql, Action<SqliteDataReader> row, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }

    private SqliteCommand Command(string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }
        return command;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static string? Optional(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
