namespace PledgeRegistry.Faults.Checker;

/// <summary>What is wrong with a history, by kind. A sound one has zeros.</summary>
public sealed class Findings
{
    private const int Told = 20;

    public int LostCount { get; private set; }
    public int DuplicatedCount { get; private set; }
    public int ReorderedCount { get; private set; }
    public int WronglyRefusedCount { get; private set; }

    /// <summary>The first of them, in words.</summary>
    public List<string> Words { get; } = [];

    public int Sum => LostCount + DuplicatedCount + ReorderedCount + WronglyRefusedCount;

    /// <summary>Acknowledged or shown, and not there, or not so.</summary>
    public void Lost(string what) => Say(LostCount++, "lost", what);

    /// <summary>There twice, where it may be there once.</summary>
    public void Duplicated(string what) => Say(DuplicatedCount++, "duplicated", what);

    /// <summary>Not in the place where it belongs.</summary>
    public void Reordered(string what) => Say(ReorderedCount++, "reordered", what);

    /// <summary>The answer and the log disagree about whether it was taken.</summary>
    public void WronglyRefused(string what) => Say(WronglyRefusedCount++, "wrongly refused", what);

    private void Say(int before, string kind, string what)
    {
        if (before < Told)
        {
            Words.Add($"{kind}: {what}");
        }
    }
}
