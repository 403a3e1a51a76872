using System.Globalization;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;
using PledgeRegistry.Private;

namespace PledgeRegistry.Sqlite;

/// <summary>The SQLite file of the private store: how it is created, opened, and cleaned of what was erased.</summary>
internal static class PrivateFile
{
    /// <summary>"PLDP": tells our file from any other SQLite database, the log's own included.</summary>
    private const int ApplicationId = 0x504C4450;

    /// <summary>2 has the table of keys, 3 that of the signed checkpoint; an older file is given them when it is opened.</summary>
    private const int SchemaVersion = 3;

    private static readonly string Schema = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS contacts (
            actor TEXT PRIMARY KEY, participant TEXT NOT NULL, details TEXT
        ) STRICT;
        CREATE TABLE IF NOT EXISTS drafts (
            id TEXT PRIMARY KEY, participant TEXT NOT NULL, kind TEXT NOT NULL, form TEXT NOT NULL, prepared_by TEXT NOT NULL, state TEXT NOT NULL,
            cleared_by TEXT, recorded TEXT, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, version INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS access (
            number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, by TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS keys (
            name TEXT PRIMARY KEY, xml TEXT NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS signed (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1), size INTEGER NOT NULL, root TEXT NOT NULL, note TEXT NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS cleaning (due INTEGER NOT NULL) STRICT;
        CREATE TRIGGER IF NOT EXISTS access_is_never_changed BEFORE UPDATE ON access
        BEGIN SELECT RAISE(ABORT, 'A line of the access log is never changed.'); END;
        CREATE TRIGGER IF NOT EXISTS access_is_never_deleted BEFORE DELETE ON access
        BEGIN SELECT RAISE(ABORT, 'A line of the access log is never deleted.'); END;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {SchemaVersion};
        COMMIT;
        """;

    /// <exception cref="LogFormatException">The file is something else, or of a newer release.</exception>
    public static SqliteConnection Open(string path, int busyMilliseconds)
    {
        CreateForOwnerOnly(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            // In seconds. Without it, what is busy is tried again for half a minute, whatever SQLite was told.
            DefaultTimeout = Math.Max(1, busyMilliseconds / 1000),
        }.ToString());
        try
        {
            connection.Open();
            LogFile.Execute(connection, $"PRAGMA busy_timeout = {busyMilliseconds}");
            Check(connection, path);
            LogFile.Execute(connection, "PRAGMA secure_delete = ON");
            // A copy of what is erased must not lie in a temporary file, either.
            LogFile.Execute(connection, "PRAGMA temp_store = MEMORY");
            LogFile.Execute(connection, "PRAGMA trusted_schema = OFF");
            LogFile.Execute(connection, "PRAGMA synchronous = FULL");
            LogFile.Execute(connection, "PRAGMA fullfsync = ON");
            LogFile.Execute(connection, "PRAGMA journal_mode = WAL");
            LogFile.Execute(connection, Schema);
            OwnerOnly(path);
            if (LogFile.Execute(connection, "SELECT count(*) FROM cleaning") is not 0L)
            {
                Clean(connection, path);
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Rewrites the file without what was erased, and empties the write-ahead file. secure_delete overwrites what is freed;
    /// only rebuilding makes sure that no page keeps an older copy of a row that was moved.
    /// </summary>
    /// <exception cref="PrivateUnavailableException">Another process is in the middle of a read; the next call, or the next start, does it.</exception>
    public static void Clean(SqliteConnection connection, string path)
    {
        try
        {
            LogFile.Execute(connection, "VACUUM");
            if (Emptied(connection))
            {
                // Only now: the note that it is due stays until it has been done.
                LogFile.Execute(connection, "DELETE FROM cleaning");
                Emptied(connection);
                return;
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            // Busy or locked: told below.
        }
        throw new PrivateUnavailableException($"{path}: what was erased is no longer shown, but can't be wiped from the file while another process reads it. Try again; the next start does it otherwise.");
    }

    // The pragma's first column is 0 where everything was copied and the write-ahead file cut to nothing.
    private static bool Emptied(SqliteConnection connection) => LogFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)") is 0L;

    /// <summary>What an error of SQLite means where the file can't be used for now; null where it is an error in the program.</summary>
    public static PrivateUnavailableException? Told(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        5 or 6 => new PrivateUnavailableException($"{path}: another process has been using the private store for too long. Try again.", e),
        8 or 10 or 13 or 14 => new PrivateUnavailableException($"{path}: the private store can't be read or written ({e.Message}). See to the disk and to the file's rights.", e),
        11 or 26 => new PrivateUnavailableException($"{path}: the private store is damaged ({e.Message}). Restore it from a backup.", e),
        _ => null,
    };

    private static void Check(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        var tables = Number(connection, "SELECT count(*) FROM sqlite_schema");
        if (tables > 0 && application != ApplicationId)
        {
            throw new LogFormatException($"{path} is an SQLite database, but not a private store of this registry (application_id {application}, not {ApplicationId}). Give the path of another file.");
        }
        if (version > SchemaVersion)
        {
            throw new LogFormatException($"{path} was written by a newer release (schema {version}; this one knows {SchemaVersion}). Upgrade this one.");
        }
    }

    // SQLite gives the files beside it the mode that this one has when they are made.
    private static void CreateForOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            File.Open(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
    }

    private static void OwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static long Number(SqliteConnection connection, string sql) => Convert.ToInt64(LogFile.Execute(connection, sql), CultureInfo.InvariantCulture);
}
