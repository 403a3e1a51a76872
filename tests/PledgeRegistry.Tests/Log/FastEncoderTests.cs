using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Tests.Rules;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class FastEncoderTests
{
    [Fact]
    public void Any_event_is_written_as_the_reference_writes_it() => Seeded.Run(40, random =>
    {
        foreach (var type in RandomEvents.Types)
        {
            Same(random.Event(type));
        }
    });

    [Fact]
    public void Every_command_is_written_as_the_reference_writes_it() => Assert.All(Samples.Commands, Same);

    [Fact]
    public void A_command_that_lacks_something_is_written_without_it()
    {
        var command = new RenameParticipant("CRI", null!, null!, "notes");
        Same(command);
        Assert.Equal("{\"code\":\"CRI\",\"source\":\"notes\"}", Encoding.UTF8.GetString(StoredJson.EncodeFast(command)!));
    }

    [Fact]
    public void Every_type_of_event_and_command_has_a_fast_writer()
    {
        var commands = typeof(ICommand).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ICommand)));
        Assert.Empty(commands.Except(Samples.Commands.Select(c => c.GetType())));
        Assert.All(Samples.Commands, c => Assert.NotNull(StoredJson.EncodeFast(c)));
        Assert.All(Samples.Events.Concat(Samples.LeastEvents), e => Assert.NotNull(StoredJson.EncodeFast(e)));
    }

    [Fact]
    public void Of_what_is_not_as_it_should_be_only_the_reference_speaks()
    {
        var named = new ParticipantEvent.Renamed(Texts.Of(("es", "M\u00e9xico")), "so", "notes");
        Same(named);
        object[] others =
        [
            named with { Names = Texts.Of(("es", "Me\u0301xico")) },
            named with { Names = Texts.Of(("e\u0301", "name")) },
            named with { Reason = "bell\u0007" },
            named with { Reason = "half \ud83d" },
            named with { Reason = "\u202eturned" },
            named with { Reason = null! },
            new PledgeEvent.AddresseeAnswered("CRI", (AddresseeAnswer)99, new EffectiveDate("2024"), "text", "en"),
            new PledgeEvent.Split([null!], new EffectiveDate("2024"), "so"),
            new { Anything = 1.5 },
        ];
        Assert.All(others, o => Assert.Null(StoredJson.EncodeFast(o)));
    }

    [Fact]
    public void What_was_left_half_written_is_not_in_the_next()
    {
        Assert.Null(StoredJson.EncodeFast(new ParticipantEvent.Renamed(Texts.Of(("en", "name")), "bell\u0007", "notes")));
        Same(new ParticipantEvent.Renamed(Texts.Of(("en", "name")), "so", "notes"));
    }

    private static void Same(object value)
    {
        var reference = StoredJson.EncodeReference(value, out var normalized);
        var fast = StoredJson.EncodeFast(value);
        Assert.Equal(Encoding.UTF8.GetString(reference), fast is null && normalized ? Encoding.UTF8.GetString(reference) : Encoding.UTF8.GetString(fast!));
    }
}
