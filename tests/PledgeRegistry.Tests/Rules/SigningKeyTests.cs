using PledgeRegistry.Log;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Rules;

public sealed class SigningKeyTests
{
    private static readonly (string, IEvent) Published = ("registry", new RegistryEvent.SigningKeyPublished(Samples.SigningKey, Samples.SigningKeyPem));
    private static readonly (string, IEvent) Retired = ("registry", new RegistryEvent.SigningKeyRetired(Samples.SigningKey, "lost"));

    [Fact]
    public void The_first_key_sets_the_origin_and_another_signs_beside_it()
    {
        Given().When(new PublishSigningKey(Samples.SigningKey, Samples.SigningKeyPem))
            .ThenRecorded("registry", new RegistryEvent.SigningKeyPublished(Samples.SigningKey, Samples.SigningKeyPem));
        Given(Published).When(new PublishSigningKey(Samples.OtherKey, Samples.OtherKeyPem))
            .ThenRecorded("registry", new RegistryEvent.SigningKeyPublished(Samples.OtherKey, Samples.OtherKeyPem));
        Given(Published).When(new PublishSigningKey(Samples.SigningKey, Samples.SigningKeyPem)).ThenNothing();
    }

    [Fact]
    public void A_key_of_another_name_than_the_origin_is_refused()
    {
        using var other = NoteSigner.NewEcdsa("example.org/another");
        Given(Published).When(new PublishSigningKey(other.Key.ToString(), other.Key.SpkiPem!)).ThenRefused("other-origin", "verifierKey");
        Given(Published, Retired).When(new PublishSigningKey(other.Key.ToString(), other.Key.SpkiPem!)).ThenRefused("other-origin", "verifierKey");
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org/log+00000000+ATtqJ7zOtqTWKjqNAqb8Djce1OV1zFOnQ+yi4Lw/uxE=")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void What_is_no_key_of_a_log_is_refused(string line) => Given().When(new PublishSigningKey(line, Samples.SigningKeyPem)).ThenRefused("not-a-verifier-key", "verifierKey");

    [Fact]
    public void A_key_of_a_kind_that_is_not_known_is_refused() =>
        Given().When(new PublishSigningKey(new VerifierKey("example.org/log", 0x7f, new byte[] { 1 }).ToString(), Samples.SigningKeyPem)).ThenRefused("not-a-verifier-key", "verifierKey");

    [Fact]
    public void Both_forms_are_of_the_same_key() =>
        Given().When(new PublishSigningKey(Samples.SigningKey, Samples.OtherKeyPem)).ThenRefused("keys-differ", "spkiPem");

    [Fact]
    public void A_key_is_retired_once_with_a_reason_and_never_comes_back()
    {
        Given(Published).When(new RetireSigningKey(Samples.SigningKey, "lost")).ThenRecorded("registry", new RegistryEvent.SigningKeyRetired(Samples.SigningKey, "lost"));
        Given(Published, Retired).When(new RetireSigningKey(Samples.SigningKey, "again")).ThenNothing();
        Given(Published, Retired).When(new PublishSigningKey(Samples.SigningKey, Samples.SigningKeyPem)).ThenRefused("key-retired", "verifierKey");
        Given(Published).When(new RetireSigningKey(Samples.SigningKey, "")).ThenRefused("missing", "reason");
        Given(Published).When(new RetireSigningKey(Samples.OtherKey, "lost")).ThenRefused("unknown-key", "verifierKey");
    }

    [Fact]
    public void Each_key_is_listed_with_the_sizes_that_it_may_sign()
    {
        var state = new (string Stream, IEvent Event)[]
        {
            ("registry", new RegistryEvent.Opened(Texts.Of(("en", "A registry")), Demonstration: false)),
            Published, ("registry", new RegistryEvent.SigningKeyPublished(Samples.OtherKey, Samples.OtherKeyPem)),
            ("registry", new RegistryEvent.OpeningDataLoaded("base", "1")), Retired,
        }.Aggregate(RegistryState.Empty, (s, h) => s.Evolve(h.Stream, h.Event));
        Assert.Equal((5, "example.org/log"), (state.Size, state.Origin));
        Assert.Equal([(2, 4L, false), (3, null, true)], state.SigningKeys.Select(k => (k.SignsFrom, k.SignsTo, k.Active)));
    }
}
