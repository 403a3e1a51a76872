using System.Collections.Concurrent;
using System.Net.Sockets;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>Stands between an engine and the server, and can lose the engine's side of the connections without the server's hearing of it.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly string server;
    private readonly Socket listening = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentBag<Socket> clients = [];
    private readonly ConcurrentBag<Socket> servers = [];
    private readonly Task accepting;

    public Relay(string server)
    {
        this.server = server;
        Folder = Directory.CreateTempSubdirectory("pledge-relay-").FullName;
        listening.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, Path.GetFileName(server))));
        listening.Listen();
        accepting = AcceptAsync();
    }

    /// <summary>Where the socket is: the host of a connection string.</summary>
    public string Folder { get; }

    /// <summary>Closes what is open towards the engine, and leaves the server's side as it is. New connections are taken as before.</summary>
    public void Lose()
    {
        while (clients.TryTake(out var client))
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listening.Dispose();
        await accepting;
        Lose();
        while (servers.TryTake(out var connection))
        {
            connection.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listening.AcceptAsync();
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(server));
                clients.Add(client);
                servers.Add(connection);
                _ = CopyAsync(client, connection);
                _ = CopyAsync(connection, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Lost, on one side or the other.
        }
    }
}
