using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Rules;

public sealed class RedactionTests
{
    private const string Ana = Samples.Ana, Ben = Samples.Ben;

    private static readonly (string, IEvent) Allowed = ("registry", new RegistryEvent.RedactionAllowed(Allowed: true, "ordered"));
    private static readonly long Recorded = SampleRegistry.History.Count;
    private static readonly (string, IEvent) Pledge = ("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(SampleRegistry.Pledge()));
    private static readonly string Digest = new('a', 64);
    private static readonly RedactEntry Redact = new(Recorded, "A court", "ordered", "{\"title\":\"[withheld]\"}", Digest);
    private static readonly RegistryEvent.EntryRedacted Redacted = new(Recorded, "A court", "ordered", "{\"title\":\"[withheld]\"}", Digest);
    private static readonly DateOnly Today = new(2026, 5, 8);

    [Fact]
    public void Nothing_is_withheld_before_it_is_allowed_or_after_it_no_longer_is()
    {
        Given(Pledge).When(Redact).ThenRefused("redaction-not-allowed");
        Given(Pledge, Allowed).When(Redact).ThenRecorded("registry", Redacted);
        Given(Pledge, Allowed, ("registry", new RegistryEvent.RedactionAllowed(Allowed: false, "done"))).When(Redact).ThenRefused("redaction-not-allowed");
    }

    [Fact]
    public void It_is_allowed_and_no_longer_allowed_with_a_reason()
    {
        Given().When(new AllowRedaction(Allowed: false, "never")).ThenNothing();
        Given().When(new AllowRedaction(Allowed: true, "ordered")).ThenRecorded("registry", new RegistryEvent.RedactionAllowed(Allowed: true, "ordered"));
        Given(Allowed).When(new AllowRedaction(Allowed: true, "again")).ThenNothing();
        Given(Allowed).When(new AllowRedaction(Allowed: false, "done")).ThenRecorded("registry", new RegistryEvent.RedactionAllowed(Allowed: false, "done"));
        Given().When(new AllowRedaction(Allowed: true, "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void Only_an_entry_that_is_there_is_withheld()
    {
        Given(Pledge, Allowed).When(Redact with { Position = -1 }).ThenRefused("no-such-entry", "position");
        Given(Pledge, Allowed).When(Redact with { Position = Recorded + 2 }).ThenRefused("no-such-entry", "position");
    }

    [Fact]
    public void Nothing_of_the_registry_s_own_entries_is_withheld()
    {
        Given(Pledge, Allowed).When(Redact with { Position = 0 }).ThenRefused("entry-of-the-registry", "position");
        Given(Pledge, Allowed).When(Redact with { Position = Recorded + 1 }).ThenRefused("entry-of-the-registry", "position");
        // The clearance of a redaction is in the registry's stream, too.
        Given(Pledge, Allowed, ("registry", Redacted), ("registry", new ClearanceEvent.Given(Ben))).When(Redact with { Position = Recorded + 3 }).ThenRefused("entry-of-the-registry", "position");
    }

    [Fact]
    public void An_entry_is_withheld_once() =>
        Given(Pledge, Allowed, ("registry", Redacted)).When(Redact).ThenRefused("entry-redacted", "position");

    [Fact]
    public void Who_ordered_it_and_why_is_needed_and_names_no_person()
    {
        Given(Pledge, Allowed).When(Redact with { Authority = " " }).ThenRefused("missing", "authority");
        Given(Pledge, Allowed).When(Redact with { Reason = "" }).ThenRefused("missing", "reason");
        Given(Pledge, Allowed).When(Redact with { Reason = new string('x', 301) }).ThenRefused("too-long", "reason");
        Given(Pledge, Allowed).When(Redact with { Authority = "ana@example.org" }).ThenRefused("email-address", "authority");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{ \"a\":1}")]
    [InlineData("{\"b\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"a\":1}")]
    public void The_new_data_are_an_object_in_canonical_form(string replacement) =>
        Given(Pledge, Allowed).When(Redact with { Replacement = replacement }).ThenRefused("not-a-replacement", "replacement");

    [Fact]
    public void The_entry_s_hash_is_one()
    {
        Given(Pledge, Allowed).When(Redact with { EntryHash = "abc" }).ThenRefused("not-a-sha256", "entryHash");
        Given(Pledge, Allowed).When(Redact with { EntryHash = null! }).ThenRefused("missing", "entryHash");
    }

    [Fact]
    public void The_state_knows_what_is_withheld_and_by_which_entry()
    {
        var state = Given(Pledge, Allowed, ("registry", Redacted)).State;
        Assert.Equal(new RedactionState(Recorded + 2, Digest), Assert.Single(state.Redactions).Value);
        Assert.Equal(Recorded, Assert.Single(state.Redactions).Key);
        Assert.Contains(Recorded + 2, state.OwnEntries);
        Assert.DoesNotContain(Recorded, state.OwnEntries);
    }

    [Fact]
    public void It_takes_two_of_whom_the_second_is_an_administrator()
    {
        var state = Given(Pledge, Allowed, Appointed(Ana), ("participant/IOM", new ParticipantEvent.ActorAppointed(Ben, ActorRole.Administrator, ActorId.Registry, new EffectiveDate("2020"), new EffectiveDate("2026-05-07")))).State;
        var (administrator, machine) = (new Author(Ana, "administrator", null), new Author("pledge-tool", Author.Operator, null));
        Assert.Equal(("second-needed", "clearedBy"), Refused(state, administrator));
        Assert.Equal(("second-needed", "clearedBy"), Refused(state, machine));
        Assert.Equal(("clearance-own", "clearedBy"), Refused(state, administrator with { ClearedBy = Ana }));
        Assert.Equal(("not-appointed", "clearedBy"), Refused(state, administrator with { ClearedBy = "a-cccccccccccccccccccccccccc" }));
        // No longer: his appointment ended the day before.
        Assert.Equal(("not-appointed", "clearedBy"), Refused(state, administrator with { ClearedBy = Ben }));
        Assert.Equal(("not-appointed", null), Refused(state, new Author(Ben, "administrator", null, Ana)));
        var accepted = Assert.IsType<Decision.Accepted>(Authority.Decide(state, Redact, machine with { ClearedBy = Ana }, Today));
        Assert.Equal([Redacted, new ClearanceEvent.Given(Ana)], accepted.Events);
        Assert.Equal(2, Assert.IsType<Decision.Accepted>(Authority.Decide(SampleRegistry.After(state, [Appointed(Ben, "CRI")]), Redact, administrator with { ClearedBy = Ben }, Today)).Events.Count);
    }

    [Theory]
    [InlineData("The child Ana of Limón", "The child [withheld] of Limón", true)]
    [InlineData("The child Ana of Limón", "[withheld]", true)]
    [InlineData("The child Ana of Limón", "[withheld]Ana[withheld]", true)]
    [InlineData("The child Ana of Limón", "The child [withheld] of [withheld]", true)]
    [InlineData("aaaa", "a[withheld]a[withheld]", true)]
    [InlineData("aaa", "a[withheld]a[withheld]", false)]
    [InlineData("The child Ana of Limón", "The child Ana of Limón", false)]
    [InlineData("The child Ana of Limón", "The child Eva of Limón", false)]
    [InlineData("The child Ana of Limón", "No child [withheld] of Limón", false)]
    [InlineData("The child Ana of Limón", "The child [withheld] of León", false)]
    [InlineData("The child Ana of Limón", "The child Ana[withheld] of Limón", false)]
    [InlineData("The child Ana of Limón", "[withheld] of Limón[withheld]child[withheld]", false)]
    [InlineData("The child Ana of Limón", "The child Ana of Limón[withheld]", false)]
    [InlineData("aba", "ab[withheld]ba", false)]
    [InlineData("", "[withheld]", false)]
    [InlineData("as [withheld] before", "as [withheld]", true)]
    public void A_text_may_only_lose_passages(string was, string now, bool holds) => Assert.Equal(holds, Withholding.OnlyWithholds(was, now));

    [Fact]
    public void Whatever_passages_are_taken_out_of_a_text_it_only_withholds() => Seeded.Run(2_000, random =>
    {
        string Text(int most) => new([.. Enumerable.Range(0, random.Random.Next(1, most)).Select(_ => "ab[withheld]"[random.Random.Next(12)])]);
        var pledge = SampleRegistry.Pledge() with { Title = Text(40), Text = Text(400) };
        var entry = Stored(new PledgeEvent.Recorded(pledge));
        string[] passages = [.. Enumerable.Range(0, random.Random.Next(1, 4)).Select(_ => Text(6))];
        var (replacement, found) = Withholding.Without(entry, passages);
        var objection = Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, replacement), 9);
        // Codes and dates have such letters, too.
        Assert.True(objection is null || objection.Code is "redaction-unreadable" || (found.Sum() == 0 && objection.Code == "nothing-withheld"), $"{objection} after {string.Join('|', passages)} in {pledge.Title}");
    });

    [Fact]
    public void A_redaction_that_rewrites_is_refused_by_the_place()
    {
        var entry = Stored(new PledgeEvent.Recorded(SampleRegistry.Pledge()));
        var (good, _) = Withholding.Without(entry, ["Primary care"]);
        Assert.Contains("[withheld] for every migrant child", good, StringComparison.Ordinal);
        Assert.Null(Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, good), 9));
        foreach (var (from, to, place) in new[]
        {
            ("[withheld] for every", "[withheld] for no", "content.title"), ("\"national\"", "\"local\"", "content.level"), ("[\"children\"]", "[]", "content.populations"),
            ("\"kind\":", "\"kind2\":", "content"), ("\"addressees\":[]", "\"addressees\":[\"[withheld]\"]", "content.addressees"), ("\"en\"", "1", "content.language"),
        })
        {
            Assert.Contains(from, good, StringComparison.Ordinal);
            var refusal = Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, good.Replace(from, to, StringComparison.Ordinal)), 9);
            Assert.True(refusal is { Code: "redaction-rewrites", Field: "replacement" } && refusal.Args[0].StartsWith(place, StringComparison.Ordinal), $"{from} to {to}: {refusal}");
        }
        Assert.Equal("nothing-withheld", Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, Withholding.Without(entry, ["no such words"]).Replacement), 9)!.Code);
        Assert.Equal("redaction-rewrites", Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, good) with { EntryHash = Digest }, 9)!.Code);
        Assert.Equal("redaction-unreadable", Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, Withholding.Without(entry, ["pledge"]).Replacement), 9)!.Code);
        // It could be read, and would lead nowhere.
        foreach (var code in new[] { "IMRF-2022", "CRI", "notes", "policy-legislative" })
        {
            Assert.Equal("redaction-unreadable", Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, Withholding.Without(entry, [code]).Replacement), 9)!.Code);
        }
    }

    [Fact]
    public void A_stub_that_would_not_fit_is_refused()
    {
        var entry = Stored(new PledgeEvent.Recorded(SampleRegistry.Pledge() with { Text = string.Concat(Enumerable.Repeat("~ ", 30_000)) }));
        Assert.Equal("too-long", Withholding.Objection(SampleRegistry.State, entry, Redaction(entry, Withholding.Without(entry, ["~"]).Replacement), 9)!.Code);
    }

    private static RegistryEvent.EntryRedacted Redaction(StoredEntry entry, string replacement) =>
        new(0, "A court", "ordered", replacement, Stub.Of(entry, replacement, 9).EntryHash.ToString());

    private static StoredEntry Stored(IEvent happened) => new EntryChain().Next("pledge/IMRF-2022-0001", happened);

    private static (string, IEvent) Appointed(string actor, string participant = "HND") =>
        ($"participant/{participant}", new ParticipantEvent.ActorAppointed(actor, ActorRole.Administrator, ActorId.Registry, new EffectiveDate("2020"), null));

    private static (string Code, string? Field) Refused(RegistryState state, Author author)
    {
        var refusal = Assert.Single(Assert.IsType<Decision.Refused>(Authority.Decide(state, Redact, author, Today)).Reasons);
        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
        return (refusal.Code, refusal.Field);
    }
}
