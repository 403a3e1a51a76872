using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;

namespace PledgeRegistry.Web.Start;

/// <summary>The registry can't be started as it was asked to; the message says why, and how to mend it.</summary>
public sealed class StartRefusedException(string message) : Exception(message);

/// <summary>Why a start failed, in one paragraph for a person: what, where, and how to mend it.</summary>
internal static class StartProblem
{
    public static string Explain(Exception fault, string folder, string? urls) => $"The registry could not be started. {Reason(fault, folder, urls)}";

    private static string Reason(Exception fault, string folder, string? urls) => fault switch
    {
        StartRefusedException or LogInUseException or LogFormatException or PrivateUnavailableException => fault.Message,
        LogDamagedException => $"{fault.Message} Nothing was changed. The data folder is {folder}: look into it with 'pledge verify', or restore it from a backup.",
        OpeningDataException => $"The opening data could not be loaded into {folder}: {fault.Message} What was loaded so far stays; the next start goes on from there.",
        AddressInUseException => Taken(urls),
        IOException { InnerException: AddressInUseException } => Taken(urls),
        SocketException s => $"It can't serve {urls}: {s.Message}. Choose another address with --urls.",
        IOException { InnerException: SocketException s } => $"It can't serve {urls}: {s.Message}. Choose another address with --urls.",
        FormatException or UriFormatException => $"An address of --urls can't be understood ({urls}): {fault.Message} Write it as {RegistryHost.DefaultUrl}.",
        UnauthorizedAccessException => $"The data folder {folder} can't be written: {fault.Message} Make it writable, or name another with --data.",
        SqliteException s => $"SQLite can't use the log in {folder}: {s.Message}. See whether the disk is full, and whether the folder and the files in it can be written.",
        IOException => $"The data folder {folder} can't be used: {fault.Message} Make it a writable folder, or name another with --data.",
        _ => $"This is an error in the program ({fault.GetType().Name}: {fault.Message}). The data folder is {folder}; what is recorded there is safe.",
    };

    private static string Taken(string? urls) =>
        $"Something else already serves {urls}: another registry, or another program. Stop it, or choose another address with --urls, such as --urls http://localhost:5081.";
}
