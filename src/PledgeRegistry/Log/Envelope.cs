using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>The members of an entry as they are read: each exactly once, and no others.</summary>
internal sealed class Envelope
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // .NET takes signs and prefixes, too.
    private static readonly SearchValues<byte> OfIds = SearchValues.Create("0123456789abcdef-"u8);

    /// <summary>The members that are texts or null.</summary>
    public enum Member { Actor, CausationId, CommandHash, CommandId, CorrelationId, Id, OnBehalfOf, RecordedAt, Role, Stream, Type, Position, Version, Data }

    private readonly string?[] texts = new string?[(int)Member.Type + 1];
    private long position = -1, version = -1;
    private Hash? commandId, commandHash;
    private Guid? id;
    private DateTimeOffset? recordedAt;
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

    /// <summary>The same from the stored bytes, for what is more than a text: without making one.</summary>
    /// <returns>False where it isn't such a member, or not written as it must be: then nothing was taken.</returns>
    public bool TryText(Member? member, ReadOnlySpan<byte> value)
    {
        var taken = member switch
        {
            Member.CommandId => Hash.TryParse(value, out var hash) && (commandId = hash) is not null,
            Member.CommandHash => Hash.TryParse(value, out var hash) && (commandHash = hash) is not null,
            Member.Id => value.Length == 36 && !value.ContainsAnyExcept(OfIds) && Guid.TryParse(value, out var guid) && (id = guid) is not null,
            Member.RecordedAt => TryTime(value, out var time) && (recordedAt = time) is not null,
            _ => false,
        };
        if (taken)
        {
            See(member!.Value);
        }
        return taken;
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
        return new Entry(
            position >= 0 ? position : throw Lacking(Member.Position),
            Needed(Member.Stream),
            version >= 0 ? version : throw Lacking(Member.Version),
            id ?? Id(Needed(Member.Id)),
            Type,
            recordedAt ?? Time(Needed(Member.RecordedAt)),
            Needed(Member.Actor),
            Needed(Member.Role),
            texts[(int)Member.OnBehalfOf],
            commandId ?? Hash.Parse(Needed(Member.CommandId)),
            commandHash ?? Hash.Parse(Needed(Member.CommandHash)),
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

    private static Guid Id(string text) =>
        text.All(c => char.IsAsciiHexDigitLower(c) || c == '-') ? Guid.ParseExact(text, "D") : throw new FormatException("An id is hexadecimal, in lower case.");

    // Of TimeFormat exactly, whose every part has its place.
    private static bool TryTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != 24 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z'
            || Digits(text[..4]) is not (>= 1 and var year) || Digits(text[5..7]) is not (>= 1 and <= 12 and var month) || Digits(text[8..10]) is not (>= 1 and var day)
            || day > DateTime.DaysInMonth(year, month) || Digits(text[11..13]) is not (>= 0 and <= 23 and var hour) || Digits(text[14..16]) is not (>= 0 and <= 59 and var minute)
            || Digits(text[17..19]) is not (>= 0 and <= 59 and var second) || Digits(text[20..23]) is not (>= 0 and var millisecond))
        {
            return false;
        }
        time = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        return true;
    }

    // -1 where there is something else.
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static FormatException Lacking(Member member) => new($"'{member}' is not there, or not what it must be.");

    private static FormatException NoPlace(Member? member) => new($"'{(member is { } m ? m.ToString() : "A member")}' has no place in an envelope, or is not what it must be.");
}
