using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Private;
using PledgeRegistry.Transparency.Signing;

namespace PledgeRegistry.Web.Start;

/// <summary>The registry can't be started as it was asked to; the message says why, and how to mend it.</summary>
public sealed class StartRefusedException(string message) : Exception(message);

/// <summary>Why a start failed, in one paragraph for a person: what, where, and how to mend it.</summary>
internal static class StartProblem
{
    /// <param name="log">The log, as it is told to a person: its address, or the folder that it is in.</param>
    public static string Explain(Exception fault, string folder, string log, string? urls) => $"The registry could not be started. {Reason(fault, folder, log, urls)}";

    private static string Reason(Exception fault, string folder, string log, string? urls) => fault switch
    {
        StartRefusedException or PrivateUnavailableException or KeyFileException => fault.Message,
        LogRolledBackException => $"{EngineFault.Explain(fault, log)} If an older state of it was restored on purpose, start once with --accept-rollback. If this folder was used with another log before, give each log a folder of its own with --data.",
        OpeningDataException => $"The opening data could not be loaded into {log}: {fault.Message} What was loaded so far stays; the next start goes on from there.",
        AddressInUseException => Taken(urls),
        IOException { InnerException: AddressInUseException } => Taken(urls),
        SocketException s => $"It can't serve {urls}: {s.Message}. Choose another address with --urls.",
        IOException { InnerException: SocketException s } => $"It can't serve {urls}: {s.Message}. Choose another address with --urls.",
        FormatException or UriFormatException => $"An address of --urls can't be understood ({urls}): {fault.Message} Write it as {RegistryHost.DefaultUrl}.",
        UnauthorizedAccessException => $"The data folder {folder} can't be written: {fault.Message} Make it writable, or name another with --data.",
        _ when EngineFault.Explain(fault, log) is { } engine => engine,
        IOException => $"The data folder {folder} can't be used: {fault.Message} Make it a writable folder, or name another with --data.",
        _ => $"This is an error in the program ({fault.GetType().Name}: {fault.Message}). The data folder is {folder}; what is recorded there is safe.",
    };

    private static string Taken(string? urls) =>
        $"Something else already serves {urls}: another registry, or another program. Stop it, or choose another address with --urls, such as --urls http://localhost:5081.";
}
