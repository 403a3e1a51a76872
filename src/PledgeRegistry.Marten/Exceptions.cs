namespace PledgeRegistry.Marten;

/// <summary>The database or the stream can't be used as the log. The message says why, and what to do.</summary>
public sealed class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner);
