using System.Globalization;
using System.Text.Json;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>The members of an entry as they are read: each exactly once, and no others.</summary>
internal sealed class Envelope
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The members that are texts or null.</summary>
    public enum Member { Actor, CausationId, CommandHash, CommandId, CorrelationId, Id, OnBehalfOf, RecordedAt, Role, Stream, Type, Position, Version, Data }

    private readonly string?[] texts = new string?[(int)Member.Type + 1];
    private long position = -1, version = -1;
    private int seen;

    public string Type => texts[(int)Member.Type] ?? throw Lacking(Member.Type);

    /// <summary>The member of this name, or null if an entry has none such.</summary>
    public static Member? Find(string name) => name switch
    {
        "actor" => Member.Actor,
        "causationId" => Member.CausationId,
        "commandHash" => Member.CommandHash,
        "commandId" => Member.CommandId,
        "correlationId" => Member.CorrelationId,
        "data" => Member.Data,
        "id" => Member.Id,
        "onBehalfOf" => Member.OnBehalfOf,
        "position" => Member.Position,
        "recordedAt" => Member.RecordedAt,
        "role" => Member.Role,
        "stream" => Member.Stream,
        "type" => Member.Type,
        "version" => Member.Version,
        _ => null,
    };

    /// <summary>The same, from the reader's property name, without making a string of it.</summary>
    public static Member? Find(ref Utf8JsonReader reader) => reader.ValueSpan.Length switch
    {
        _ when reader.ValueIsEscaped => Find(reader.GetString()!),
        2 => reader.ValueTextEquals("id"u8) ? Member.Id : null,
        4 => reader.ValueTextEquals("data"u8) ? Member.Data : reader.ValueTextEquals("role"u8) ? Member.Role : reader.ValueTextEquals("type"u8) ? Member.Type : null,
        5 => reader.ValueTextEquals("actor"u8) ? Member.Actor : null,
        6 => reader.ValueTextEquals("stream"u8) ? Member.Stream : null,
        7 => reader.ValueTextEquals("version"u8) ? Member.Version : null,
        8 => reader.ValueTextEquals("position"u8) ? Member.Position : null,
        9 => reader.ValueTextEquals("commandId"u8) ? Member.CommandId : null,
        10 => reader.ValueTextEquals("onBehalfOf"u8) ? Member.OnBehalfOf : reader.ValueTextEquals("recordedAt"u8) ? Member.RecordedAt : null,
        11 => reader.ValueTextEquals("causationId"u8) ? Member.CausationId : reader.ValueTextEquals("commandHash"u8) ? Member.CommandHash : null,
        13 => reader.ValueTextEquals("correlationId"u8) ? Member.CorrelationId : null,
        _ => null,
    };

    /// <param name="value">Null where the stored value is null.</param>
    public void Text(Member? member, string? value)
    {
        See(member is { } m and < Member.Position ? m : throw NoPlace(member));
        texts[(int)m] = value;
    }

    public void Number(Member? member, long value)
    {
        if (member == Member.Position)
        {
            position = value;
        }
        else if (member == Member.Version)
        {
            version = value;
        }
        else
        {
            throw NoPlace(member);
        }
        See(member.Value);
    }

    /// <summary>Says that the data were there; the reader keeps them.</summary>
    public void Data() => See(Member.Data);

    public Entry ToEntry(IEvent happened)
    {
        for (var m = Member.Actor; m <= Member.Data; m++)
        {
            if ((seen >> (int)m & 1) == 0)
            {
                throw Lacking(m);
            }
        }
        var id = Needed(Member.Id);
        return new Entry(
            position >= 0 ? position : throw Lacking(Member.Position),
            Needed(Member.Stream),
            version >= 0 ? version : throw Lacking(Member.Version),
            !id.AsSpan().ContainsAnyInRange('A', 'F') ? Guid.ParseExact(id, "D") : throw new FormatException("An id is in lower case."),
            Type,
            Time(Needed(Member.RecordedAt)),
            Needed(Member.Actor),
            Needed(Member.Role),
            texts[(int)Member.OnBehalfOf],
            Hash.Parse(Needed(Member.CommandId)),
            Hash.Parse(Needed(Member.CommandHash)),
            Needed(Member.CorrelationId),
            texts[(int)Member.CausationId],
            happened);
    }

    private string Needed(Member member) => texts[(int)member] ?? throw Lacking(member);

    private void See(Member member)
    {
        if ((seen >> (int)member & 1) == 1)
        {
            throw new FormatException($"'{member}' is there twice.");
        }
        seen |= 1 << (int)member;
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static FormatException Lacking(Member member) => new($"'{member}' is not there, or not what it must be.");

    private static FormatException NoPlace(Member? member) => new($"'{(member is { } m ? m.ToString() : "A member")}' has no place in an envelope, or is not what it must be.");
}
