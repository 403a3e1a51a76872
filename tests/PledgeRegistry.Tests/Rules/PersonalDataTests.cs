using System.Text.Json;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Rules;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Write to ana.perez@salud.example.org today", "email-address", 10)]
    [InlineData("(focal.point+rcm@example.cr)", "email-address", 2)]
    [InlineData("josé@correo.example", "email-address", 1)]
    [InlineData("Call +506 2222 3333", "telephone-number", 6)]
    [InlineData("Call +1 (202) 555-0123.", "telephone-number", 6)]
    [InlineData("+50322223333", "telephone-number", 1)]
    [InlineData("Tel.: 2222-3333", "telephone-number", 1)]
    [InlineData("Teléfono: (506) 2222 3333", "telephone-number", 1)]
    [InlineData("WhatsApp no.: 8888 9999", "telephone-number", 1)]
    [InlineData("Passport No. A1234567", "document-number", 1)]
    [InlineData("su cédula: 1-2345-6789", "document-number", 4)]
    [InlineData("DUI 01234567-8", "document-number", 1)]
    [InlineData("PEPJ800101HDFRRN09 crossed", "document-number", 1)]
    public void What_reaches_or_identifies_a_person_is_seen(string text, string code, int character)
    {
        var seen = PersonalData.Find(text);
        Assert.Equal((code, character), (seen?.Code, seen?.Character));
    }

    [Theory]
    [InlineData("General Assembly resolution 73/195 of 19 December 2018")]
    [InlineData("A/RES/73/195, A/CONF.231/3, WHA61.17, EB140/24, document N1845199")]
    [InlineData("between 2016-09-28 and 2016-09-29, in 2019, 2020, 2021 and 2022")]
    [InlineData("USD 1,250,000 and 10 000 000 people; +12,500,000; 3.141592653")]
    [InlineData("indicators 3.8.1 + 10.7.2 + 17.18.1")]
    [InlineData("passports 2016-2017 were issued free of charge to 120000 people")]
    [InlineData("mobile clinics served 1200000 people, telephone advice 3500000")]
    [InlineData("ISO 3166-1, ISO 8601-2:2019, RFC 8785")]
    [InlineData("@IOM_news and the account @ the forum")]
    [InlineData("2022-2026, 28–29 September 2016, 04/05/2022")]
    [InlineData("ISBN 978-92-4-156530-1, DOI 10.1016/S0140-6736(18)32114-7")]
    public void What_reports_are_full_of_passes(string text) => Assert.Null(PersonalData.Find(text));

    [Fact]
    public void An_address_of_the_web_may_have_an_at_sign_but_no_e_mail_address()
    {
        Assert.Null(PersonalData.FindEmailAddress("https://medium.example/@iom/post-12345678"));
        Assert.NotNull(PersonalData.FindEmailAddress("https://example.org/?to=ana@example.org"));
    }

    [Fact]
    public void A_command_with_such_a_text_is_refused_with_where_it_is_and_without_repeating_it()
    {
        var content = SampleRegistry.Recommendation() with { Text = "Write to ana.perez@example.org." };
        var decided = Given().When(new PledgeRegistry.Pledges.RecordPledge(content, [])).ThenRefused("email-address", "content.text");
        var refusal = Assert.Single(((Decision.Refused)decided.Decision).Reasons);
        Assert.Equal(["10"], refusal.Args);
        Assert.DoesNotContain("ana.perez", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_opening_data_passes_the_rule()
    {
        var assembly = typeof(RegistryState).Assembly;
        var texts = assembly.GetManifestResourceNames().Where(n => n.StartsWith("OpeningData/", StringComparison.Ordinal)).SelectMany(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var json = JsonDocument.Parse(stream);
            return Strings(json.RootElement.Clone()).Select(text => (name, text)).ToList();
        }).ToList();
        Assert.True(texts.Count > 1_000, $"Only {texts.Count} texts were read.");
        Assert.DoesNotContain(texts, t => PersonalData.Find(t.text) is not null);
    }

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Strings(p.Value)),
        _ => [],
    };
}
