using System.Data.Common;
using PledgeRegistry.Log;
using PledgeRegistry.Postgres;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;

namespace PledgeRegistry.Engines;

/// <summary>What a fault of an engine means to the person who started a program: what, where, and how to mend it.</summary>
public static class EngineFault
{
    /// <summary>The sentences to print, or null where the fault is none of an engine's.</summary>
    /// <param name="log">The log that was opened, as <see cref="LogAddress.ToString"/> says it.</param>
    public static string? Explain(Exception fault, string log) => fault switch
    {
        LogAddressException or LogInUseException or LogFormatException or LogRefusedException or PrivateUnavailableException or PrivateBackupException => fault.Message,
#if EVENTSTOREDB
        EventStoreDb.LogRefusedException => fault.Message,
        _ when IsClusterAway(fault) =>
            $"{log} can't be used: {Innermost(fault)} See whether the servers run and can be reached from here, and whether they have a leader.",
#endif
#if MARTEN
        PledgeRegistry.Marten.LogRefusedException => fault.Message,
        _ when IsOvertaken(fault) =>
            $"Somebody else stored to {log} at the same time, so nothing was stored. Do it again.",
        _ when IsMartens(fault) => $"{log} can't be used: {Innermost(fault)} See whether the server runs and can be reached from here, and whether the address is right.",
#endif
        LogDamagedException => $"{fault.Message} Nothing was changed. The log is {log}: look into it with 'pledge verify', or restore it from a backup.",
        Microsoft.Data.Sqlite.SqliteException => $"SQLite can't use {log}: {fault.Message} See whether the disk is full, and whether the folder and the files in it can be read and written.",
        DbException => $"{log} can't be used: {Innermost(fault)} See whether the server runs and can be reached from here, and whether the address is right; and, where it waits for a standby (synchronous_standby_names), whether one streams.",
        _ => null,
    };

    /// <summary>Whether it passes by itself, as far as is known here: what keeps the log doesn't answer, or not as it should.</summary>
    public static bool IsUnreachable(Exception fault) => fault is DbException or TimeoutException || IsClusterAway(fault) || (IsMartens(fault) && !IsOvertaken(fault));

    // By their names: the default build has neither client, and types move between versions. The first is our own.
    private static bool IsClusterAway(Exception fault) => fault.GetType().FullName is "PledgeRegistry.EventStoreDb.LogUnavailableException"
        or "Grpc.Core.RpcException" or "EventStore.Client.DiscoveryException" or "EventStore.Client.NotLeaderException";

    // By its namespace: exceptions moved from Marten to JasperFx between versions, and have no base in common.
    private static bool IsMartens(Exception fault) => fault.GetType().Namespace?.Split('.')[0] is "Marten" or "JasperFx";

    private static bool IsOvertaken(Exception fault) => IsMartens(fault) && fault.GetType().Name is "ConcurrencyException" or "DocumentAlreadyExistsException";

    // "Failed to connect" alone doesn't say why.
    private static string Innermost(Exception fault) => fault.InnerException is { } inner ? $"{fault.Message} ({inner.Message})" : fault.Message;
}
