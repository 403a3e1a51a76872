using System.Data.Common;
using PledgeRegistry.Log;
using PledgeRegistry.Postgres;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;

namespace PledgeRegistry.Engines;

/// <summary>The one place that knows all engines: opens what an address names.</summary>
public static class Engine
{
    /// <summary>Opens a log for reading and writing. An SQLite file is made where there is none.</summary>
    public static async Task<IEventLog> OpenForWritingAsync(LogAddress address, CancellationToken cancel = default) => address.Engine switch
    {
        EngineNames.Sqlite => SqliteLog.OpenForWriting(address.Place),
        EngineNames.Postgres => await PostgresLog.OpenForWritingAsync(address.Place, cancel),
#if EVENTSTOREDB
        EngineNames.EventStoreDb => await EventStoreDb.EventStoreDbLog.OpenForWritingAsync(address.Place, cancel),
#endif
#if MARTEN
        EngineNames.Marten => await PledgeRegistry.Marten.MartenLog.OpenForWritingAsync(address.Place, cancel: cancel),
#endif
        EngineNames.Backup => throw new LogAddressException($"{address.Place} is a backup, which is only read. Restore it into a log with 'pledge restore', then write that."),
        _ => throw NotInThisBuild(address.Engine),
    };

    /// <summary>Opens an existing log for reading, whether or not somebody writes it.</summary>
    public static async Task<IEventLog> OpenForReadingAsync(LogAddress address, CancellationToken cancel = default) => address.Engine switch
    {
        EngineNames.Sqlite => SqliteLog.OpenForReading(address.Place),
        EngineNames.Postgres => await PostgresLog.OpenForReadingAsync(address.Place, cancel),
#if EVENTSTOREDB
        EngineNames.EventStoreDb => await EventStoreDb.EventStoreDbLog.OpenForReadingAsync(address.Place, cancel),
#endif
#if MARTEN
        EngineNames.Marten => await PledgeRegistry.Marten.MartenLog.OpenForReadingAsync(address.Place, cancel: cancel),
#endif
        EngineNames.Backup => LogBackup.Open(address.Place),
        _ => throw NotInThisBuild(address.Engine),
    };

    /// <summary>Opens the private store. An SQLite file is made where there is none; for a server's log that is the node's own, not shared with others.</summary>
    public static async Task<IPrivateStore> OpenPrivateAsync(LogAddress address, TimeProvider clock, CancellationToken cancel = default) => address.Engine == EngineNames.Postgres
        ? await PostgresPrivateStore.OpenAsync(address.Place, clock, cancel)
        : OpenPrivateFile(address.Place, clock);

    /// <summary>What withholds something in a log that is open for writing.</summary>
    /// <param name="owner">PostgreSQL: the connection string of the database's owner.</param>
    /// <exception cref="LogAddressException">This engine can't, or the owner isn't named.</exception>
    public static IRedactableLog Redactable(IEventLog log, LogAddress address, string? owner) => log as IRedactableLog ?? (address.Engine, owner) switch
    {
        (EngineNames.Postgres, { Length: > 0 }) => new PostgresRedactor(owner),
        (EngineNames.Postgres, _) => throw new LogAddressException("The user that runs the registry can't change an entry. Give the connection of the database's owner with --owner."),
        _ => throw new LogAddressException($"The engine '{address.Engine}' can't withhold anything: its store keeps what it was given. Move the log to SQLite or PostgreSQL with 'pledge backup' and 'pledge restore', and withhold it there."),
    };

    private static SqlitePrivateStore OpenPrivateFile(string path, TimeProvider clock)
    {
        try
        {
            return new SqlitePrivateStore(path, clock);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new PrivateUnavailableException($"The private store {path} can't be used: {e.Message}", e);
        }
    }

    /// <summary>What to answer where an engine was asked for that this build lacks.</summary>
    public static LogAddressException NotInThisBuild(string engine) => new(
        $"The engine '{engine}' isn't in this build, because its packages are not part of the default one. Build it in: dotnet run -p:{(engine == EngineNames.Marten ? "Marten" : "EventStoreDb")}=true …");
}
