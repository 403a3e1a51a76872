namespace PledgeRegistry.Writing;

/// <summary>Opens a registry: the first entry of its log.</summary>
/// <param name="Demonstration">True where invented data may stand.</param>
public sealed record OpenRegistry(Texts Names, bool Demonstration) : ICommand
{
    public Decision Decide(RegistryState head, Author author) =>
        head.Names is not null ? Decision.Refuse(new Refusal("registry-open", "This registry is open already.", null, RefusalKind.Conflict))
        : new Check(head).Texts(Names, "names", Check.ShortText).Refusal
          ?? Decision.Accept("registry", new RegistryEvent.Opened(Names, Demonstration));
}

/// <summary>Says that a set of opening data is wholly in the log.</summary>
public sealed record CompleteOpeningData(string Set, string Version) : ICommand
{
    public Decision Decide(RegistryState head, Author author) =>
        head.OpeningData.Contains($"{Set}/{Version}") ? Decision.NothingToDo
        : new Check(head).Id(Set, "set").Id(Version, "version").Refusal
          ?? Decision.Accept("registry", new RegistryEvent.OpeningDataLoaded(Set, Version));
}
