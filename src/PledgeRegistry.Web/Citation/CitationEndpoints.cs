using System.Text;
using System.Text.Json;
using PledgeRegistry.Web.Api;

namespace PledgeRegistry.Web.Citation;

/// <summary>
/// Citations for programs: as JSON, and the files that reference managers read. They name the host that they were asked
/// for at, so they are no read of the API, which is the same bytes on every host.
/// </summary>
internal static class CitationEndpoints
{
    private const string Missing = "nothing-to-cite";

    public static IReadOnlyList<ReadEndpoint> All { get; } =
    [
        new("/api/citation", CitationView.View, Missing, ["of"], request =>
        {
            var of = request.Address("of");
            return _ => Task.FromResult(request.Citations.Make(of) is { } made ? JsonSerializer.SerializeToUtf8Bytes(made, ApiJson.Options) : default(ReadOnlyMemory<byte>?));
        }),
        Of("bib", CitationFiles.BibtexType, f => f.Bibtex()),
        Of("ris", CitationFiles.RisType, f => f.Ris()),
    ];

    public static void MapCitations(this IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in All)
        {
            routes.MapMethods(endpoint.Pattern, [HttpMethods.Get, HttpMethods.Head], endpoint.AnswerAsync);
        }
    }

    private static ReadEndpoint Of(string ending, string mediaType, Func<CitationFiles, string> write) => new($"/cite.{ending}", CitationView.View, Missing, ["of"], request =>
    {
        var of = request.Address("of");
        return _ =>
        {
            if (request.Citations.Files(of) is not { } files)
            {
                return Task.FromResult<ReadOnlyMemory<byte>?>(null);
            }
            request.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"{files.Name}.{ending}\"";
            return Task.FromResult<ReadOnlyMemory<byte>?>(Encoding.UTF8.GetBytes(write(files)));
        };
    })
    { MediaType = mediaType };
}
