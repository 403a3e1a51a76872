using System.Collections.Concurrent;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Properties;

public sealed class ReadersBesideTheWriterTests
{
    private const int Readers = 3, Rounds = 8;

    [Fact]
    public Task A_fixed_basis_always_gives_the_same_bytes_while_somebody_writes() => Seeded.RunAsync(1, async random =>
    {
        await using var given = await AsOfTests.StoryAsync(random.Random, 60);
        var reading = given.At("2026-06-01");
        var expected = new List<byte[]>();
        foreach (var (_, ask) in Views.All)
        {
            expected.Add(await ask(given, reading));
        }
        await BesideAsync(given, random.Random, async () =>
        {
            for (var i = 0; i < Views.All.Count; i++)
            {
                // Some views go by the ids that there are; ids that the basis doesn't know leave nothing.
                Views.Same(Views.All[i].Name, expected[i], await Views.All[i].Ask(given, reading));
            }
        });
    });

    [Fact]
    public Task A_reader_at_the_head_sees_nothing_from_beyond_its_basis_and_the_same_again_later() => Seeded.RunAsync(1, async random =>
    {
        await using var given = await AsOfTests.StoryAsync(random.Random, 20);
        var seen = new ConcurrentBag<(Reading Reading, string Name, byte[] Bytes)>();
        await BesideAsync(given, random.Random, async () =>
        {
            var reading = given.At("2026-06-01");
            var history = await given.AsksAsync(new GetHistory(reading, NewestFirst: true, Limit: 5));
            Assert.Equal((reading.Size, reading.Size - 1), (history.Count, history.Lines[0].Position));
            Assert.All((await given.AsksAsync(new ListPledges(reading))).Pledges, p => Assert.InRange(p.Position, 0, reading.Size - 1));
            Assert.All(given.Models.Pledges.At(reading.Size), row => Assert.InRange(row.LastPosition, 0, reading.Size - 1));
            foreach (var (name, ask) in Views.OfADay)
            {
                seen.Add((reading, name, await ask(given, reading)));
            }
        });
        Assert.True(seen.Select(s => s.Reading.Size).Distinct().Count() >= Rounds);
        foreach (var (reading, name, bytes) in seen)
        {
            Views.Same($"{name} at {reading.Size}", bytes, await Views.All.Single(v => v.Name == name).Ask(given, reading));
        }
    });

    // Each reader reads so often, each time after more was written; the writer goes on until they are done.
    private static async Task BesideAsync(Given given, Random random, Func<Task> read)
    {
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var story = new RandomStory(given, random);
            while (!done.IsCancellationRequested)
            {
                await story.GoOnAsync(1);
                await Task.Delay(1);
            }
        });
        var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var size = given.Size;
                await read();
                await given.Registry.WaitForAsync(size + 1);
            }
        })));
        await Task.WhenAny(reading, writing);
        await done.CancelAsync();
        await writing;
        await reading;
    }
}
