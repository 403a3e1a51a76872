using System.Diagnostics;
using System.Runtime.CompilerServices;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using Xunit.Abstractions;

namespace PledgeRegistry.Tests.Guard;

/// <summary>
/// The guard of personal data, measured: on prose that holds none (a false alarm keeps somebody from recording a fact), and
/// on identifiers that were planted (one that isn't seen stays for ever).
/// </summary>
public sealed class GuardTests(ITestOutputHelper output)
{
    private const double LeastFound = 0.95;

    // Sentences in which the guard sees what isn't there. None is known: a new one is listed here only if no pattern can tell it apart.
    private static readonly string[] KnownFalseAlarms = [];

    private static readonly (string Language, string Origin, string Text)[] Prose = [.. Lines("corpus.tsv").Select(l => (l[0], l[1], l[2]))];

    private static readonly (string Code, string Text)[] Planted = [.. Lines("planted.tsv").Select(l => (l[0], l[1]))];

    [Fact]
    public void There_is_enough_to_measure_by()
    {
        Assert.True(Prose.Length > 700, $"{Prose.Length} sentences.");
        Assert.Equal(["ar", "en", "es", "fr"], Prose.Select(p => p.Language).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Planted.Length >= 60, $"{Planted.Length} identifiers.");
        Assert.Equal(Planted.Length, Planted.Select(p => p.Text).Distinct().Count());
        Assert.Equal(["document-number", "email-address", "telephone-number"], Planted.Select(p => p.Code).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Prose_without_personal_data_passes()
    {
        var alarms = Prose.Where(p => !KnownFalseAlarms.Contains(p.Text)).Select(p => (p.Text, Seen: PersonalData.Find(p.Text))).Where(p => p.Seen is not null).ToArray();
        Assert.True(alarms.Length == 0, $"{alarms.Length} false alarms:\n{string.Join('\n', alarms.Select(a => $"{a.Seen!.Code} at {a.Seen.Character}: {a.Text}"))}");
    }

    [Fact]
    public void A_whole_text_of_prose_passes()
    {
        foreach (var text in Prose.GroupBy(p => p.Language).SelectMany(g => g.Chunk(25)))
        {
            var whole = string.Join(' ', text.Select(p => p.Text));
            Assert.True(PersonalData.Find(whole) is null, $"{PersonalData.Find(whole)?.Code}: {Around(whole, PersonalData.Find(whole)?.Character ?? 0)}");
        }
    }

    [Fact]
    public void What_was_planted_is_found()
    {
        var missed = Planted.Where(p => PersonalData.Find(p.Text)?.Code != p.Code).ToArray();
        var found = Planted.Length - missed.Length;
        var alarms = Prose.Count(p => PersonalData.Find(p.Text) is not null);
        output.WriteLine($"Identifiers: {found} of {Planted.Length} found (recall {(double)found / Planted.Length:P1}); prose: {alarms} false alarms in {Prose.Length} sentences (precision {(double)found / Math.Max(1, found + alarms):P1}).");
        foreach (var (code, text) in missed)
        {
            output.WriteLine($"Missed: {code}: {text} (seen: {PersonalData.Find(text)?.Code ?? "nothing"})");
        }
        Assert.True(found >= LeastFound * Planted.Length, $"{found} of {Planted.Length} found; missed:\n{string.Join('\n', missed.Select(m => $"{m.Code}: {m.Text} (seen: {PersonalData.Find(m.Text)?.Code ?? "nothing"})"))}");
    }

    /// <summary>In the middle of a long text an identifier is seen where it stands.</summary>
    [Fact]
    public void What_was_planted_is_found_in_the_middle_of_prose()
    {
        var before = string.Join(' ', Prose.Where(p => p.Language == "en").Take(10).Select(p => p.Text)) + "\n";
        foreach (var (code, text) in Planted.Where(p => PersonalData.Find(p.Text)?.Code == p.Code))
        {
            var seen = PersonalData.Find($"{before}{text} \nIt is in force.");
            Assert.True(seen?.Code == code && seen.Character > before.Length, $"{code}: {text}: {seen}");
        }
    }

    /// <summary>The patterns cost much: no text in which they would see something is kept from them.</summary>
    [Fact]
    public void Where_no_number_is_looked_for_the_patterns_see_none()
    {
        var (seen, spared) = (0, 0);
        Seeded.Run(20_000, random =>
        {
            var text = random.Random.Next(4) == 0 ? Changed(random.Random, Planted[random.Random.Next(Planted.Length)].Text) : Composed(random.Random);
            var found = PersonalData.FindNumber(text);
            seen += found is null ? 0 : 1;
            spared += PersonalData.MayHoldNumber(text) ? 0 : 1;
            // A number of fewer digits was never looked for.
            Assert.True(found is null || text.Count(char.IsDigit) < 6 || PersonalData.MayHoldNumber(text), $"{found?.Code} in: {text}");
        });
        output.WriteLine($"{seen} numbers were seen, {spared} texts spared.");
        Assert.InRange(seen, 1_000, int.MaxValue);
        Assert.InRange(spared, 1_000, int.MaxValue);
        Assert.All(Prose.Select(p => p.Text).Concat(Planted.Select(p => p.Text)), t => Assert.True(PersonalData.FindNumber(t) is null || PersonalData.MayHoldNumber(t), t));
    }

    /// <summary>With as few digits as their forms have.</summary>
    [Theory]
    [InlineData("dial 001 12 34 from abroad")]
    [InlineData("from abroad 001 12 34")]
    [InlineData("PEPJ800101AB1 crossed")]
    [InlineData("In 1 fax 123456")]
    [InlineData("In 1 call (12) 345")]
    [InlineData("In 1 visa abcd-1efgh2ijkl3mnop4q5")]
    public void The_shortest_numbers_are_found(string text)
    {
        Assert.NotNull(PersonalData.FindNumber(text));
        Assert.NotNull(PersonalData.Find(text));
    }

    // A word that numbers follow, of the guard's patterns, and a number of any shape, of the digits of two scripts.
    private static string Composed(Random random)
    {
        string[] words =
        [
            "tel", "tels", "telephone", "tele phone", "phone", "mobile", "cell phone", "landline", "hotline", "helpline", "fax", "WhatsApp", "tél", "Téléphone", "portable", "teléfono", "móvil", "celular", "cel", "هاتف", "الجوال", "موبايل", "واتساب", "فاكس",
            "call", "dial", "text us at", "contact", "reached at", "llame al", "llámenos", "llamadas", "marque", "marcando", "comuníquese", "escríbanos", "la línea", "LINEA", "appelez", "composez", "joignable au", "numéro", "اتصل", "الاتصال", "الرقم",
            "passport", "Pasaporte", "passeport", "travel document", "travel certificate", "visa", "identity card", "national id", "id\u00A0card", "carte d’identité", "titre de séjour", "documento único de identidad", "tarjeta de residente", "carné", "carnet",
            "cédula", "cedula", "identificación", "DUI", "CURP", "DNI", "NIF", "SSN", "social security", "seguridad social", "seguro social", "social insurance", "alien", "USCIS", "green card", "refugee id", "asylum case", "UNHCR file", "ACNUR", "HCR",
            "registro de refugiados", "solicitante de asilo", "SIN", "INE", "NIT", "NIE", "DPI", "CUI", "RTN", "NSS", "RNM", "جواز سفر", "بطاقة هوية", "الهوية", "الرقم الوطني", "رقم اللاجئ", "بطاقة اللجوء",
            "it is", "A", "ABCD", "+", "", "in",
        ];
        string[] between = ["", " ", ": ", " no. ", " n.º ", " #", "-", " is ", " was "];
        string[] within = ["", "", "", " ", "-", ".", "–", ") ", "(", "a", "ab-cde", ", ", " and "];
        var digits = random.Next(5) == 0 ? "٠١٢٣٤٥٦٧٨٩" : "0123456789";
        var number = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => digits[random.Next(10)])) + within[random.Next(within.Length)]));
        var word = words[random.Next(words.Length)];
        return $"Write 1 {(random.Next(3) == 0 ? word.ToUpperInvariant() : word)}{between[random.Next(between.Length)]}{number}{(random.Next(3) == 0 ? "HABCDEF01" : " today")}";
    }

    private static string Changed(Random random, string text)
    {
        var at = random.Next(text.Length);
        return random.Next(3) switch { 0 => text.Remove(at, 1), 1 => text.Insert(at, " -.(1a"[random.Next(6)].ToString()), _ => text + text };
    }

    [Theory]
    [InlineData("12345, ")]
    [InlineData("1234567890")]
    [InlineData("1-2-3-4-")]
    [InlineData("passport no ")]
    [InlineData("call call call call ")]
    [InlineData("(1) 234 ")]
    [InlineData("a.b.c.d.e at ")]
    [InlineData("name (at) host dot ")]
    [InlineData("x@y@z@")]
    [InlineData("٠١٢٣ ٤٥٦ ")]
    [InlineData("UNHCR A-12 34 ")]
    [InlineData("2019-2020 ")]
    public void No_text_takes_long(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        PersonalData.Find(text[..200]);
        var watch = Stopwatch.StartNew();
        PersonalData.Find(text);
        PersonalData.Find(text + "!");
        // Two hundred times a long text, with much room for a slow machine; what backtracks takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{piece}: {watch.Elapsed}");
        output.WriteLine($"{piece}: {watch.Elapsed.TotalMilliseconds:N0} ms");
    }

    private static string Around(string text, int character) => text[Math.Max(0, character - 40)..Math.Min(text.Length, character + 60)];

    private static IEnumerable<string[]> Lines(string file, [CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(SourceFiles.FolderOf(here), file)).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'));
}
