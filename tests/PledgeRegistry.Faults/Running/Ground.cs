namespace PledgeRegistry.Faults.Running;

/// <summary>Where one registry's log is.</summary>
/// <param name="Engine">sqlite or postgres.</param>
/// <param name="Folder">A folder of the run's own.</param>
/// <param name="Target">What the checker reads: a file, or a connection string.</param>
/// <param name="Database">The database's name, on PostgreSQL.</param>
/// <param name="Environment">Variables that tell host and tool where the log is.</param>
public sealed record Place(string Engine, string Folder, string Target, string? Database, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The log's file, on SQLite.</summary>
    public string Log => Path.Combine(DataFolder(0), "registry.db");

    /// <summary>Where the clients keep their records.</summary>
    public string Records { get; init; } = Folder;

    public string DataFolder(int node) => Path.Combine(Folder, $"node-{node}");

    /// <summary>Another place with the same data, in a folder that is moved elsewhere.</summary>
    public Place In(string folder) => this with { Folder = folder, Target = Engine == "sqlite" ? Path.Combine(folder, "node-0", "registry.db") : Target };
}

/// <summary>An engine with registries to spoil, each with the opening data in it already.</summary>
public abstract class Ground : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-faults-").FullName;
    private int made;

    public abstract string Engine { get; }

    public abstract Task<Place> NewAsync();

    public static async Task<Ground> OpenAsync(string engine) => engine == Sqlite ? await SqliteGround.OpenAsync() : await PostgresGround.OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected string NewFolder() => Directory.CreateDirectory(Path.Combine(folder, $"run-{Interlocked.Increment(ref made)}")).FullName;

    /// <summary>Starts a node once, so that the opening data is there, and stops it.</summary>
    protected static async Task FillAsync(Place place)
    {
        await using var node = new Node(place, 0);
        await node.StartAsync();
        await node.TerminateAsync();
    }
}

/// <inheritdoc/>
public sealed class SqliteGround : Ground
{
    private string filled = "";

    public override string Engine => Sqlite;

    public static async Task<SqliteGround> OpenAsync()
    {
        var ground = new SqliteGround();
        var place = At(ground.NewFolder());
        await FillAsync(place);
        ground.filled = place.DataFolder(0);
        return ground;
    }

    public override Task<Place> NewAsync()
    {
        var place = At(NewFolder());
        Directory.CreateDirectory(place.DataFolder(0));
        foreach (var file in Directory.EnumerateFiles(filled))
        {
            File.Copy(file, Path.Combine(place.DataFolder(0), Path.GetFileName(file)));
        }
        return Task.FromResult(place);
    }

    private static Place At(string folder) => new(Sqlite, folder, Path.Combine(folder, "node-0", "registry.db"), null, new Dictionary<string, string>());
}

/// <inheritdoc/>
public sealed class PostgresGround : Ground
{
    private string filled = "";

    private PostgresGround(PostgresServer server) => Server = server;

    public PostgresServer Server { get; }

    public override string Engine => Postgres;

    public static async Task<PostgresGround> OpenAsync()
    {
        var ground = new PostgresGround(await PostgresServer.StartNewAsync());
        ground.filled = await ground.Server.NewDatabaseAsync("template0");
        var schema = Path.Combine(ground.NewFolder(), "schema.sql");
        await File.WriteAllTextAsync(schema, await Programs.SucceedAsync([Programs.Dotnet, Programs.Tool, "schema", "--role", "registry"]));
        await ground.Server.PsqlAsync(ground.filled, schema);
        await FillAsync(ground.At(ground.filled));
        return ground;
    }

    public override async Task<Place> NewAsync() => At(await Server.NewDatabaseAsync(filled));

    public override async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }

    private Place At(string database) => new(Postgres, NewFolder(), Server.As("admin", database), database,
        new Dictionary<string, string> { ["PLEDGEREGISTRY_LOG"] = $"postgres:{Server.As("registry", database)}" });
}
