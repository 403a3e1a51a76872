using System.Globalization;
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
    public async Task Another_speed_or_a_key_that_means_nothing_does_not_pause_it_and_a_step_does()
    {
        var frames = await FramesAsync(60, playing: true, 5, new Clock(), [Plus, null, Minus, Minus, null, Of(ConsoleKey.X), null, Of(ConsoleKey.Spacebar), Plus]);
        Assert.Equal(
            ["60 playing, 5 a second", "60 playing, 10 a second", "61 playing, 10 a second", "61 playing, 5 a second", "61 playing, 2.5 a second", "62 playing, 2.5 a second", "62 playing, 2.5 a second", "63 playing, 2.5 a second", "64 paused", "64 paused"],
            frames.Select(f => $"{f.Split(' ')[0]} {f.Split('(', ')')[1]}"));
        foreach (var key in new[] { ConsoleKey.RightArrow, ConsoleKey.LeftArrow, ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.PageDown, ConsoleKey.PageUp, ConsoleKey.Home, ConsoleKey.End, ConsoleKey.Enter, ConsoleKey.Backspace, ConsoleKey.P })
        {
            Assert.Contains("(paused)", (await FramesAsync(60, playing: true, 5, new Clock(), [Of(key)]))[^1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1000, 1, 1)]
    [InlineData(200, 1, 7)]
    [InlineData(200, 25, 3)]
    [InlineData(40, 20, 18)]
    [InlineData(5, 20, 25)]
    [InlineData(0.5, 20, 10)]
    public async Task Played_it_shows_as_many_entries_a_second_as_it_says_however_long_a_frame_takes(double speed, int milliseconds, int frames)
    {
        var clock = new Clock { Drawing = TimeSpan.FromMilliseconds(milliseconds) };
        var sizes = (await FramesAsync(50, playing: true, speed, clock, new ConsoleKeyInfo?[frames])).Select(f => int.Parse(f.Split(' ')[0], CultureInfo.InvariantCulture)).ToArray();
        // The last frame took its time after the last entry was due.
        var due = (clock.Passed - clock.Drawing).TotalSeconds * speed;
        Assert.InRange(sizes[^1] - 50, due - 1.01, due + 0.01);
        Assert.Equal(sizes.Order(), sizes);
    }

    [Fact]
    public async Task A_pause_does_not_count_as_time_played()
    {
        var clock = new Clock();
        var frames = await FramesAsync(60, playing: true, 5, clock, [null, Of(ConsoleKey.P), Of(ConsoleKey.X), Of(ConsoleKey.P), null], pause: TimeSpan.FromSeconds(60));
        Assert.Equal(["60", "61", "61", "61", "61", "62"], frames.Select(f => f.Split(' ')[0]));
    }

    [Fact]
    public async Task A_frame_fits_the_terminal_and_names_the_entry_that_made_it()
    {
        var screen = new Screen([]);
        await using var session = await OpenAsync();
        await new ReplayPlayer(new ReplayFrames(session, ReplayFrames.Grid, "2022"), screen, 0, session.Reading.Size, new Clock()).RunAsync(session.Reading.Size, playing: false, 5, default);
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
        var player = new ReplayPlayer(new ReplayFrames(session, ReplayFrames.FollowUp, "2022"), new Screen([null, null]) { Cancels = true }, 0, 10, new Clock());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => player.RunAsync(5, playing: true, 5, default));
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
        var frames = await FramesAsync(size, playing, 5, new Clock(), [.. keys.Select(k => k is { } key ? Of(key) : (ConsoleKeyInfo?)null)]);
        return string.Join(' ', frames.Select(f => f.Split(' ')[0]));
    }

    private async Task<List<string>> FramesAsync(long size, bool playing, double speed, Clock clock, ConsoleKeyInfo?[] keys, TimeSpan pause = default)
    {
        await using var session = await OpenAsync();
        var screen = new Screen(keys) { Clock = clock, Pause = pause };
        await new ReplayPlayer(new ReplayFrames(session, ReplayFrames.Grid, "2022"), screen, 50, 80, clock).RunAsync(size, playing, speed, default);
        return screen.Frames;
    }

    private static readonly ConsoleKeyInfo Plus = new('+', ConsoleKey.OemPlus, true, false, false), Minus = new('-', ConsoleKey.OemMinus, false, false, false);

    private static ConsoleKeyInfo Of(ConsoleKey key) => new(key is >= ConsoleKey.D0 and <= ConsoleKey.D9 ? (char)('0' + (key - ConsoleKey.D0)) : '\0', key, false, false, false);

    private Task<ReadSession> OpenAsync()
    {
        var folder = DataFolder.Choose(registries.Sample);
        return ReadSession.OpenAsync(folder, LogAddress.Choose(folder, null), new BasisRequest(On: "2026-05-10"), "en", _ => { }, default);
    }

    // Moves on only where a frame is drawn or a key is waited for.
    private sealed class Clock : TimeProvider
    {
        public TimeSpan Passed { get; set; }
        public TimeSpan Drawing { get; init; }
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Passed.Ticks;
    }

    // Presses these keys, null being none in time, and then q. As the terminal, it looks for a key every 20 ms.
    private sealed class Screen(ConsoleKeyInfo?[] keys) : IReplayScreen
    {
        private int pressed;

        public List<string> Frames { get; } = [];
        public bool Cancels { get; init; }
        public Clock Clock { get; init; } = new();

        /// <summary>How long it takes before a key is pressed where nothing is played.</summary>
        public TimeSpan Pause { get; init; }

        public int Width => 60;
        public int Height => 12;

        public void Draw(string frame)
        {
            Frames.Add(frame);
            Clock.Passed += Clock.Drawing;
        }

        public Task<ConsoleKeyInfo?> KeyAsync(TimeSpan? within, CancellationToken cancel)
        {
            if (Cancels && pressed == keys.Length)
            {
                return Task.FromCanceled<ConsoleKeyInfo?>(new CancellationToken(canceled: true));
            }
            var key = pressed < keys.Length ? keys[pressed++] : Of(ConsoleKey.Q);
            Assert.True(key is not null || within is not null, "It waits for a key for ever, and none comes.");
            Clock.Passed += key is null ? TimeSpan.FromMilliseconds(20 * Math.Max(1, Math.Ceiling(within!.Value.TotalMilliseconds / 20))) : within is null ? Pause : TimeSpan.Zero;
            return Task.FromResult(key);
        }
    }
}
