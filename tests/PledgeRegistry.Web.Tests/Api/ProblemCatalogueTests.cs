using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

public sealed partial class ProblemCatalogueTests
{
    [Fact]
    public void Every_code_that_the_registry_refuses_with_is_explained()
    {
        var root = Path.GetFullPath(Path.Combine(SourceFiles.FolderOf(File()), "..", "..", ".."));
        var codes = Directory.EnumerateFiles(Path.Combine(root, "src", "PledgeRegistry"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "projections"), "*.cs", SearchOption.AllDirectories))
            .SelectMany(f => Code().Matches(System.IO.File.ReadAllText(f)).Select(m => m.Groups["code"].Value)).Distinct().ToArray();
        Assert.True(codes.Length > 60, $"Only {codes.Length} codes were found in the source.");
        Assert.Contains("too-short", codes);
        Assert.Contains("telephone-number", codes);
        string[] unexplained = [.. codes.Where(c => ProblemCatalogue.Find(c) is null)];
        Assert.Empty(unexplained);
    }

    [Fact]
    public void Every_problem_says_what_is_wrong_and_how_to_mend_it_in_sentences() =>
        Assert.All(ProblemCatalogue.All, kind =>
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", kind.Code);
            Assert.Matches("^[A-Z].*[.]$", kind.Title);
            Assert.Matches("^[A-Z].*[.]$", kind.Mend);
        });

    [Theory]
    [InlineData(RefusalKind.Invalid, 422)]
    [InlineData(RefusalKind.NotFound, 404)]
    [InlineData(RefusalKind.Conflict, 409)]
    [InlineData(RefusalKind.Stale, 412)]
    [InlineData(RefusalKind.Forbidden, 403)]
    public void The_kind_of_a_refusal_is_its_status(RefusalKind kind, int status) =>
        Assert.Equal(status, Refusals.ToProblem([new Refusal("missing", "m", null, kind)]).Status);

    [Fact]
    public void Every_kind_has_a_status() =>
        Assert.All(Enum.GetValues<RefusalKind>(), kind => Assert.InRange(Refusals.ToProblem([new Refusal("missing", "m", null, kind)]).Status, 400, 499));

    [Fact]
    public void A_code_that_is_not_in_the_catalogue_is_still_answered() =>
        Assert.Equal("refused", Refusals.ToProblem([new Refusal("never-heard-of", "m")]).Kind.Code);

    [Fact]
    public async Task An_outcome_that_can_not_be_known_says_to_try_again_with_the_same_key()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await Receipts.AnswerAsync(context, new Outcome.Unknown("The disk is slow."));
        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("5", context.Response.Headers.RetryAfter);
        context.Response.Body.Position = 0;
        var problem = (await JsonDocument.ParseAsync(context.Response.Body)).RootElement;
        Assert.Equal("/problems/outcome-unknown", problem.GetProperty("type").GetString());
        Assert.Contains("same idempotency key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    // A word as a string, and then, as the next string, a sentence or "a thing that was seen" in it.
    [GeneratedRegex("""(?:That\((?:[^;"]|"[^"]*")*?|Refusal\(|new\(|Wrong\("[a-zA-Z]+", |Seen\([^;"]*?|code = )"(?<code>[a-z]+(?:-[a-z0-9]+)*)"(?=,\s*(?:[^";]*?\?\s*)?\$?"(?:[A-Z'{a]))""")]
    private static partial Regex Code();

    private static string File([CallerFilePath] string path = "") => path;
}
