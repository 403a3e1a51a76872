using PledgeRegistry.Faults.Checker;

namespace PledgeRegistry.Faults.Running;

/// <summary>A node, or a node and its database server, under strace.</summary>
public static class Tracer
{
    private const string StartBoth = """
        "$0/pg_isready" -q -h "$1" && exit 3
        folder=$1; binaries=$0; shift
        $FAULTS_SERVER > /dev/null 2>&1 &
        until "$binaries/pg_isready" -q -h "$folder"; do sleep 0.05; done
        exec "$@"
        """;

    /// <summary>A node whose calls are recorded.</summary>
    /// <param name="calls">The names of the calls, by commas.</param>
    /// <param name="more">Further options: paths, failures to make.</param>
    public static NodeStart Node(string record, string calls, params string[] more) =>
        NodeStart.Plain with { Before = Words(record, calls, more) };

    /// <summary>A node, and the server that it writes to, which isn't running yet: one tracer sees the order of both.</summary>
    public static NodeStart Both(PostgresServer server, string record, string calls, params string[] more) =>
        (NodeStart.Plain with { Before = [.. Words(record, calls, more), "sh", "-c", StartBoth, PostgresServer.Binaries, server.Folder] })
            .With("FAULTS_SERVER", string.Join(' ', server.Command));

    public static IReadOnlyList<Call> Read(string record) => Trace.Read(File.ReadLines(record));

    // -D: the node stays this process's own child. --seccomp-bpf: only these calls are slowed down.
    private static string[] Words(string record, string calls, string[] more) =>
        ["strace", "-D", "--seccomp-bpf", "-f", "-qq", "-yy", "-xx", "-s", "20000", "-o", record, "-e", $"trace={calls}", "-e", "signal=none", .. more];
}
