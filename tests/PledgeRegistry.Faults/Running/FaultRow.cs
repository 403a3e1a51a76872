namespace PledgeRegistry.Faults.Running;

/// <summary>A line of the table: what a fault did to an engine.</summary>
/// <param name="Fired">How often it really happened.</param>
/// <param name="Judgement">What was found afterwards.</param>
/// <param name="Wrong">What else was not as it must be.</param>
public sealed record FaultRow(string Fault, string Engine, int Fired, Judgement Judgement, IReadOnlyList<string> Wrong)
{
    public bool Sound => Fired > 0 && Judgement.Words.Count == 0 && Wrong.Count == 0 && Judgement.Verdict.Acknowledged > 0;

    public override string ToString()
    {
        var v = Judgement.Verdict;
        return $"{Fault}, {Engine}: fired {Fired}; {v.Acknowledged} receipts, {v.Refused} refused, {v.Open} open, {v.Read} read, {v.Size} entries; "
            + $"lost {v.Lost}, duplicated {v.Duplicated}, reordered {v.Reordered}, wrongly refused {v.WronglyRefused}"
            + string.Concat(Judgement.Words.Concat(Wrong).Select(w => $"\n  {w}"));
    }
}
