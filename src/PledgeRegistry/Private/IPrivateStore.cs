namespace PledgeRegistry.Private;

/// <summary>
/// What is nobody's business but a participant's own, and can be erased: the contact directory, drafts, and the log of who
/// read or changed them. It stands beside the log of entries and shares nothing with it but opaque ids. The keys that protect
/// cookies and forms are here too, so that every node of a registry has the same.
/// </summary>
/// <remarks>
/// The contract, of every implementation:
/// <list type="bullet">
/// <item>Each call is all or nothing, and durable when it returns. What a call does and its line in the access log are one
/// transaction: nothing is read or changed unless it is logged. A call that throws <see cref="PrivateUnavailableException"/>
/// did nothing, unless its message says otherwise.</item>
/// <item>Every call about people or drafts is by an actor, and is logged under that id, what was looked for in vain included;
/// so are backup and restore. The calls about keys and about the signed checkpoint are by the program, are about nobody, and are not logged. The access
/// log only grows: nothing here changes or erases a line of it, and it never holds more of a person than the actor id.</item>
/// <item>A contact's details that are erased or replaced, a form's values that are replaced, and a draft that is deleted are
/// gone from the store's own files when the call returns: their bytes are in none of them. If that can't be made sure of,
/// the call throws. SQLite: the file and its write-ahead file are rewritten after the change, which stands; what was due and
/// failed is completed by the next call or on opening. PostgreSQL: the files of the tables (TOAST and indexes included) are
/// rewritten in the transaction of the change, so that what fails was not done. The server's write-ahead log, its archive,
/// standbys that are behind, and base backups hold older bytes until they are recycled: no table can reach them, and whoever
/// runs the server must see to it. Nor is a backup that was made before reached by any engine.</item>
/// <item>Several processes may use one store: they wait for each other. A change names the version that it replaces, and
/// fails if another was first.</item>
/// <item>Texts over the limits throw <see cref="PrivateLimitException"/>; nothing is cut off.</item>
/// </list>
/// </remarks>
public interface IPrivateStore : IDisposable
{
    /// <summary>The most bytes (UTF-8) of a draft's form values as JSON, as many as the API takes in one body.</summary>
    const int MaxFormBytes = 262_144;

    /// <summary>The most characters of a name, an e-mail address, a telephone number; of a note.</summary>
    const int MaxShortText = 320, MaxNote = 4_000;

    /// <summary>Adds a contact for an actor id that has none; false if it had one, be it erased.</summary>
    bool AddContact(string by, string actor, string participant, ContactDetails details);

    /// <summary>Replaces a contact's details; false if there is no such contact, or it was erased.</summary>
    bool ChangeContact(string by, string actor, ContactDetails details);

    /// <summary>Takes the person from the actor id, for ever. The id and the participant stay. False if there is none to erase.</summary>
    bool EraseContact(string by, string actor);

    /// <summary>A contact, erased ones too; null if there never was one.</summary>
    Contact? FindContact(string by, string actor);

    /// <summary>The contacts of a participant, or all; by participant, then actor id.</summary>
    IReadOnlyList<Contact> ListContacts(string by, string? participant = null);

    /// <summary>Keeps a new draft; false if the id is taken.</summary>
    bool AddDraft(string by, string id, string participant, DraftKind kind, string form);

    /// <summary>Replaces the form's values and makes it a draft again; false unless it is at that version and not recorded.</summary>
    bool ChangeDraft(string by, string id, long version, string form);

    /// <summary>Moves a draft on (<see cref="DraftRules.May"/>); false unless it is at that version and may go there.</summary>
    /// <param name="value">Cleared: who cleared it. Recorded: the public id it got. Else null.</param>
    bool MoveDraft(string by, string id, long version, DraftState to, string? value = null);

    /// <summary>A draft with its form's values, or null.</summary>
    Draft? FindDraft(string by, string id);

    /// <summary>The drafts of a participant, or all, the last changed first; without their forms' values.</summary>
    IReadOnlyList<Draft> ListDrafts(string by, string? participant = null);

    /// <summary>Deletes a draft, for ever; false if there is none.</summary>
    bool DeleteDraft(string by, string id);

    /// <summary>The last lines of the access log, newest first; to read it is logged, too.</summary>
    /// <param name="most">At most so many, 1 to 1,000.</param>
    IReadOnlyList<AccessLine> ReadAccessLog(string by, int most = 100);

    /// <summary>The keys that protect cookies and forms, by name. Not logged.</summary>
    IReadOnlyList<ProtectionKey> ReadKeys();

    /// <summary>Keeps a key for ever; false if the name is taken. Not logged.</summary>
    bool AddKey(string name, string xml);

    /// <summary>The checkpoint that was signed last, by whatever node; null while none was. Not logged.</summary>
    SignedHead? ReadSigned();

    /// <summary>
    /// Keeps a checkpoint as the one that was signed last, on the condition that the expected one still is. Only a larger size
    /// replaces one. Durable when it returns: not before that may the signature be shown. Not logged.
    /// </summary>
    /// <param name="expected">What <see cref="ReadSigned"/> answered; only size and root are compared.</param>
    /// <returns>False if another node was first, or the size isn't larger.</returns>
    bool ReplaceSigned(SignedHead? expected, SignedHead next);

    /// <summary>
    /// Hands over everything as of one moment, the line that logs this included: contacts by actor id, drafts by id, keys by
    /// name, the access log by number, the checkpoint that was signed last. Others wait meanwhile. For <see cref="PrivateBackup"/>.
    /// </summary>
    void CopyOut(string by, Action<PrivateRow> take);

    /// <summary>
    /// Takes in what <see cref="CopyOut"/> of any engine handed over, the lines of the access log in their order, and logs
    /// that after them. All or nothing; an exception of the rows' own is passed on. False if there is anything in this store
    /// already. For <see cref="PrivateBackup"/>.
    /// </summary>
    bool TakeIn(string by, IEnumerable<PrivateRow> rows);
}

/// <summary>The private store can't be reached, or is busy. The call did nothing, unless the message says otherwise.</summary>
public sealed class PrivateUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A text is too long to be kept.</summary>
/// <param name="field">The member it is about, in camelCase.</param>
/// <param name="most">How much fits: characters, or bytes for a form.</param>
public sealed class PrivateLimitException(string field, int most) : Exception($"'{field}' is too long: at most {most} fit.")
{
    public string Field { get; } = field;

    public int Most { get; } = most;
}
