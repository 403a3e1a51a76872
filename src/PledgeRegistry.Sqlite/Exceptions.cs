namespace PledgeRegistry.Sqlite;

/// <summary>Another process, or another part of this one, has the log open for writing. The message names the lock file.</summary>
public sealed class LogInUseException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>The file is in order, but isn't a log that this release can read. The message says what it is.</summary>
public sealed class LogFormatException(string message) : Exception(message);
