using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Difference;

/// <summary>What a stream is about, by name: in the reader's language where there is one in it.</summary>
public static class StreamTitles
{
    public static string Of(string stream, ReadModels models, Reading reading)
    {
        var slash = stream.IndexOf('/', StringComparison.Ordinal);
        var (family, id) = slash < 0 ? (stream, "") : (stream[..slash], stream[(slash + 1)..]);
        var (size, on, language) = (reading.Size, reading.On, reading.Language);
        return family switch
        {
            "pledge" => models.Pledges.At(id, size)?.On(on).Title,
            "initiative" => models.Initiatives.At(id, size) is { } row ? (row.On(on) ?? row.Phases[0]).Content.Title.For(language) : null,
            "exchange" => models.Exchange.At(id, size)?.Content.Title.For(language),
            "participant" => models.Participants.Name(id, reading),
            "meeting" => models.Meetings.Name(id, reading),
            "series" => models.Meetings.Series(id, size)?.Name(language),
            "source" => models.Meetings.Source(id, size)?.Document.Title,
            "partnership" => models.Partnerships.At(id, size)?.Content.Names.For(language),
            "framework" => models.Frameworks.At(id, size)?.Name(language),
            _ => null,
        } ?? (id.Length > 0 ? id : stream);
    }
}
