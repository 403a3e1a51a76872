using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Web.Codebook;

/// <summary>What everything that is recorded, asked and answered here means. All of it is read from the code and, for code lists, from the log at the basis.</summary>
public sealed record CodebookView(
    Basis Basis, IReadOnlyList<EventDoc> Events, IReadOnlyList<CommandDoc> Commands, IReadOnlyList<RecordDoc> Records, IReadOnlyList<EnumerationDoc> Enumerations,
    IReadOnlyList<CodeListDoc> CodeLists, IReadOnlyList<ProblemDoc> Problems, IReadOnlyList<ViewDoc> Views,
    IReadOnlyList<ViewChange> ViewChanges)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    // It is made from the code too, so it is another view whenever the code is another.
    public static readonly string View = $"codebook/1-{typeof(Log.EventTypes).Module.ModuleVersionId:N}"[..19] + $"{typeof(CodebookView).Module.ModuleVersionId:N}"[..8];
}

/// <summary>A kind of entry.</summary>
/// <param name="Type">Its stored name, for ever.</param>
/// <param name="Family">What it happens to.</param>
/// <param name="Fields">Every field, those of records within it too.</param>
public sealed record EventDoc(string Type, string Family, string? Summary, IReadOnlyList<FieldDoc> Fields);

/// <summary>Something that can be asked to be recorded.</summary>
/// <param name="Address">Where it is sent, or null where it has no address.</param>
/// <param name="Replaces">True if it replaces a value and so names the version that it replaces.</param>
public sealed record CommandDoc(string Name, string? Address, bool Replaces, string? Summary, IReadOnlyList<FieldDoc> Fields);

/// <summary>A record that fields of events are made of.</summary>
/// <param name="Fields">Its own fields only.</param>
public sealed record RecordDoc(string Name, string? Summary, IReadOnlyList<FieldDoc> Fields);

/// <summary>A field.</summary>
/// <param name="Path">Where it stands: <c>content.due.date</c>.</param>
/// <param name="Type">What it is: text, a whole number, true or false, a date, texts by language, or the name of a record or an enumeration.</param>
/// <param name="Record">True if the type is the name of a record.</param>
/// <param name="Enumeration">True if the type is the name of an enumeration.</param>
/// <param name="CodeList">The code list or framework that it is a code of, where its documentation says so.</param>
public sealed record FieldDoc(string Path, string Type, bool Required, bool List, bool Record, bool Enumeration, string? CodeList, string? Doc);

/// <summary>An enumeration of the code.</summary>
/// <param name="Stored">True if entries hold its values; false if only views do.</param>
public sealed record EnumerationDoc(string Name, bool Stored, string? Summary, IReadOnlyList<ValueDoc> Values);

/// <summary>A value of an enumeration, as it is written, and what it means.</summary>
public sealed record ValueDoc(string Code, string? Meaning);

/// <summary>A list of codes as it stood in the log, with labels in the reader's language.</summary>
public sealed record CodeListDoc(string Id, string Name, string Source, IReadOnlyList<CodeDoc> Codes);

/// <summary>A code and its label.</summary>
public sealed record CodeDoc(string Code, string Label, string? Description);

/// <summary>A kind of problem, what it means, and how to mend it.</summary>
/// <param name="Status">The HTTP status, or null where the kind of a refusal decides it.</param>
public sealed record ProblemDoc(string Code, int? Status, string Title, string Mend);

/// <summary>A view and its version, and an address that answers with it.</summary>
public sealed record ViewDoc(string View, string Address, IReadOnlyList<string> Parameters);
