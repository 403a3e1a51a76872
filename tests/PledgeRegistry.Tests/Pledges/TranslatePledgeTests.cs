using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

public sealed class TranslatePledgeTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly Translation Spanish = new("es", "Atención primaria", "Atención primaria para cada niño migrante.", TranslationStanding.Unofficial);

    private static GivenWhenThen Recorded(params IEvent[] more) => Given([(Stream, new PledgeEvent.Recorded(Pledge())), .. more.Select(e => (Stream, e))]);

    [Fact]
    public void A_translation_names_the_wording_that_it_is_of()
    {
        Recorded().When(new TranslatePledge(Pledge1, Spanish)).ThenRecorded(Stream, new PledgeEvent.Translated(1, Spanish));
        Recorded(new PledgeEvent.Corrected(Pledge() with { Title = "Other" }, "misread")).When(new TranslatePledge(Pledge1, Spanish)).ThenRecorded(Stream, new PledgeEvent.Translated(2, Spanish));
        Recorded(new PledgeEvent.Corrected(Pledge(), "misread"), new PledgeEvent.Amended(Pledge(), new EffectiveDate("2024"), "widened")).When(new TranslatePledge(Pledge1, Spanish))
            .ThenRecorded(Stream, new PledgeEvent.Translated(3, Spanish));
    }

    [Fact]
    public void The_same_translation_of_the_same_wording_decides_nothing()
    {
        Recorded(new PledgeEvent.Translated(1, Spanish)).When(new TranslatePledge(Pledge1, Spanish)).ThenNothing();
        Recorded(new PledgeEvent.Translated(1, Spanish), new PledgeEvent.Corrected(Pledge() with { Due = null }, "misread")).When(new TranslatePledge(Pledge1, Spanish))
            .ThenRecorded(Stream, new PledgeEvent.Translated(2, Spanish));
    }

    [Fact]
    public void Another_translation_replaces_the_one_into_the_same_language()
    {
        var official = Spanish with { Standing = TranslationStanding.Official };
        Recorded(new PledgeEvent.Translated(1, Spanish)).When(new TranslatePledge(Pledge1, official)).ThenRecorded(Stream, new PledgeEvent.Translated(1, official));
        Recorded(new PledgeEvent.Translated(1, Spanish), new PledgeEvent.Translated(1, official)).When(new TranslatePledge(Pledge1, Spanish)).ThenRecorded(Stream, new PledgeEvent.Translated(1, Spanish));
        Recorded(new PledgeEvent.Translated(1, Spanish)).When(new TranslatePledge(Pledge1, Spanish with { Language = "fr" })).ThenRecorded(Stream, new PledgeEvent.Translated(1, Spanish with { Language = "fr" }));
    }

    [Fact]
    public void Nothing_is_translated_into_the_language_of_the_original()
    {
        Recorded().When(new TranslatePledge(Pledge1, Spanish with { Language = "en" })).ThenRefused("original-language", "translation.language");
        Recorded(new PledgeEvent.Corrected(Pledge() with { Language = "es" }, "misread")).When(new TranslatePledge(Pledge1, Spanish)).ThenRefused("original-language", "translation.language");
    }

    [Fact]
    public void A_translation_of_an_IMRF_pledge_may_be_shorter_than_its_original_has_to_be() =>
        Recorded().When(new TranslatePledge(Pledge1, Spanish with { Text = "Sí." })).ThenRecorded(Stream, new PledgeEvent.Translated(1, Spanish with { Text = "Sí." }));

    [Fact]
    public void A_translation_keeps_to_its_form()
    {
        Recorded().When(new TranslatePledge(Pledge1, null!)).ThenRefused("missing", "translation");
        Recorded().When(new TranslatePledge(Pledge1, Spanish with { Language = "español" })).ThenRefused("not-a-language", "translation.language");
        Recorded().When(new TranslatePledge(Pledge1, Spanish with { Title = "" })).ThenRefused("missing", "translation.title");
        Recorded().When(new TranslatePledge(Pledge1, Spanish with { Title = new string('x', 301) })).ThenRefused("too-long", "translation.title");
        Recorded().When(new TranslatePledge(Pledge1, Spanish with { Text = " " })).ThenRefused("missing", "translation.text");
        Recorded().When(new TranslatePledge(Pledge1, Spanish with { Standing = (TranslationStanding)7 })).ThenRefused("unknown-code", "translation.standing");
        Recorded().When(new TranslatePledge("IMRF-2022-0002", Spanish)).ThenRefused("unknown-pledge", "id");
    }
}
