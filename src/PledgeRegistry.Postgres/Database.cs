using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres;

/// <summary>How the database is reached, and how what it says is told.</summary>
internal sealed class Database
{
    /// <summary>
    /// Every statement here is a look-up by the primary key. The plan of a prepared statement outlives the moment at which
    /// the table was small enough to be read whole.
    /// </summary>
    private const string LogSession = "-c enable_seqscan=off -c enable_bitmapscan=off";

    private readonly NpgsqlConnectionStringBuilder given;

    private readonly string what;

    /// <param name="primary">
    /// Where several servers are named: only the one that takes writes will do, for reading as well. A standby that lags
    /// behind what this process has read would look like a log that has lost entries.
    /// </param>
    /// <param name="what">What is kept in it, for messages.</param>
    /// <param name="session">Settings of its sessions, as of a command line.</param>
    /// <exception cref="LogRefusedException">The connection string can't be understood.</exception>
    public Database(string connectionString, bool primary, string what = "log", string session = LogSession)
    {
        this.what = what;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connectionString) { Enlist = false, Multiplexing = false };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw new LogRefusedException($"The connection string can't be understood: {e.Message} Write it as Host=…;Database=…;Username=….", e);
        }
        if (primary && given.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            given.TargetSessionAttributes = "primary";
            // After a failover the other one is the primary: what was known of them is soon asked again.
            given.HostRecheckSeconds = 1;
        }
        given.Options = given.Options is { Length: > 0 } own ? $"{own} {session}" : session;
        given.ApplicationName ??= "PledgeRegistry";
        Name = $"{given.Username}@{given.Host}:{given.Port}/{given.Database}";
    }

    /// <summary>User, host, port and database, for messages.</summary>
    public string Name { get; }

    public NpgsqlDataSource Pool() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(given.ConnectionString)
    {
        Options = $"{given.Options} -c default_transaction_read_only=on",
        ReadBufferSize = 1 << 16,
        MaxAutoPrepare = 4,
        AutoPrepareMinUsages = 2,
    });

    /// <summary>A pool of connections that read and write. Each is made ready once, and what that set stays.</summary>
    public NpgsqlDataSource WritingPool(Action<NpgsqlConnection> ready)
    {
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            NoResetOnClose = true,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 5,
        }.ConnectionString);
        builder.UsePhysicalConnectionInitializer(ready, connection =>
        {
            ready(connection);
            return Task.CompletedTask;
        });
        return builder.Build();
    }

    /// <summary>Opens a connection that is not pooled: closed is closed.</summary>
    /// <exception cref="LogRefusedException">The server doesn't let this user into this database.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            Pooling = false,
            WriteBufferSize = 1 << 16,
            // A listener whose server has gone without a word notices.
            KeepAlive = given.KeepAlive == 0 ? 30 : given.KeepAlive,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (e is NpgsqlException n && Told(n) is { } told)
            {
                throw told;
            }
            // A name that leads nowhere is told without a word on what it was asked for.
            throw e is System.Net.Sockets.SocketException s ? new NpgsqlException($"Failed to connect to {given.Host}: {s.Message}.", s) : e;
        }
    }

    /// <summary>What the server's refusal or the damage that it met means here; null for any other error.</summary>
    public Exception? Told(NpgsqlException e) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => new LogRefusedException(
            $"{Name}: the server refuses the password, or there is no such user. Correct the connection string.", e),
        PostgresErrorCodes.InvalidAuthorizationSpecification => new LogRefusedException(
            $"{Name}: the server doesn't let this user in ({e.Message}). Look at the user and at the server's pg_hba.conf.", e),
        PostgresErrorCodes.InvalidCatalogName => new LogRefusedException(
            $"{Name}: there is no such database. Create it, and prepare it as its owner with 'pledge schema'.", e),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => new LogRefusedException(
            $"{Name}: the schema of the {what} is missing. Apply it as the owner of the database with 'pledge schema'.", e),
        PostgresErrorCodes.InsufficientPrivilege => new LogRefusedException(
            $"{Name}: the user lacks a right ({e.Message}). Run 'pledge schema' as the owner, with this user as --role.", e),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new LogDamagedException(
            $"{Name}: the database is damaged: {e.Message}", e),
        _ => null,
    };
}
