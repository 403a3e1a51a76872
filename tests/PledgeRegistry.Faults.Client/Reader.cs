using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace PledgeRegistry.Faults.Client;

/// <summary>Reads every entry of each node in order, and notes what it was given, with the sizes and roots that the node named.</summary>
internal sealed class Reader(Record record, Uri[] nodes) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public async Task RunAsync(CancellationToken stop) => await Task.WhenAll(nodes.Select(n => FollowAsync(n, stop)));

    public void Dispose() => http.Dispose();

    private async Task FollowAsync(Uri node, CancellationToken stop)
    {
        var (position, of) = (-1L, node.Port.ToString(CultureInfo.InvariantCulture));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var registry = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(node, "/api/registry"), stop));
                var size = registry.RootElement.GetProperty("basis").GetProperty("size").GetInt64();
                record.Write(new Line("size", Size: size, Root: registry.RootElement.GetProperty("root").GetString(), Of: of));
                // The opening data is the same for all; what comes after its last few entries is what is of interest.
                position = position < 0 ? Math.Max(0, size - 20) : position;
                while (position < size && !stop.IsCancellationRequested)
                {
                    using var answer = await http.GetAsync(new Uri(node, $"/api/entries/{position}"), stop);
                    if (answer.StatusCode != HttpStatusCode.OK)
                    {
                        break;
                    }
                    var bytes = await answer.Content.ReadAsByteArrayAsync(stop);
                    record.Write(new Line("entry", Position: position++, Leaf: Convert.ToHexStringLower(SHA256.HashData([0, .. bytes])), Of: of));
                }
                await Task.Delay(30, stop);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
