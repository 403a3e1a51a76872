namespace PledgeRegistry.Projections.Time;

/// <summary>How something is read: at a basis, in a language.</summary>
/// <param name="Language">The reader's language (BCP 47): labels and names are in it where they are known.</param>
public sealed record Reading(Basis Basis, string Language)
{
    public long Size => Basis.Size;
    public DateOnly On => Basis.On;
}
