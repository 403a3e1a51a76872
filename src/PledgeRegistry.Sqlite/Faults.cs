using Microsoft.Data.Sqlite;

namespace PledgeRegistry.Sqlite;

/// <summary>Where tests make an append fail. Nothing is set outside them.</summary>
internal sealed class Faults
{
    public Action<SqliteConnection>? BeforeCommit { get; set; }

    public Action<SqliteConnection>? AfterCommit { get; set; }

    public int BusyTimeoutMilliseconds { get; set; } = 5000;
}
