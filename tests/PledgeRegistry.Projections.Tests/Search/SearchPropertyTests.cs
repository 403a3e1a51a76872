using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Search;
using PledgeRegistry.Projections.Tests.Properties;

namespace PledgeRegistry.Projections.Tests.Search;

/// <summary>Held against a search that goes through all rows as of a size, and shares nothing with the index but the list of common words.</summary>
public sealed partial class SearchPropertyTests
{
    [Fact]
    public Task A_search_at_a_size_finds_what_a_look_through_all_rows_as_of_that_size_finds() => Seeded.RunAsync(3, async random =>
    {
        await using var given = await AsOfTests.StoryAsync(random.Random, 250);
        var (asked, found) = (0, 0);
        for (var round = 0; round < 12; round++)
        {
            var size = round == 0 ? given.Size : random.Random.NextInt64(given.Size / 3, given.Size + 1);
            // Words of another time, too: most of them must not be found any more, or not yet.
            var pool = Rows(given, round % 3 == 0 ? given.Size : size).SelectMany(d => d.Texts).Where(t => t.Length > 0).ToArray();
            var rows = Rows(given, size).ToArray();
            for (var i = 0; i < 40; i++)
            {
                var (text, holds) = Question(random.Random, pool);
                var expected = rows.Where(d => holds([.. d.Texts.Append(d.Code)])).Select(d => d.Id).Order(StringComparer.Ordinal).ToArray();
                var view = await given.AsksAsync(new GetSearch(Given.Read(new DateOnly(2024, 1, 1), size), text, Limit: 100));
                Assert.Equal(expected.Length, view.Count);
                if (expected.Length <= 100)
                {
                    Assert.Equal(expected, view.Hits.Select(h => $"{h.Kind} {h.Id}").Order(StringComparer.Ordinal));
                }
                Assert.All(view.Hits, h => Assert.True(h.Title.Concat(h.Text).Any(p => p.Marked) || h.Field is SearchField.Code or SearchField.Name, $"{text}: {h}"));
                asked++;
                found += expected.Length > 0 ? 1 : 0;
            }
        }
        Assert.InRange(found, asked / 3, asked);
    });

    [Fact]
    public Task What_was_found_once_is_found_for_ever_at_that_size() => Seeded.RunAsync(2, async random =>
    {
        await using var given = await Given.ARegistryAsync();
        var story = new RandomStory(given, random.Random);
        var before = new List<(GetSearch Query, byte[] Bytes)>();
        for (var i = 0; i < 6; i++)
        {
            await story.GoOnAsync(30);
            foreach (var text in new[] { "care", "salud border", "الصحه*", "\"for all\" data", "1*" })
            {
                var query = new GetSearch(given.Now, text, Limit: 100);
                before.Add((query, Views.Bytes(await given.AsksAsync(query))));
            }
        }
        await using var again = await Given.OnLogAsync(given.Log);
        foreach (var (query, bytes) in before)
        {
            Views.Same($"{query.Text} at {query.Reading.Size}", bytes, Views.Bytes(await given.AsksAsync(query)));
            Views.Same($"{query.Text} at {query.Reading.Size}, from the start", bytes, Views.Bytes(await again.AsksAsync(query)));
        }
    });

    // What is asked for, and whether somebody who reads all texts of a document finds it there.
    private static (string Text, Func<string[], bool> Holds) Question(Random random, string[] pool)
    {
        while (true)
        {
            var words = Words(pool[random.Next(pool.Length)]);
            var told = words.Where(Tells).ToArray();
            var other = Words(pool[random.Next(pool.Length)]).Where(Tells).ToArray();
            switch (random.Next(4))
            {
                case 0 when told.Length > 0:
                    var one = told[random.Next(told.Length)];
                    return (one, texts => texts.Any(t => Words(t).Contains(one)));
                case 1 when told.Length > 0 && other.Length > 0:
                    var (a, b) = (told[random.Next(told.Length)], (random.Next(2) == 0 ? told : other)[0]);
                    return ($"{b.ToUpperInvariant()} {a}", texts => texts.Any(t => Words(t).Contains(a)) && texts.Any(t => Words(t).Contains(b)));
                case 2 when told.FirstOrDefault(w => w.Length > 2) is { } longer:
                    var beginning = longer[..2];
                    // Only words that tell are in the index, but for those of a code.
                    return ($"{beginning}*", texts => texts.Any(t => Words(t).Any(w => w.StartsWith(beginning, StringComparison.Ordinal) && (Tells(w) || t == texts[^1]))));
                case 3 when words.Length > 1:
                    var at = random.Next(words.Length - 1);
                    var phrase = words[at..Math.Min(words.Length, at + 3)];
                    if (phrase.Any(Tells))
                    {
                        return ($"\"{string.Join(' ', phrase)}\"", texts => texts.Any(t => Follow(Words(t), phrase)));
                    }
                    break;
            }
        }
    }

    private static bool Follow(string[] words, string[] phrase) =>
        Enumerable.Range(0, Math.Max(0, words.Length - phrase.Length + 1)).Any(i => words.AsSpan(i, phrase.Length).SequenceEqual(phrase));

    private static bool Tells(string word) => !CommonWords.Has(word) && (word.Length > 1 || char.IsDigit(word[0]) || word[0] >= '\u2E80');

    private static string[] Words(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKD).Where(c => c != 'ـ' && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)))
        {
            plain.Append(c switch { 'ى' => 'ي', 'ة' => 'ه', 'ٱ' => 'ا', _ => char.ToLowerInvariant(c) });
        }
        return [.. Parted().Split(plain.ToString()).Where(w => w.Length > 0)];
    }

    private static IEnumerable<(string Id, string Code, string[] Texts)> Rows(Given given, long size)
    {
        var (models, reading) = (given.Models, Given.Read(DateOnly.MaxValue, size));
        foreach (var p in models.Pledges.At(size))
        {
            string?[] texts =
            [
                .. p.Wordings.SelectMany(w => w.Content.Milestones.Select(m => m.Text).Concat(w.Content.Indicators.Select(i => i.Text)).Append(w.Content.Title).Append(w.Content.Text).Append(w.Content.Lead)),
                .. p.Translations.GroupBy(t => t.Translation.Language).Select(t => t.Last().Translation).SelectMany(t => new[] { t.Title, t.Text }),
                .. p.Reports.Select(r => r.Report).SelectMany(r => r.Evidence.Select(e => e.Title).Concat([r.Narrative, r.Challenges, r.NextSteps, r.Lesson, r.GoodPractice, r.ReusableMaterial])),
                .. p.Reviews.SelectMany(r => r.Review.Evidence.Select(e => e.Title).Append(r.Review.Reason).Concat(r.Replies.Select(x => x.Text))),
                .. p.Answers.Select(a => a.Text), .. p.Acts.Where(a => a.Did is PartyDid.Accepted or PartyDid.Declined).Select(a => a.Text), .. p.Shares.SelectMany(s => new[] { s.Share.Text, s.Share.Lead }),
            ];
            yield return Of("Pledge", p.Id, p.Id, texts);
        }
        foreach (var i in models.Initiatives.At(reading))
        {
            yield return Of("Initiative", i.Id, i.Id, [.. i.Phases.Select(p => p.Content).SelectMany(c => c.Title.Concat(c.Description).Select(t => t.Value).Concat(c.Partners).Concat(c.Results.Select(r => r.What))
                .Concat(c.Evidence.Select(e => e.Title)).Concat([c.LeadInstitution, c.Challenge, c.Response, c.Lesson, c.GoodPractice, c.ReusableMaterial, c.Needs, c.Offers]))]);
        }
        foreach (var e in models.Exchange.At(reading))
        {
            yield return Of(e.Content.Direction.ToString(), e.Id, e.Id, All(e.Content.Title, e.Content.Description));
        }
        foreach (var p in models.Partnerships.At(size))
        {
            yield return Of("Partnership", p.Id, p.Id, All(p.Content.Names, p.Content.Goal));
        }
        foreach (var p in models.Participants.At(size))
        {
            yield return Of("Participant", p.Code, p.Code, [.. All(p.Names), p.NameInSource]);
        }
        foreach (var m in models.Meetings.Meetings(size))
        {
            yield return Of("Meeting", m.Id, m.Id, [.. All(m.Content.Names), m.Content.Place]);
        }
        foreach (var s in models.Meetings.AllSeries(size))
        {
            yield return Of("Series", s.Code, s.Code, [.. All(s.Settings.Names), s.Settings.Note]);
        }
        foreach (var s in models.Meetings.Sources(size))
        {
            yield return Of("Source", s.Id, s.Id, [s.Document.Title, s.Document.Publisher, s.Document.Note]);
        }
        foreach (var f in models.Frameworks.At(size).Where(f => !f.Opened.CodeList))
        {
            yield return Of("Framework", f.Id, f.Id, All(f.Opened.Names));
            foreach (var item in f.Items)
            {
                yield return Of("FrameworkItem", $"{f.Id}/{item.Code}", item.Code, [.. All(item.Labels, item.Descriptions), item.Note]);
            }
        }
    }

    private static (string Id, string Code, string[] Texts) Of(string kind, string id, string code, string?[] texts) => ($"{kind} {id}", code, [.. texts.OfType<string>()]);

    private static string[] All(params Texts[] all) => [.. all.SelectMany(t => t).Select(t => t.Value)];

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex Parted();
}
