using PledgeRegistry.Log;

namespace PledgeRegistry.Engines;

/// <summary>Where a log is, as a person names it: <c>postgres:Host=…</c>; where nothing is named, the file in the data folder.</summary>
/// <param name="Engine">The word before the colon, that of <see cref="EngineNames"/>.</param>
/// <param name="Place">What the engine is told: a path, or a connection string, which may hold a password.</param>
public sealed record LogAddress(string Engine, string Place)
{
    /// <summary>The environment variable that names the log, where the command line doesn't: a password stays out of the list of processes.</summary>
    public const string Variable = "PLEDGEREGISTRY_LOG";

    /// <summary>The same for the private store.</summary>
    public const string PrivateVariable = "PLEDGEREGISTRY_PRIVATE";

    /// <summary>What <c>--log</c> takes, for a person who asks.</summary>
    public const string Form = "sqlite:FILE, postgres:CONNECTION (Host=…;Database=…), esdb://…, marten:CONNECTION, or backup:FILE to read a backup";

    /// <summary>The first that names a log: the command line, then the environment, then what else is given, then the folder's own file.</summary>
    /// <exception cref="LogAddressException">It can't be understood.</exception>
    public static LogAddress Choose(DataFolder folder, string? option, params IEnumerable<string?> others) =>
        others.Prepend(Environment.GetEnvironmentVariable(Variable)).Prepend(option).FirstOrDefault(a => !string.IsNullOrWhiteSpace(a)) is { } named
            ? Parse(named.Trim())
            : In(folder);

    /// <summary>The file in a data folder.</summary>
    public static LogAddress In(DataFolder folder) => new(EngineNames.Sqlite, folder.Log);

    /// <summary>Where the private store of a log is: named in the same way, or beside the log where nothing names it.</summary>
    /// <exception cref="LogAddressException">It can't be understood, or names an engine that keeps no private store.</exception>
    public static LogAddress ChoosePrivate(DataFolder folder, LogAddress log, string? option, params IEnumerable<string?> others)
    {
        var beside = log.Engine == EngineNames.Postgres ? log : new LogAddress(EngineNames.Sqlite, folder.Private);
        var named = others.Prepend(Environment.GetEnvironmentVariable(PrivateVariable)).Prepend(option).FirstOrDefault(a => !string.IsNullOrWhiteSpace(a));
        var chosen = named is null ? beside : Parse(named.Trim());
        return chosen.Engine is EngineNames.Sqlite or EngineNames.Postgres ? chosen
            : throw new LogAddressException($"'{chosen.Engine}' keeps no private store. It is named as sqlite:FILE or postgres:CONNECTION.");
    }

    /// <exception cref="LogAddressException">It can't be understood.</exception>
    public static LogAddress Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (engine, place) = colon < 0 ? ("", text) : (text[..colon].ToLowerInvariant(), text[(colon + 1)..]);
        if (engine is "esdb" or "esdb+discover" or "kurrentdb" or "kurrentdb+discover")
        {
            // Their connection string is the address as a whole.
            return new LogAddress(EngineNames.EventStoreDb, text);
        }
        if (!EngineNames.All.Contains(engine) || engine == EngineNames.EventStoreDb)
        {
            throw new LogAddressException(colon < 0 || engine.Length == 1
                || engine.Any(c => !char.IsAsciiLetter(c))
                // Never what was given: it may hold a password.
                ? $"The address of the log doesn't begin with an engine. A log is named as {Form}."
                : $"There is no engine '{engine}'. A log is named as {Form}.");
        }
        if (string.IsNullOrWhiteSpace(place))
        {
            throw new LogAddressException($"'{engine}:' names no place. A log is named as {Form}.");
        }
        if (place.StartsWith("//", StringComparison.Ordinal))
        {
            throw new LogAddressException($"'{engine}:' is followed by a connection string, not by a URL: write {engine}:Host=…;Database=…;Username=….");
        }
        return new LogAddress(engine, engine is EngineNames.Sqlite or EngineNames.Backup ? Path.GetFullPath(place) : place);
    }

    /// <summary>Whether other nodes may write this log at the same time.</summary>
    public bool IsShared => Engine is not (EngineNames.Sqlite or EngineNames.Backup);

    /// <summary>
    /// Why a node may not sign: nodes agree in the private store on who signs a size, so it is one for all that write the log.
    /// Null where it is, or where no other node can write.
    /// </summary>
    public string? SigningObstacle(LogAddress privateStore) => IsShared && !privateStore.IsShared
        ? $"Nothing is signed with the keys here: other nodes may write this log, and the private store, in which they agree on who signs a size, is this node's own ({privateStore}). Name one that all nodes share, with --private-store postgres:Host=…;Database=…."
        : null;

    /// <summary>Where a folder keeps the last size and root of this log: one file an engine, so that a move to another engine isn't taken for damage.</summary>
    public string HeadRecord(DataFolder folder) => Engine switch
    {
        // Beside the file itself, which need not be in the folder: registry.head.
        EngineNames.Sqlite => Path.ChangeExtension(Place, ".head"),
        _ => Path.ChangeExtension(folder.HeadRecord, $"{Engine}.head"),
    };

    /// <summary>Where a folder keeps the checkpoint of this log that was signed last, beside the record of its head.</summary>
    public string SignedCopy(DataFolder folder) => Path.ChangeExtension(HeadRecord(folder), ".signed");

    /// <summary>Where a folder keeps what witnesses cosigned of this log, beside that.</summary>
    public string Cosigned(DataFolder folder) => Path.ChangeExtension(HeadRecord(folder), ".cosigned");

    /// <summary>Where a folder keeps which entries of this log had something withheld, beside the record of its head.</summary>
    public string WithheldRecord(DataFolder folder) => Path.ChangeExtension(HeadRecord(folder), ".withheld");

    /// <summary>The address without secrets, for messages.</summary>
    public override string ToString() => Engine switch
    {
        EngineNames.Sqlite or EngineNames.Backup => Place,
        EngineNames.EventStoreDb => WithoutUser(Place),
        _ => $"{Engine}:{Postgres.PostgresSchema.Describe(Place)}",
    };

    private static string WithoutUser(string url)
    {
        var (from, at) = (url.IndexOf("://", StringComparison.Ordinal) + 3, url.LastIndexOf('@'));
        return at > from && from > 2 ? url[..from] + url[(at + 1)..] : url;
    }
}

/// <summary>The engines' names in an address.</summary>
public static class EngineNames
{
    public const string Sqlite = "sqlite", Postgres = "postgres", EventStoreDb = "esdb", Marten = "marten", Backup = "backup";

    public static IReadOnlyList<string> All { get; } = [Sqlite, Postgres, EventStoreDb, Marten, Backup];
}

/// <summary>An address can't be understood, or names an engine that isn't in this build; the message says how to mend it.</summary>
public sealed class LogAddressException(string message) : Exception(message);
