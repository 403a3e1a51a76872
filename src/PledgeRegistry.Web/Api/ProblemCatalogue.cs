namespace PledgeRegistry.Web.Api;

/// <summary>A kind of problem: its stable code (the end of its <c>type</c>), what it means, and how to mend it.</summary>
/// <param name="Status">The HTTP status, or null where the kind of a refusal decides it: see <see cref="Refusals"/>.</param>
public sealed record ProblemKind(string Code, int? Status, string Title, string Mend)
{
    /// <summary>The problem's <c>type</c> (RFC 9457), for ever.</summary>
    public string Type => $"/problems/{Code}";
}

/// <summary>Every kind of problem that the API answers with. A code is for ever; its words may be improved.</summary>
public static partial class ProblemCatalogue
{
    private static readonly Dictionary<string, ProblemKind> ByCode = Host().Concat(OfRefusals()).ToDictionary(k => k.Code, StringComparer.Ordinal);

    public static IEnumerable<ProblemKind> All => ByCode.Values;

    public static ProblemKind? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>What goes wrong before the registry is asked, or beside it.</summary>
    private static IEnumerable<ProblemKind> Host() =>
    [
        new("unknown-parameter", 400, "The address has a parameter that isn't known here.", "Take it out, or correct its spelling; the detail lists the known ones."),
        new("parameter-twice", 400, "The address has a parameter more than once.", "Give it once."),
        new("bad-parameter", 400, "A parameter of the address has a value that can't be used.", "The errors name the parameter and what it may be."),
        new("basis-twice", 400, "The address gives more than one of a size, a moment and a meeting.", "Give size, asOf or asOfMeeting, and only one of them; on may go with any."),
        new("basis-not-a-size", 400, "The size isn't a number of entries.", "A size is a whole number, such as 120."),
        new("basis-out-of-range", 400, "The basis lies outside the registry.", "Ask for a size of 0 to the number of entries that there are, and for a date of 1900 to 2200."),
        new("basis-not-a-moment", 400, "The moment can't be read.", "Write it as 2022-05-17, which means the end of that day (UTC), or as 2022-05-17T12:00:00Z. An offset stands for the Z too; in an address its + is written %2B."),
        new("basis-unknown-meeting", 400, "There is no meeting of that id.", "Look at its spelling: the ids are at /api/meetings, and on the page /meetings."),
        new("basis-not-a-date", 400, "The date can't be read.", "Write it as 2022-05-17."),
        new("accept-datetime-malformed", 400, "The header Accept-Datetime can't be read.", "Write it as HTTP has dates: Tue, 17 May 2022 12:00:00 GMT."),
        new("no-memento", 404, "Nothing was recorded yet that could be read as of a datetime, or the list has no such page.", "Ask again once something was recorded, or begin at /timemap/link/."),
        new("other-view", 400, "The address asks for another version of this view than this release makes.", "Leave out the parameter view, or ask for the version that the detail names."),
        new("unknown-entry", 404, "There is no entry at that position.", "Positions go from 0 to the size less one."),
        new("not-signed", 404, "The signed log doesn't have this, or not yet.", "What is recorded is signed within seconds where the log has keys. Try again after the time in Retry-After."),
        new("nothing-to-cite", 404, "What should be cited isn't there at this basis.", "Look at the spelling of the parameter of, or ask at a later basis."),
        new("no-such-address", 404, "There is nothing at this address.", "Look at its spelling."),
        new("unknown-problem", 404, "No kind of problem has this code.", "Look at its spelling; codes never change."),
        new("method-not-allowed", 405, "This address doesn't take that method.", "The header Allow lists those it takes."),
        new("not-acceptable", 406, "The answer can't be given in a form that the request accepts.", "Accept application/json."),
        new("wrong-media-type", 415, "The body isn't marked as JSON.", "Send it as application/json, in UTF-8."),
        new("body-too-large", 413, "The body is too large.", "Send at most 262,144 bytes (256 KiB)."),
        new("address-too-long", 414, "The address is too long for a list that repeats it for each state.", "Ask for the list of an address of at most 1,024 characters."),
        new("busy", 429, "As much is being worked out already as this node does at once.", "Try again after the time in Retry-After."),
        new("malformed-json", 400, "The body isn't JSON that can be read.", "The detail names line and position. JSON is in UTF-8, nests at most 32 deep, and has no key twice in an object."),
        new("wrong-shape", 400, "The body is JSON, but not of the shape of this command.", "The errors name each member that isn't known or has the wrong type."),
        new("unknown-member", 400, "A member isn't known here.", "Take it out, or correct its spelling. What the address or a header gives isn't repeated in the body."),
        new("wrong-type", 400, "A member has the wrong type.", "Texts and dates are strings, lists are arrays, and texts by language are objects."),
        new("idempotency-key-missing", 400, "The header Idempotency-Key is missing or can't be used.", "Send a key of your own of 1 to 200 printable ASCII characters, a new one for each thing you want recorded, and the same one when you try again."),
        new("idempotency-key-running", 409, "A request with this idempotency key is being worked on.", "Wait for its answer, or send this one again in a second."),
        new("idempotency-key-reused", 422, "This idempotency key was used before for something else.", "Send this with a key of its own."),
        new("if-match-missing", 428, "This replaces a value, so it must say which version it replaces.", "Send the header If-Match with the version that you saw, in quotes, such as If-Match: \"3\". It is the member version of what you read."),
        new("if-match-malformed", 400, "The header If-Match can't be read.", "Write one version in quotes, such as If-Match: \"3\"."),
        new("if-match-unexpected", 400, "This adds something and replaces nothing, so it takes no If-Match.", "Leave out the header If-Match."),
        new("not-allowed-here", 403, "This request may not write.", "The detail says why. Write from the machine that the registry runs on, at http://localhost."),
        new("unknown-contact", 404, "There is no such contact.", "Look at the id; see /api/private/contacts."),
        new("contact-erased", 409, "The contact was erased, or is there already.", "What was erased doesn't come back; a person who acts again gets another id."),
        new("unknown-draft", 404, "There is no such draft.", "Look at the id; see /api/private/drafts."),
        new("draft-moved", 409, "The draft was changed meanwhile, or can't go there from where it is.", "Read it again; its members state and version say where it is."),
        new("private-too-long", 413, "A text is too long to be kept.", "The detail says which, and how much fits."),
        new("private-unavailable", 503, "What is private can't be reached now: contacts, drafts, and who read them.", "Try again in a moment; look first whether what you sent is there. The registry itself can be read as ever."),
        new("after-malformed", 400, "The header Registry-After can't be read.", "Write a size, such as Registry-After: 120, or send back what the answer to a command has in its header of that name."),
        new("not-read-so-far", 503, "This node hasn't read as many entries yet as the request comes after.", "Try again after the time in Retry-After, or at another node."),
        new("other-history", 409, "This node and the one that answered before hold different histories.", "Tell whoever runs this registry: the log may have gone over to a copy that lacked entries. What was acknowledged may be lost."),
        new("unavailable", 503, "Nothing can be written now, and nothing was.", "Try again with the same idempotency key, after the time in Retry-After."),
        new("outcome-unknown", 503, "It can't be known yet whether this was recorded.", "Try again with the same idempotency key: it is recorded once at most."),
        new("log-unreachable", 503, "The log can't be read just now.", "Try again in a moment, or at another node. Everything that was read before can be read as ever."),
        new("log-damaged", 500, "An entry of the log is no longer what it was.", "Nothing damaged is given out. Tell whoever runs this registry: 'pledge verify' finds the place."),
        new("program-error", 500, "An error in this program kept the request from being answered.", "Tell whoever runs this registry; its console has the details."),
        new("bad-request", 400, "The request can't be understood.", "Look at how it is made."),
        new("refused", null, "The registry refused this for several reasons.", "The errors name each, and the member it is about. Nothing was recorded."),
    ];
}
