using System.Buffers;
using System.Globalization;
using Newtonsoft.Json;

namespace PledgeRegistry.Log;

/// <summary>
/// Newtonsoft.Json's writer of what is stored: canonical JSON (RFC 8785), in UTF-8, in one pass. The contracts of
/// <see cref="StoredJson"/> hand it keys in ordinal order; keys in any other order, and numbers that are not integers
/// up to 2^53 − 1, are a programming error and throw. Text must have passed <see cref="TextRules"/> and comes out in NFC.
/// </summary>
public sealed class CanonicalWriter(IBufferWriter<byte> target) : JsonWriter
{
    private readonly Stack<(bool Any, string? LastKey)> open = new();
    private bool afterKey;

    /// <summary>True once a string was written that wasn't in NFC: what was handed in is not what will be read back.</summary>
    public bool Normalized { get; private set; }

    public override void WriteStartObject()
    {
        Separate();
        CanonicalText.Write(target, "{"u8);
        open.Push((false, null));
        base.WriteStartObject();
    }

    public override void WriteStartArray()
    {
        Separate();
        CanonicalText.Write(target, "["u8);
        open.Push((false, null));
        base.WriteStartArray();
    }

    protected override void WriteEnd(JsonToken token)
    {
        open.Pop();
        CanonicalText.Write(target, token == JsonToken.EndObject ? "}"u8 : "]"u8);
    }

    public override void WritePropertyName(string name)
    {
        var (any, last) = open.Pop();
        if (last is not null && string.CompareOrdinal(last, name) >= 0)
        {
            throw new InvalidOperationException($"Key '{name}' after '{last}': canonical JSON has keys once, in ordinal order.");
        }
        if (any)
        {
            CanonicalText.Write(target, ","u8);
        }
        open.Push((true, name));
        base.WritePropertyName(name);
        if (!TextRules.IsPlainAscii(name))
        {
            TextRules.Check(name);
            if (!name.IsNormalized())
            {
                // Composing it now could put it out of order, or beside its twin.
                throw new TextRefusedException("A name must be in Unicode's composed form (NFC).");
            }
        }
        CanonicalText.WriteString(target, name);
        CanonicalText.Write(target, ":"u8);
        afterKey = true;
    }

    public override void WritePropertyName(string name, bool escape) => WritePropertyName(name);

    public override void WriteValue(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }
        Separate();
        base.WriteValue(value);
        Text(value);
    }

    public override void WriteValue(long value)
    {
        Separate();
        base.WriteValue(value);
        CanonicalText.WriteInteger(target, value);
    }

    public override void WriteValue(int value) => WriteValue((long)value);

    public override void WriteValue(bool value)
    {
        Separate();
        base.WriteValue(value);
        CanonicalText.Write(target, value ? "true"u8 : "false"u8);
    }

    /// <summary>Absent members are left out before they come here, so this is an item of a list: a gap that no reader takes.</summary>
    public override void WriteNull()
    {
        base.WriteNull();
        throw new TextRefusedException("Nothing (null) stands here, where something is needed; leave it out of the list.");
    }

    public override void WriteValue(double value) => Refuse(value);
    public override void WriteValue(float value) => Refuse(value);
    public override void WriteValue(decimal value) => Refuse(value);
    public override void WriteValue(DateTime value) => Refuse(value);
    public override void WriteValue(DateTimeOffset value) => Refuse(value);
    public override void WriteValue(Guid value) => Refuse(value);
    public override void WriteValue(byte[]? value) => Refuse(value);
    public override void WriteValue(Uri? value) => Refuse(value);
    public override void WriteValue(TimeSpan value) => Refuse(value);
    public override void WriteValue(char value) => Refuse(value);
    public override void WriteValue(byte value) => Refuse(value);
    public override void WriteValue(sbyte value) => Refuse(value);
    public override void WriteValue(short value) => Refuse(value);
    public override void WriteValue(ushort value) => Refuse(value);
    public override void WriteValue(uint value) => Refuse(value);
    public override void WriteValue(ulong value) => Refuse(value);
    public override void WriteUndefined() => Refuse("undefined");
    public override void WriteStartConstructor(string name) => Refuse(name);
    public override void WriteRaw(string? json) => Refuse(json);
    public override void WriteRawValue(string? json) => Refuse(json);
    public override void WriteComment(string? text) => Refuse(text);

    public override void Flush()
    {
    }

    // The base would complete what an exception left open.
    public override void Close()
    {
    }

    private static void Refuse(object? value) => throw new InvalidOperationException(
        $"{value?.GetType().Name} has no place in an entry: amounts, dates and ids are strings in one lexical form ({Convert.ToString(value, CultureInfo.InvariantCulture)}).");

    private void Text(string value)
    {
        if (!TextRules.IsPlainAscii(value))
        {
            TextRules.Check(value);
            if (!value.IsNormalized())
            {
                value = value.Normalize();
                Normalized = true;
            }
        }
        CanonicalText.WriteString(target, value);
    }

    private void Separate()
    {
        if (afterKey)
        {
            afterKey = false;
        }
        else if (open.TryPop(out var level))
        {
            if (level.Any)
            {
                CanonicalText.Write(target, ","u8);
            }
            open.Push(level with { Any = true });
        }
    }
}
