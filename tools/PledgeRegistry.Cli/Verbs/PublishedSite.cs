using System.Globalization;
using System.Net;
using PledgeRegistry.Transparency.Published;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>A published log on a web server. Reads no more than a file can have, waits no longer than half a minute for one, and goes nowhere else.</summary>
internal sealed class PublishedSite : IPublishedFiles, IDisposable
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private readonly HttpClient client;
    private readonly Uri place;
    private readonly TimeSpan patience;

    public PublishedSite(Uri place, TimeSpan? patience = null)
    {
        this.place = place.AbsoluteUri.EndsWith('/') ? place : new Uri($"{place.AbsoluteUri}/");
        this.patience = patience ?? DefaultPatience;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 32 }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The address, if it is one of the web; null for the name of a folder.</summary>
    public static Uri? TryParse(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0 ? uri : null;

    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            using var response = await client.GetAsync(new Uri(place, path), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var elsewhere = response.Headers.Location is { } location ? $", which leads to {location}: this goes nowhere else, so name that place" : "";
                throw new PublishedUnreachableException(string.Create(CultureInfo.InvariantCulture, $"{path}: the server answered {(int)response.StatusCode}{elsewhere}."));
            }
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
            {
                if (bytes.Length + read > most)
                {
                    throw new PublishedFileException($"{path} has more than the {most} bytes that are possible.");
                }
                bytes.Write(buffer, 0, read);
            }
            return bytes.ToArray();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new PublishedUnreachableException(string.Create(CultureInfo.InvariantCulture, $"{path}: the server gave no whole answer within {patience.TotalSeconds} seconds."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new PublishedUnreachableException($"{path} can't be had: {e.Message}", e);
        }
    }

    // A web server lists nothing.
    public IEnumerable<string>? Tiles() => null;

    public void Dispose() => client.Dispose();
}
