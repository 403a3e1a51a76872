using PledgeRegistry.Projections;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Bench;

/// <summary>What signing costs those who write: the same log and callers, by turns without and with a signer that looks every second.</summary>
internal static class SigningBench
{
    private const int NumberOfCallers = 64, Turns = 3;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly Author Author = new("bench", "operator", null);

    public static async Task RunAsync(BenchEngine engine, TimeProvider clock, TimeSpan duration, Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("pledge-bench-keys-");
        try
        {
            await using var log = await engine.OpenForWritingAsync("signing");
            using var store = await engine.OpenPrivateAsync("signing", clock);
            var registry = await Load.OpenAsync(log, new ReadModels(), clock);
            await using var writer = new RegistryWriter(registry, clock);
            var keys = new KeyFolder(Path.Combine(folder.FullName, "keys"));
            foreach (var made in new[] { NoteSigner.NewEd25519("bench.example/log"), NoteSigner.NewEcdsa("bench.example/log") })
            {
                using (made)
                {
                    keys.Add(made);
                    await writer.SubmitAsync(new PublishSigningKey(made.Key.ToString(), made.Key.SpkiPem!), Author, made.Key.IdText);
                }
            }
            using var signer = new CheckpointSigner(registry, store, Path.Combine(folder.FullName, "signed"), keys);
            await Callers.RunAsync(registry, writer, NumberOfCallers, Callers.WarmUp);
            double without = 0, with = 0;
            var signed = 0;
            for (var turn = 0; turn < Turns; turn++)
            {
                without += await RateAsync(registry, writer, duration / Turns);
                using var stop = new CancellationTokenSource();
                var signing = Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        signed += await signer.StepAsync() ? 1 : 0;
                        await Task.Delay(Every, clock, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                    }
                });
                with += await RateAsync(registry, writer, duration / Turns);
                await stop.CancelAsync();
                await signing;
            }
            if (signed == 0)
            {
                throw new InvalidOperationException($"Nothing was signed. {signer.Refused}");
            }
            figures.Add($"append, {NumberOfCallers} callers, signed every second ({signed} times)", without / Turns, with / Turns, "entries/s", "at least 0.95 of unsigned");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> RateAsync(Registry registry, RegistryWriter writer, TimeSpan duration)
    {
        var before = registry.Head.Size;
        var (_, seconds) = await Callers.RunAsync(registry, writer, NumberOfCallers, duration);
        return (registry.Head.Size - before) / seconds;
    }
}
