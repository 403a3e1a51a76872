using System.Globalization;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite;

/// <summary>The SQLite file of a log: how it is created, recognised and opened.</summary>
internal static class LogFile
{
    /// <summary>"PLDG": tells our file from any other SQLite database.</summary>
    public const int ApplicationId = 0x504C4447;

    public const int SchemaVersion = 1;

    // Our statements are fixed, so a general error (no such table, unsupported file format) is one of the file.
    private const int GeneralError = 1;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private static readonly string Schema = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE entries (
            position INTEGER PRIMARY KEY,
            leaf     BLOB NOT NULL,
            bytes    BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER entries_follow_one_another BEFORE INSERT ON entries
        WHEN NEW.position <> coalesce((SELECT max(position) + 1 FROM entries), 0)
        BEGIN
            SELECT RAISE(ABORT, 'An entry of the log goes to the end, at the next position. No position is left out or used again.');
        END;
        CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
        BEGIN
            SELECT RAISE(ABORT, 'An entry of the log is never changed. To correct a fact, append a correction.');
        END;
        CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
        BEGIN
            SELECT RAISE(ABORT, 'An entry of the log is never deleted. To withdraw a fact, append its withdrawal.');
        END;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {SchemaVersion};
        COMMIT;
        """;

    /// <summary>The one path of a log, whatever link led to it: the lock's name must not depend on the way there.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        return new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : full;
    }

    /// <summary>
    /// Creates an empty log unless there is one. It is made whole under another name first, so a log that is empty or
    /// lacks its table is never a half-made one, and can be called damaged.
    /// </summary>
    public static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }
        if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
        {
            // SQLite would take these entries for the new log's own.
            throw new LogDamagedException($"{path} is missing, but {path}-wal still holds entries of it. Put the file back, or move the -wal file away.");
        }
        var making = path + ".new";
        File.Delete(making);
        File.Delete(making + "-journal");
        using (var connection = Connect(making, SqliteOpenMode.ReadWriteCreate))
        {
            // Measured: 8 KiB reads and writes faster than 4 in large batches, and is no slower for one entry.
            Execute(connection, "PRAGMA page_size = 8192");
            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(connection, "PRAGMA fullfsync = ON");
            Execute(connection, Schema);
            Execute(connection, "PRAGMA journal_mode = WAL");
        }
        // The first commit to the log creates its -wal file and syncs the directory, and this new name with it.
        File.Move(making, path);
    }

    /// <summary>A connection to an existing log, checked to be one; nothing is changed in a file that isn't.</summary>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnection? connection = null;
        try
        {
            // SQLite takes a file of one byte for an empty one, too.
            if (new FileInfo(path) is { Exists: true, Length: <= 1 } empty)
            {
                throw new LogDamagedException($"{path} is empty: {empty.Length} bytes. A log is created whole, so it has been cut off. Restore it from a backup.");
            }
            connection = Connect(path, mode);
            Execute(connection, "PRAGMA busy_timeout = 5000");
            Execute(connection, "PRAGMA cell_size_check = ON");
            Execute(connection, "PRAGMA trusted_schema = OFF");
            CheckFormat(connection, path);
            return connection;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            throw e is SqliteException s && IsFault(s) ? FaultOf(path, s) : e;
        }
    }

    public static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Only for a file beside the log: to close the main file would drop the locks that SQLite holds on it.</summary>
    public static void Sync(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>True if the error lies in the file, and <see cref="FaultOf"/> can say what it is.</summary>
    public static bool IsFault(SqliteException e) => e.SqliteErrorCode is GeneralError or ReadOnly or Corrupt or NotADatabase;

    public static Exception FaultOf(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        ReadOnly => new IOException($"{path} can't be written: the file is read-only, or its header is damaged ({e.Message})", e),
        NotADatabase => new LogDamagedException($"{path} is not an SQLite database, or its first page is damaged ({e.Message})", e),
        _ => new LogDamagedException($"{path} is damaged ({e.Message})", e),
    };

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CheckFormat(SqliteConnection connection, string path)
    {
        var application = Convert.ToInt64(Execute(connection, "PRAGMA application_id"), CultureInfo.InvariantCulture);
        if (application != ApplicationId)
        {
            throw new LogFormatException($"{path} is an SQLite database, but not a log of this registry (application_id {application}, not {ApplicationId}). Give the path of another file.");
        }
        var version = Convert.ToInt64(Execute(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version != SchemaVersion)
        {
            throw new LogFormatException(version > SchemaVersion
                ? $"{path} was written by a newer release (schema {version}; this one knows {SchemaVersion}). Upgrade this one."
                : $"{path} names schema {version}, which no release has written.");
        }
        if (Execute(connection, "SELECT count(*) FROM pragma_table_list WHERE name = 'entries' AND strict") is not 1L)
        {
            throw new LogDamagedException($"{path} has lost its table of entries.");
        }
    }
}
