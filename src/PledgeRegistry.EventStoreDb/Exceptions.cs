namespace PledgeRegistry.EventStoreDb;

/// <summary>The server or the stream can't be used as the log. The message says why, and what to do.</summary>
public sealed class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The server doesn't answer, or not yet. Whether what was sent is stored isn't known.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
