using System.Globalization;
using System.Text;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>What is played on: a screen that is drawn over, and keys.</summary>
internal interface IReplayScreen
{
    int Width { get; }
    int Height { get; }

    void Draw(string frame);

    /// <summary>The next key, or null where none came in time. Null means: until one comes.</summary>
    Task<ConsoleKeyInfo?> KeyAsync(TimeSpan? within, CancellationToken cancel);
}

/// <summary>
/// Steps through sizes on a terminal: arrows and space, a number and Enter, p to play, q to end. Each frame is no taller and no
/// wider than the terminal.
/// </summary>
internal sealed class ReplayPlayer(ReplayFrames frames, IReplayScreen screen, long least, long most, TimeProvider clock)
{
    private const string Help = "→ space next   ← back   PgDn/PgUp ten   Home End   number Enter: that many entries   p play/pause   + - speed   q end";

    private readonly StringBuilder typed = new();

    /// <param name="speed">Entries a second while it plays.</param>
    public async Task RunAsync(long size, bool playing, double speed, CancellationToken cancel)
    {
        // When it was due at this size: a frame takes its time, and what passes meanwhile counts.
        var since = clock.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            screen.Draw(await FrameAsync(size, playing, speed, cancel));
            if (playing && size >= most)
            {
                playing = false;
                continue;
            }
            var key = await screen.KeyAsync(playing ? Left(since, speed) : null, cancel);
            if (key is not { } pressed)
            {
                var entries = Math.Max(1, (long)(clock.GetElapsedTime(since).TotalSeconds * speed));
                size = Math.Min(size + entries, most);
                since += (long)(entries / speed * clock.TimestampFrequency);
                continue;
            }
            if (char.IsAsciiDigit(pressed.KeyChar))
            {
                typed.Append(typed.Length < 12 ? pressed.KeyChar : "");
                playing = false;
                continue;
            }
            if (pressed.Key is ConsoleKey.Q or ConsoleKey.Escape)
            {
                return;
            }
            if (pressed.Key == ConsoleKey.P && !playing)
            {
                since = clock.GetTimestamp();
            }
            // To step is to stop; another speed, or a key that means nothing, is no step.
            playing = pressed.Key == ConsoleKey.P ? !playing : playing && !Steps(pressed);
            (size, speed) = (Math.Clamp(To(pressed, size), least, most), Speed(pressed, speed));
            typed.Clear();
        }
    }

    private TimeSpan Left(long since, double speed)
    {
        var left = TimeSpan.FromSeconds(1 / speed) - clock.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static bool Steps(ConsoleKeyInfo key) => key.Key is ConsoleKey.Enter or ConsoleKey.Spacebar or ConsoleKey.Backspace or ConsoleKey.Home or ConsoleKey.End
        or ConsoleKey.RightArrow or ConsoleKey.DownArrow or ConsoleKey.LeftArrow or ConsoleKey.UpArrow or ConsoleKey.PageDown or ConsoleKey.PageUp;

    private long To(ConsoleKeyInfo key, long size) => key.Key switch
    {
        ConsoleKey.Enter when typed.Length > 0 => long.Parse(typed.ToString(), CultureInfo.InvariantCulture),
        ConsoleKey.RightArrow or ConsoleKey.DownArrow or ConsoleKey.Spacebar or ConsoleKey.Enter => size + 1,
        ConsoleKey.LeftArrow or ConsoleKey.UpArrow or ConsoleKey.Backspace => size - 1,
        ConsoleKey.PageDown => size + 10,
        ConsoleKey.PageUp => size - 10,
        ConsoleKey.Home => least,
        ConsoleKey.End => most,
        // From the end, it plays from the start.
        ConsoleKey.P when size >= most => least,
        _ => size,
    };

    private static double Speed(ConsoleKeyInfo key, double speed) => key.KeyChar switch
    {
        '+' => Math.Min(speed * 2, ReplayVerb.Fastest),
        '-' => Math.Max(speed / 2, ReplayVerb.Slowest),
        _ => speed,
    };

    private async Task<string> FrameAsync(long size, bool playing, double speed, CancellationToken cancel)
    {
        var state = playing ? string.Create(CultureInfo.InvariantCulture, $"playing, {speed:0.##} a second") : typed.Length > 0 ? $"to {typed}" : "paused";
        List<string> lines = [$"{size} of {most} entries  ({state})", frames.Entry(size), ""];
        var view = await frames.ViewAsync(size, cancel);
        var room = Math.Max(1, screen.Height - lines.Count - 3);
        lines.AddRange(view.Take(room));
        if (view.Count > room)
        {
            lines.Add($"… and {view.Count - room} more lines: make the terminal taller.");
        }
        lines.Add("");
        lines.Add(Help);
        return string.Join('\n', lines.Select(l => l.Length <= screen.Width ? l : l[..Math.Max(1, screen.Width - 1)] + "…"));
    }
}

/// <summary>The terminal.</summary>
internal sealed class ReplayConsole : IReplayScreen, IDisposable
{
    // Another screen than the one with what was typed before, which is there again at the end; without a cursor.
    public ReplayConsole() => Console.Out.Write("\x1b[?1049h\x1b[?25l");

    public int Width => Math.Max(20, Console.WindowWidth);
    public int Height => Math.Max(8, Console.WindowHeight);

    public void Draw(string frame)
    {
        // Each line is cleared to its end, and then all below: nothing flickers.
        Console.Out.Write($"\x1b[H{frame.Replace("\n", "\x1b[K\r\n", StringComparison.Ordinal)}\x1b[K\x1b[J");
        Console.Out.Flush();
    }

    public async Task<ConsoleKeyInfo?> KeyAsync(TimeSpan? within, CancellationToken cancel)
    {
        // However little time there is, it looks once, and the frame stays that long: else no key would end a fast play.
        var waited = TimeSpan.Zero;
        do
        {
            if (Console.KeyAvailable)
            {
                return Console.ReadKey(intercept: true);
            }
            await Task.Delay(Look, cancel);
            waited += Look;
        }
        while (within is null || waited < within);
        return null;
    }

    public void Dispose() => Console.Out.Write("\x1b[?25h\x1b[?1049l");

    // A key that blocks can't be cancelled by Ctrl+C.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
}
