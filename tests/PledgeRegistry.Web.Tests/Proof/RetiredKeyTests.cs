using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Proof;

public sealed class RetiredKeyTests
{
    [Fact]
    public async Task A_retired_key_is_said_to_have_been_able_to_sign_for_it_may_never_have()
    {
        await using var registry = await TestRegistry.StartAsync();
        var writer = registry.Host.Node.Writer;
        var key = VerifierKey.OfEd25519(SignedHost.Origin, Ed25519.PublicKey(Ed25519.NewSeed()));
        Assert.IsType<Outcome.Recorded>(await writer.SubmitAsync(new PublishSigningKey(key.ToString(), key.SpkiPem!), LocalOperator.For(null), "published"));
        var from = registry.Size;
        Assert.IsType<Outcome.Recorded>(await writer.SubmitAsync(new RetireSigningKey(key.ToString(), "A test."), LocalOperator.For(null), "retired"));
        foreach (var (language, could) in new[] { ("en", "It could sign sizes from "), ("es", "Podía firmar "), ("fr", "Pouvait signer "), ("ar", "كان يمكنه ") })
        {
            var (_, page) = await registry.GetAsync($"/proof?lang={language}");
            Assert.Contains($"<p>{could}", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        }
        Assert.Equal(from, registry.Host.Node.Registry.State.SigningKeys.Single().SignsTo);
    }
}
