using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli;

/// <summary>What the tool writes with: whatever verb writes gets its writer here, once the clocks are compared.</summary>
internal static class ToolWriter
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

#pragma warning disable RS0030 // The one place where the tool's writing names the system's clock.
    public static TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030

    /// <exception cref="CommandFailedException">This machine's clock and that of the log's database differ too much: an entry ahead of time would stop every node.</exception>
    public static async Task<RegistryWriter> OpenAsync(Registry registry, CancellationToken cancel)
    {
        var options = new WriterOptions();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(AnswerWithin);
        try
        {
            var comparison = await ClockComparison.MakeAsync(registry.Log, Clock, options.ClockTolerance, patience.Token);
            return comparison?.Fault is { } fault ? throw new CommandFailedException($"Nothing was changed. {fault.Reason}") : new RegistryWriter(registry, Clock, options);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
                $"Nothing was changed. The log's database didn't say within {AnswerWithin.TotalSeconds:0} seconds what time it is. Try again."));
        }
    }
}
