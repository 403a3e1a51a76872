using System.Globalization;
using Xunit.Sdk;

namespace PledgeRegistry.Testing;

/// <summary>
/// Runs a test on many random cases. A failure names the seed; PLEDGEREGISTRY_SEED runs that one case again, and
/// PLEDGEREGISTRY_TIMES makes it so many times the cases.
/// </summary>
public static class Seeded
{
    public static void Run(int cases, Action<RandomEvents> test)
    {
        foreach (var seed in Seeds(cases))
        {
            try
            {
                test(new RandomEvents(seed));
            }
            catch (Exception e)
            {
                throw Failed(seed, e);
            }
        }
    }

    public static async Task RunAsync(int cases, Func<RandomEvents, Task> test)
    {
        foreach (var seed in Seeds(cases))
        {
            try
            {
                await test(new RandomEvents(seed));
            }
            catch (Exception e)
            {
                throw Failed(seed, e);
            }
        }
    }

    private static IEnumerable<int> Seeds(int cases)
    {
        var given = Environment.GetEnvironmentVariable("PLEDGEREGISTRY_SEED");
        var times = Environment.GetEnvironmentVariable("PLEDGEREGISTRY_TIMES");
        return string.IsNullOrEmpty(given)
            ? Enumerable.Range(Random.Shared.Next(1_000_000_000), cases * (string.IsNullOrEmpty(times) ? 1 : int.Parse(times, CultureInfo.InvariantCulture)))
            : [int.Parse(given, CultureInfo.InvariantCulture)];
    }

    private static XunitException Failed(int seed, Exception e) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Failed with seed {seed} (PLEDGEREGISTRY_SEED={seed} repeats it): {e.Message}"), e);
}
