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
internal sealed class ReplayPlayer(ReplayFrames frames, IReplayScreen screen, long least, long most)
{
    private const string Help = "→ space next   ← back   PgDn/PgUp ten   Home End   number Enter: that many entries   p play/pause   + - speed   q end";

    private readonly StringBuilder typed = new();

    /// <param name="speed">Entries a second while it plays.</param>
    public async Task RunAsync(long size, bool playing, double speed, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            screen.Draw(await FrameAsync(size, playing, speed, cancel));
            if (playing && size >= most)
            {
                playing = false;
                continue;
            }
            var key = await screen.KeyAsync(playing ? TimeSpan.FromSeconds(1 / speed) : null, cancel);
            if (key is not { } pressed)
            {
                size = Math.Min(size + 1, most);
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
            (size, playing, speed) = (Math.Clamp(To(pressed, size), least, most), pressed.Key == ConsoleKey.P && !playing, Speed(pressed, speed));
            typed.Clear();
        }
    }

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
        for (var waited = TimeSpan.Zero; within is null || waited < within; waited += Look)
        {
            if (Console.KeyAvailable)
            {
                return Console.ReadKey(intercept: true);
            }
            await Task.Delay(Look, cancel);
        }
        return null;
    }

    public void Dispose() => Console.Out.Write("\x1b[?25h\x1b[?1049l");

    // A key that blocks can't be cancelled by Ctrl+C.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
}
