namespace PledgeRegistry.Postgres;

/// <summary>The database can't be used as the log, or not as it is set up. The message says why, and what to do.</summary>
public sealed class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner);
