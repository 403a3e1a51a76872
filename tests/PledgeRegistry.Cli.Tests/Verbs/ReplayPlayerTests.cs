using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Cli.Verbs;
using PledgeRegistry.Engines;
using PledgeRegistry.Projections.Time;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class ReplayPlayerTests(Registries registries)
{
    [Fact]
    public async Task Keys_step_back_and_forth_and_jump_and_never_leave_the_range()
    {
        var sizes = await PlayAsync(60, playing: false, ConsoleKey.RightArrow, ConsoleKey.Spacebar, ConsoleKey.LeftArrow, ConsoleKey.End, ConsoleKey.RightArrow, ConsoleKey.PageUp, ConsoleKey.Home, ConsoleKey.LeftArrow,
            ConsoleKey.D7, ConsoleKey.D0, ConsoleKey.Enter, ConsoleKey.Enter, ConsoleKey.X);
        Assert.Equal("60 61 62 61 80 80 70 50 50 50 50 70 71 71", sizes);
    }

    [Fact]
    public async Task Played_it_goes_on_by_itself_to_the_end_and_p_pauses_it()
    {
        // No key comes in time, three times; then it is paused, and only a key moves it.
        Assert.Equal("60 61 62 63 63 62", await PlayAsync(60, playing: true, null, null, null, ConsoleKey.P, ConsoleKey.LeftArrow));
        // At the end it stands still; played again, it starts over.
        Assert.Equal("79 80 80 50 51", await PlayAsync(79, playing: true, null, ConsoleKey.P, null));
    }

    [Fact]
    public async Task A_frame_fits_the_terminal_and_names_the_entry_that_made_it()
    {
        var screen = new Screen([]);
        await using var session = await OpenAsync();
        await new ReplayPlayer(new ReplayFrames(session, ReplayFrames.Grid, "2022"), screen, 0, session.Reading.Size).RunAsync(session.Reading.Size, playing: false, 5, default);
        var lines = Assert.Single(screen.Frames).Split('\n');
        Assert.InRange(lines.Length, 6, screen.Height);
        Assert.All(lines, l => Assert.InRange(l.Length, 0, screen.Width));
        Assert.StartsWith($"{session.Reading.Size - 1}  ", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Contains("more lines", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_cancelled_where_it_waits()
    {
        await using var session = await OpenAsync();
        var player = new ReplayPlayer(new ReplayFrames(session, ReplayFrames.FollowUp, "2022"), new Screen([null, null]) { Cancels = true }, 0, 10);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => player.RunAsync(5, playing: true, 1000, default));
    }

    [Fact]
    public async Task Redirected_every_entry_has_a_line_and_the_view_stands_where_it_changed()
    {
        var run = (await Tool.RunAsync(registries.Sample, "replay", "--play", "--from", "60", "--on", "2026-05-10")).Succeeded();
        var entries = run.Lines.Where(l => !l.StartsWith("    ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Enumerable.Range(60, entries.Length).Select(i => $"{i}"), entries.Select(l => l.Split(' ')[0]));
        var frames = run.Lines.Count(l => l.StartsWith("    total ", StringComparison.Ordinal));
        Assert.InRange(frames, 2, entries.Length - 1);
        var followUp = (await Tool.RunAsync(registries.Sample, "replay", "--view", "follow-up", "--from", "60", "--on", "2026-05-10")).Succeeded();
        Assert.Contains(followUp.Lines, l => l == "    IMRF 2022");
        Assert.InRange(followUp.Lines.Select(l => l.Trim()).Where(l => l.StartsWith("all ", StringComparison.Ordinal)).Distinct().Count(), 2, 20);
        Assert.DoesNotContain('\x1b', run.Output);
        (await Tool.RunAsync(registries.Sample, "replay", "--play", "--speed", "0")).FailedWith(2, "--speed: Give 0.1 to 1000 entries a second.");
    }

    private async Task<string> PlayAsync(long size, bool playing, params ConsoleKey?[] keys)
    {
        await using var session = await OpenAsync();
        var screen = new Screen(keys);
        await new ReplayPlayer(new ReplayFrames(session, ReplayFrames.Grid, "2022"), screen, 50, 80).RunAsync(size, playing, 5, default);
        return string.Join(' ', screen.Frames.Select(f => f.Split(' ')[0]));
    }

    private Task<ReadSession> OpenAsync()
    {
        var folder = DataFolder.Choose(registries.Sample);
        return ReadSession.OpenAsync(folder, LogAddress.Choose(folder, null), new BasisRequest(On: "2026-05-10"), "en", _ => { }, default);
    }

    // Presses these keys, null being none in time, and then q.
    private sealed class Screen(ConsoleKey?[] keys) : IReplayScreen
    {
        private int pressed;

        public List<string> Frames { get; } = [];
        public bool Cancels { get; init; }
        public int Width => 60;
        public int Height => 12;

        public void Draw(string frame) => Frames.Add(frame);

        public Task<ConsoleKeyInfo?> KeyAsync(TimeSpan? within, CancellationToken cancel)
        {
            if (Cancels && pressed == keys.Length)
            {
                return Task.FromCanceled<ConsoleKeyInfo?>(new CancellationToken(canceled: true));
            }
            var key = pressed < keys.Length ? keys[pressed++] : ConsoleKey.Q;
            Assert.True(key is not null || within is not null, "It waits for a key for ever, and none comes.");
            return Task.FromResult<ConsoleKeyInfo?>(key is { } k ? new ConsoleKeyInfo(k is >= ConsoleKey.D0 and <= ConsoleKey.D9 ? (char)('0' + (k - ConsoleKey.D0)) : '\0', k, false, false, false) : null);
        }
    }
}
