namespace PledgeRegistry.Faults.Client;

/// <summary>
/// One caller, who sends one command after the other: most of them well behaved; some twice at once, some again long after
/// they were answered, some under a key that was used for something else, some that break a rule, some given up in the middle.
/// </summary>
internal sealed class Caller(Sender sender, int seed, int number)
{
    private static readonly TimeSpan LastTries = TimeSpan.FromSeconds(45);

    /// <summary>The most milliseconds between two commands.</summary>
    private const int Pause = 50;

    private readonly Random random = new(seed * 1000 + number);
    private readonly List<Payload> done = [];
    private int made;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await OneAsync(stop);
            // The log stays small, so that a node that was killed is soon back.
            await Task.Delay(random.Next(Pause), CancellationToken.None);
        }
    }

    private async Task OneAsync(CancellationToken stop)
    {
        switch (random.Next(20))
        {
            case 0:
                await UntilSettledAsync(Make(valid: false), stop);
                break;
            case 1 or 2:
                // Two or three at once, to any nodes.
                var twin = Make();
                await Task.WhenAll(Enumerable.Range(0, random.Next(2, 4)).Select(_ => sender.SendAsync(twin, sender.Any(random), CancellationToken.None)).ToList());
                await UntilSettledAsync(twin, stop);
                break;
            case 3 when done.Count > 0:
                // Known for long: the first receipt again.
                await UntilSettledAsync(done[random.Next(done.Count)], stop);
                break;
            case 4 when done.Count > 0:
                // Something else under a key that was used. It must never be recorded.
                await UntilSettledAsync(Make(valid: false) with { Key = done[random.Next(done.Count)].Key }, stop);
                await UntilSettledAsync(OtherUnder(done[random.Next(done.Count)].Key), stop);
                break;
            case 5:
                using (var hangUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.NextDouble() * 12)))
                {
                    var cut = Make();
                    await sender.SendAsync(cut, sender.Any(random), hangUp.Token);
                    if (random.Next(2) == 0)
                    {
                        await UntilSettledAsync(cut, stop);
                    }
                }
                break;
            case 6:
                // Whatever the answer is, it isn't asked again.
                await sender.SendAsync(Make(), sender.Any(random), CancellationToken.None);
                break;
            default:
                await UntilSettledAsync(Make(), stop);
                break;
        }
    }

    private async Task UntilSettledAsync(Payload payload, CancellationToken stop)
    {
        var stopped = 0L;
        for (var pause = 10; ; pause = Math.Min(pause * 2, 200))
        {
            var result = await sender.SendAsync(payload, sender.Any(random), CancellationToken.None);
            if (result is Result.Recorded or Result.Refused)
            {
                if (result == Result.Recorded)
                {
                    done.Add(payload);
                }
                return;
            }
            if (stop.IsCancellationRequested)
            {
                stopped = stopped == 0 ? Environment.TickCount64 : stopped;
                if (Environment.TickCount64 - stopped > LastTries.TotalMilliseconds)
                {
                    return;
                }
            }
            await Task.Delay(random.Next(pause), CancellationToken.None);
        }
    }

    private Payload OtherUnder(string key) => Make() with { Key = key, Valid = false };

    private Payload Make(bool valid = true)
    {
        var name = $"{Environment.ProcessId}-{seed}-{number}-{made++}";
        return Payload.Make(random, $"k-{name}", $"m-{name}-m", valid);
    }
}
