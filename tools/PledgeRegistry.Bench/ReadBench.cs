using System.Diagnostics;
using System.Globalization;
using MediatR;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Bench;

/// <summary>Start, reads of the past beside reads of now, and proofs, on a log of so many entries.</summary>
internal static class ReadBench
{
    private const int Corrections = 1000;
    private const string Corrected = "IMRF-2022-0002";

    private static readonly Author Author = new("bench", "operator", null);

    public static async Task RunAsync(BenchEngine engine, TimeProvider clock, int entries, Figures figures)
    {
        const string Deep = "deep";
        // Before the log is filled: what that leaves to be collected is gone when this is asked again.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using (var filled = await engine.OpenForWritingAsync(Deep))
        {
            await FillAsync(filled, clock, entries);
        }
        var raw = await engine.RawReadAsync(Deep);
        await using var log = await engine.OpenForReadingAsync(Deep);
        var models = new ReadModels();
        var watch = Stopwatch.StartNew();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All);
        figures.Add($"start: read, check, fold {registry.Head.Size:N0} entries", raw, registry.Head.Size / watch.Elapsed.TotalSeconds, "entries/s", engine.StartTarget);
        figures.Add("memory for a million entries, against 1 GiB", 1024, (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0 / registry.Head.Size * 1e6, "MiB", "at most 1");
        await ViewsAsync(Handlers.Mediator(registry, models, null), registry, figures);
        Proofs(registry, figures);
    }

    // Of which so many corrections come last.
    private static async Task FillAsync(IEventLog log, TimeProvider clock, int entries)
    {
        var registry = await Load.OpenAsync(log, new ReadModels(), clock);
        var owed = Load.Owed(registry);
        await using var writer = new RegistryWriter(registry, clock);
        var next = 0;
        var spread = owed;
        await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => Task.Run(async () =>
        {
            while (registry.Head.Size < entries)
            {
                var n = Interlocked.Increment(ref next);
                var key = n.ToString(CultureInfo.InvariantCulture);
                if (n % 5000 == 0)
                {
                    spread = Load.Owed(registry);
                }
                // One commitment to nine reports, spread over the commitments there are.
                await (n % 10 == 0
                    ? writer.SubmitAsync(Load.Pledge(registry, owed, n), Author, key)
                    : writer.SubmitAsync(Load.Report(spread, n), Author, key));
            }
        })));
        for (var i = 0; i < Corrections; i++)
        {
            var command = new CorrectPledge(Corrected, registry.State.VersionOf($"pledge/{Corrected}"), registry.State.Pledges[Corrected].Content with { Title = $"Corrected {i}" }, "It was misread.");
            _ = await writer.SubmitAsync(command, Author, $"correction-{i}") is Outcome.Recorded ? 0 : throw new InvalidOperationException("A correction was not recorded.");
        }
    }

    private static async Task ViewsAsync(IMediator mediator, Registry registry, Figures figures)
    {
        var head = registry.Head.Size;
        var on = new DateOnly(2026, 11, 22);
        var views = new (string Name, Func<Reading, Task> Ask)[]
        {
            ("grid", r => mediator.Send(new GetRcmProgressGrid(r))),
            ("follow-up", r => mediator.Send(new GetImrfFollowUp(r, "2022"))),
            ("coverage", r => mediator.Send(new GetFrameworkCoverage(r, "gcm"))),
            ("history", r => mediator.Send(new GetHistory(r, NewestFirst: true))),
            ("pledge", r => mediator.Send(new GetPledge(r, Corrected))),
        };
        foreach (var (name, ask) in views)
        {
            var now = await MedianAsync(() => ask(new Reading(new Basis(head, on), "en")));
            foreach (var share in new[] { 0.9, 0.5, 0.1 })
            {
                var past = await MedianAsync(() => ask(new Reading(new Basis((long)(head * share), on), "en")));
                figures.Add($"{name} as of {share:P0} of the log", now, past, "ms", "at most 2");
            }
        }
        // The same pledge and the grid it is in: before its corrections, amid them, and after all of them.
        foreach (var (name, ask) in views.Where(v => v.Name is "pledge" or "grid"))
        {
            var before = await MedianAsync(() => ask(new Reading(new Basis(head - Corrections, on), "en")));
            foreach (var known in new[] { Corrections / 2, Corrections })
            {
                var after = await MedianAsync(() => ask(new Reading(new Basis(head - Corrections + known, on), "en")));
                figures.Add($"{name} after {known:N0} corrections of one pledge", before, after, "ms", "at most 2");
            }
        }
    }

    private static void Proofs(Registry registry, Figures figures)
    {
        var size = registry.Head.Size;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
        {
            var index = i * 7919L % size;
            if (!MerkleProof.VerifyInclusion(index, size, registry.Tree.Leaf(index), registry.Tree.InclusionProof(index, size), registry.Head.Root))
            {
                throw new InvalidOperationException("A proof did not verify.");
            }
        }
        figures.Add($"inclusion proof made and checked, {size:N0} leaves, against 1 ms", 1, watch.Elapsed.TotalMilliseconds / 1000, "ms", "at most 1");
    }

    private static async Task<double> MedianAsync(Func<Task> action)
    {
        await action();
        var times = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times.Order().ElementAt(4);
    }
}
