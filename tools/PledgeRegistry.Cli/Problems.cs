using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Transparency.Signing;

namespace PledgeRegistry.Cli;

/// <summary>How the tool ends: its help says the same.</summary>
internal static class ExitCode
{
    /// <summary>Damage, not found, or refused.</summary>
    public const int Failed = 1;

    /// <summary>The command line can't be understood.</summary>
    public const int Usage = 2;

    /// <summary>Nothing is wrong as far as could be looked, and something could not be looked at.</summary>
    public const int NotAll = 3;

    /// <summary>Nothing is wrong, and something was can’t be compared: made by another version of the program, or of entries of which something was withheld since.</summary>
    public const int NotCompared = 4;
}

/// <summary>Why a command ended without an answer; the message says what, where, and how to mend it.</summary>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailedException Usage(string message) => new(message, Cli.ExitCode.Usage);

    /// <summary>For what verifies: nothing is said to be wrong, since it couldn't be looked at.</summary>
    public static CommandFailedException NotLookedAt(string message) => new(message, Cli.ExitCode.NotAll);
}

/// <summary>A fault as a person can use it: never a stack trace.</summary>
internal static class Problems
{
    public static (string Message, int ExitCode) Explain(Exception fault, string place) => fault switch
    {
        CommandFailedException e => (e.Message, e.ExitCode),
        OperationCanceledException => ("Stopped before it was done.", ExitCode.Failed),
        _ => (Reason(fault, place), ExitCode.Failed),
    };

    private static string Reason(Exception fault, string place) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            $"There is no registry in {place}. Name its folder with --data or the environment variable {DataFolder.Variable}, or make one with 'pledge load'.",
        LogInUseException => $"The registry in {place} is being written by another process, such as a running host. Stop that one first. Reading works meanwhile.",
        LogNotEmptyException or KeyFileException or PrivateUnavailableException => fault.Message,
        OpeningDataException => $"The opening data could not be loaded into {place}: {fault.Message} What was loaded so far stays; the next 'pledge load' goes on from there.",
        UnauthorizedAccessException => $"{place} can't be used: {fault.Message} Make it readable (and writable, to load), or name another folder with --data.",
        LogRolledBackException => $"The registry in {place} isn't what was last known of it. {fault.Message} Nothing was changed. See 'pledge verify'. If an older state was restored on purpose, start the registry once with --accept-rollback.",
        LogDamagedException => $"The registry in {place} is damaged: {fault.Message} Nothing was changed. See 'pledge verify', and restore it from a backup.",
        _ when EngineFault.Explain(fault, place) is { } engine => engine,
        IOException => $"{place} can't be used: {fault.Message} Name another folder with --data.",
        _ => $"This is an error in the program ({fault.GetType().Name}: {fault.Message}). What is recorded in {place} is safe.",
    };
}
