using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PledgeRegistry.Faults.Client;

/// <summary>One command as it is sent.</summary>
/// <param name="Mark">A text that is in this payload and in no other.</param>
internal sealed record Payload(string Key, string Mark, string Path, string Body, bool Valid)
{
    // Of the opening data: all reports go to one stream, so that callers are in each other's way.
    private const string Pledge = "RCM-2016-0037";
    private const string Party = "CAN";

    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Path}\n{Body}")));

    public static Payload Make(Random random, string key, string mark, bool valid)
    {
        if (random.Next(3) == 0)
        {
            // A refused one lacks its title.
            var id = $"s-{mark}";
            object source = valid
                ? new { id, title = $"A title, {mark}", language = "en", sha256 = new string('b', 64) }
                : new { id, title = "", note = mark, language = "en", sha256 = new string('b', 64) };
            return new Payload(key, mark, "/api/sources", JsonSerializer.Serialize(source), valid);
        }
        var report = new
        {
            report = new
            {
                party = valid ? Party : "QQQ", status = "in-progress", effectiveOn = new { date = string.Create(CultureInfo.InvariantCulture, $"20{random.Next(17, 26)}-{random.Next(1, 13):00}") },
                narrative = $"Done so far: {mark}. {new string('x', random.Next(600))}", language = "en",
            },
        };
        return new Payload(key, mark, $"/api/pledges/{Pledge}/reports", JsonSerializer.Serialize(report), valid);
    }

    public HttpRequestMessage ToRequest(Uri node)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, Path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", Key);
        return request;
    }
}
