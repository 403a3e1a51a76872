using System.Globalization;
using PledgeRegistry.Faults.Client;

// write|read RECORD SEED CALLERS URL…   Ends when its input ends; what is under way is finished first.
var (mode, path, seed, callers) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
var nodes = args[4..].Select(u => new Uri(u)).ToArray();
using var record = new Record(path);
using var stop = new CancellationTokenSource();
_ = Task.Run(async () =>
{
    await Console.In.ReadToEndAsync();
    await stop.CancelAsync();
});
if (mode == "read")
{
    using var reader = new Reader(record, nodes);
    await reader.RunAsync(stop.Token);
    return;
}
using var sender = new Sender(record, nodes);
await Task.WhenAll(Enumerable.Range(0, callers).Select(i => new Caller(sender, seed, i).RunAsync(stop.Token)));
