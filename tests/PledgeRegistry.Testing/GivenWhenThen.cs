using PledgeRegistry.Log;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Testing;

/// <summary>
/// A decision as a sentence: given what happened (after <see cref="SampleRegistry"/>), when somebody asks for something,
/// then this is recorded, refused, or nothing happens. Only decides and folds: no writer, no log.
/// </summary>
public sealed class GivenWhenThen
{
    private GivenWhenThen(RegistryState state) => State = state;

    public RegistryState State { get; }

    public static GivenWhenThen Given(params (string Stream, IEvent Event)[] more) =>
        new(SampleRegistry.After(SampleRegistry.State, more));

    public Decided When(ICommand command, Author? author = null) =>
        new(State, command.Decide(State, author ?? SampleRegistry.Author));

    /// <summary>What was decided, to hold against what a test expects.</summary>
    public sealed record Decided(RegistryState Before, Decision Decision)
    {
        /// <summary>These events, in this order, in this stream, and no others; and the state takes them.</summary>
        public Decided ThenRecorded(string stream, params IEvent[] events)
        {
            var accepted = Decision as Decision.Accepted ?? throw Unexpected($"{events.Length} events in {stream}");
            Assert.Equal(stream, accepted.Stream);
            Assert.Equal(events.Select(Stored), accepted.Events.Select(Stored));
            SampleRegistry.After(Before, accepted.Events.Select(e => (stream, e)));
            return this;
        }

        /// <summary>Refused for this reason (among others that there may be), about this field where one is named.</summary>
        public Decided ThenRefused(string code, string? field = null)
        {
            var refused = Decision as Decision.Refused ?? throw Unexpected($"the refusal '{code}'");
            Assert.True(refused.Reasons.Any(r => r.Code == code && (field is null || r.Field == field)),
                $"Expected the refusal '{code}'{(field is null ? "" : $" at {field}")}, but found:\n{string.Join('\n', refused.Reasons)}");
            return this;
        }

        /// <summary>It is already so: accepted without an event.</summary>
        public Decided ThenNothing() => Decision is Decision.NothingNew ? this : throw Unexpected("nothing new");

        private Xunit.Sdk.FailException Unexpected(string expected) => Xunit.Sdk.FailException.ForFailure($"Expected {expected}, but it was " + Decision switch
        {
            Decision.Accepted a => $"accepted in {a.Stream}:\n{string.Join('\n', a.Events.Select(Stored))}",
            Decision.Refused r => $"refused:\n{string.Join('\n', r.Reasons)}",
            _ => "nothing new.",
        });

        private static string Stored(IEvent happened) =>
            $"{EventTypes.NameOf(happened)} {System.Text.Encoding.UTF8.GetString(StoredJson.Encode(happened))}";
    }
}
