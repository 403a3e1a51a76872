using System.Globalization;
using MediatR;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests;

/// <summary>
/// A registry as a test tells it: commands through the real writer, on a log in memory, on the days that the test sets. It
/// starts with <see cref="SampleData"/>.
/// </summary>
internal sealed class Given : IAsyncDisposable
{
    private static readonly Lazy<Task<IReadOnlyList<StoredEntry>>> Sample = new(async () =>
    {
        await using var given = await OnLogAsync(new InMemoryLog());
        await SampleData.RecordAsync(given.On("2016-01-04"));
        return await given.EntriesAsync();
    });

    private readonly RegistryWriter writer;
    private readonly long opened;
    private int keys;

    private Given(InMemoryLog log, Registry registry, ReadModels models)
    {
        Log = log;
        Registry = registry;
        Models = models;
        opened = registry.Head.Size;
        writer = new RegistryWriter(registry, Clock);
        Mediator = Handlers.Mediator(registry, models, writer);
    }

    public InMemoryLog Log { get; }
    public Registry Registry { get; }
    public ReadModels Models { get; }
    public IMediator Mediator { get; }
    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2016, 10, 3, 12, 0, 0, TimeSpan.Zero));
    public long Size => Registry.Head.Size;

    public static async Task<Given> ARegistryAsync() => await OnEntriesAsync(await Sample.Value);

    /// <summary>A registry whose log holds these entries and no others.</summary>
    public static async Task<Given> OnEntriesAsync(IEnumerable<StoredEntry> entries)
    {
        var log = new InMemoryLog();
        var head = new LogHead(0, default);
        foreach (var batch in entries.Chunk(IEventLog.MaxBatchEntries))
        {
            Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, batch));
            head = new LogHead(head.Size + batch.Length, batch[^1].Leaf);
        }
        return await OnLogAsync(log);
    }

    /// <summary>A registry that reads this log from its start.</summary>
    public static async Task<Given> OnLogAsync(InMemoryLog log)
    {
        var models = new ReadModels();
        return new Given(log, await Registry.OpenAsync(log, EntryCodec.Current, models.All), models);
    }

    public Task<IReadOnlyList<StoredEntry>> EntriesAsync() => Log.ReadAsync(0, (int)Size);

    /// <summary>From now on it is noon of this day (UTC), or this instant.</summary>
    public Given On(string when)
    {
        Clock.Now = when.Length == 10
            ? new DateTimeOffset(Day(when).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero)
            : DateTimeOffset.Parse(when, CultureInfo.InvariantCulture);
        return this;
    }

    /// <summary>Somebody does it, and it is recorded.</summary>
    /// <returns>The id of what it is about.</returns>
    public async Task<string> DoesAsync<TCommand>(TCommand command, Author? author = null) where TCommand : class, ICommand =>
        await TriesAsync(command, author) switch
        {
            Outcome.Recorded recorded => recorded.Receipt.Id,
            var other => throw new InvalidOperationException(other is Outcome.Refused r ? string.Join("; ", r.Reasons) : other.ToString()),
        };

    public Task<Outcome> TriesAsync<TCommand>(TCommand command, Author? author = null) where TCommand : class, ICommand =>
        writer.SubmitAsync(command, author ?? SampleRegistry.Author, $"{opened}-{++keys}");

    /// <param name="items">What it is mapped to: <c>gcm/2018 GCM-15</c>.</param>
    public Task<string> RecordsAsync(PledgeContent content, params string[] items) =>
        DoesAsync(new RecordPledge(content, [.. items.Select(i => new MappingReason(Item(i), "It says so."))]));

    public Task<string> RecordsAsync(InitiativeContent content) => DoesAsync(new RecordInitiative(content));

    public Task ReportsAsync(string pledge, string party, ClaimedStatus status, string effectiveOn) =>
        DoesAsync(new ReportProgress(pledge, Report(party, status, effectiveOn)));

    public Task ReviewsAsync(string pledge, ReviewView view, string effectiveOn, int? report = null, ReviewStanding standing = ReviewStanding.Secretariat) =>
        DoesAsync(new ReviewPledge(pledge, SampleRegistry.Review(By(standing), view, report) with { Standing = standing, EffectiveOn = new EffectiveDate(effectiveOn) }));

    public Task AnswersAsync(string pledge, string party, AddresseeAnswer answer, string on) =>
        DoesAsync(new AnswerAsAddressee(pledge, party, answer, "We have read it.", "en", new EffectiveDate(on)));

    public Task CorrectsAsync(string pledge, PledgeContent content) => DoesAsync(new CorrectPledge(pledge, VersionOf(pledge), content, "It was misread."));

    public Task AmendsAsync(string pledge, PledgeContent content, string from) =>
        DoesAsync(new AmendPledge(pledge, VersionOf(pledge), content, new EffectiveDate(from), "The parties changed it."));

    public Task InvitesAsync(string pledge, string party, string on) => DoesAsync(new InviteParty(pledge, party, new EffectiveDate(on), "It asked to be."));

    public Task AcceptsAsync(string pledge, string party, string from) => DoesAsync(new AcceptPledge(pledge, party, new EffectiveDate(from), null, null, null));

    public Task DeclinesAsync(string pledge, string party, string on) => DoesAsync(new DeclinePledge(pledge, party, new EffectiveDate(on), "Not this year.", "en"));

    public Task LeavesAsync(string pledge, string party, string from) => DoesAsync(new LeavePledge(pledge, party, new EffectiveDate(from), "It goes on alone."));

    public Task SharesAsync(string pledge, string party, Share share, string from) => DoesAsync(new DeclareShare(pledge, party, share, new EffectiveDate(from), "As agreed."));

    public Task TranslatesAsync(string pledge, string language, string title) =>
        DoesAsync(new TranslatePledge(pledge, new Translation(language, title, $"{title}, in full.", TranslationStanding.Unofficial)));

    public Task WithdrawsAsync(string pledge, string from) => DoesAsync(new WithdrawPledge(pledge, VersionOf(pledge), new EffectiveDate(from), "No longer possible."));

    public Task UpdatesAsync(string initiative, InitiativeContent content) =>
        DoesAsync(new UpdateInitiative(initiative, VersionOf(initiative), content, "There is news."));

    /// <summary>The version of a pledge or an initiative.</summary>
    public long VersionOf(string id) => Registry.State.VersionOf(Registry.State.Pledges.ContainsKey(id) ? $"pledge/{id}" : $"initiative/{id}");

    /// <summary>All that is known now, judged today.</summary>
    public Reading Now => Read(DateOnly.FromDateTime(Clock.Now.UtcDateTime), Size);

    /// <summary>What is known at a size (or now), judged on a day.</summary>
    public Reading At(string on, long? size = null) => Read(Day(on), size ?? Size);

    public Task<TView> AsksAsync<TView>(IRequest<TView> query) => Mediator.Send(query);

    public static Reading Read(DateOnly on, long size, string language = "en") => new(new Basis(size, on), language);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Who reviews with that standing in the IMRF.</summary>
    public static string By(ReviewStanding standing) => standing switch
    {
        ReviewStanding.Secretariat => SampleRegistry.Secretariat,
        ReviewStanding.Reviewer => SampleRegistry.Reviewer,
        _ => "IOM",
    };

    public static ItemRef Item(string item) => new(item.Split(' ')[0], item.Split(' ')[1]);

    public static ProgressReport Report(string party, ClaimedStatus status, string effectiveOn) =>
        SampleRegistry.Report(party, status) with { EffectiveOn = new EffectiveDate(effectiveOn) };

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
