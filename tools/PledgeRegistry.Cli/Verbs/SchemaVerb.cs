using System.CommandLine;
using PledgeRegistry.Engines;
using PledgeRegistry.Postgres;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge schema</c>: prepares a PostgreSQL database, as its owner.</summary>
internal static class SchemaVerb
{
    public static Command Create(CommonOptions options)
    {
        var role = new Option<string>("--role") { Description = "The existing database user that the registry runs as. It gets the right to read and to append, and no other.", HelpName = "USER", Required = true };
        var verb = new Command("schema", "Prepares a PostgreSQL database, or brings it up to this release: with --log as its owner; without it, and whatever the environment says, prints the SQL for 'psql'. What is there already is left as it is.") { role };
        verb.SetAction(async (parsed, cancel) =>
        {
            var running = parsed.GetRequiredValue(role);
            if (parsed.GetValue(options.Log) is not { Length: > 0 })
            {
                await Console.Out.WriteAsync(PostgresSchema.Script(running));
                return 0;
            }
            var address = options.Address(parsed);
            if (address.Engine != EngineNames.Postgres)
            {
                throw CommandFailedException.Usage($"--log: Only a PostgreSQL database has a schema to prepare; {address} is none.");
            }
            await PostgresSchema.ApplyAsync(address.Place, running, cancel);
            CommonOptions.Say($"{address} is ready: schema version {PostgresSchema.Version}, to be run as {running}.");
            return 0;
        });
        return verb;
    }
}
