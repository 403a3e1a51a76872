using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PledgeRegistry.Log;

/// <summary>Any JSON in the canonical form of RFC 8785: the reference that <see cref="CanonicalWriter"/> is held equal to.</summary>
public static class CanonicalJson
{
    /// <summary>How deep JSON may nest. Beyond it a document is refused, not read.</summary>
    public const int MaxDepth = 32;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads JSON strictly: RFC 8259 in UTF-8, dates stay strings, duplicate keys and trailing text are refused.</summary>
    /// <exception cref="FormatException">Not such JSON; the message says why.</exception>
    public static JToken Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            CheckGrammar(json);
            using var reader = new JsonTextReader(new StringReader(Utf8.GetString(json)))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Double,
                MaxDepth = MaxDepth,
                Culture = CultureInfo.InvariantCulture,
            };
            var settings = new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };
            var token = JToken.ReadFrom(reader, settings);
            return !reader.Read() ? token : throw new FormatException("Something follows the JSON value.");
        }
        catch (Exception e) when (e is Newtonsoft.Json.JsonException or System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    // Newtonsoft.Json reads more than JSON: comments, single quotes, hexadecimal numbers, halves of characters.
    private static void CheckGrammar(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }

    public static byte[] Canonicalize(ReadOnlySpan<byte> json) => Encode(Parse(json));

    public static byte[] Encode(JToken token)
    {
        var target = new ArrayBufferWriter<byte>(256);
        Write(target, token);
        return target.WrittenSpan.ToArray();
    }

    public static void Write(IBufferWriter<byte> target, JToken token)
    {
        switch (token)
        {
            case JObject o:
                CanonicalText.Write(target, "{"u8);
                var first = true;
                foreach (var property in o.Properties().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    if (!first)
                    {
                        CanonicalText.Write(target, ","u8);
                    }
                    first = false;
                    CanonicalText.WriteString(target, property.Name);
                    CanonicalText.Write(target, ":"u8);
                    Write(target, property.Value);
                }
                CanonicalText.Write(target, "}"u8);
                break;
            case JArray a:
                CanonicalText.Write(target, "["u8);
                for (var i = 0; i < a.Count; i++)
                {
                    if (i > 0)
                    {
                        CanonicalText.Write(target, ","u8);
                    }
                    Write(target, a[i]);
                }
                CanonicalText.Write(target, "]"u8);
                break;
            case JValue { Type: JTokenType.String } s:
                CanonicalText.WriteString(target, (string)s!);
                break;
            case JValue { Type: JTokenType.Integer, Value: long i }:
                CanonicalText.WriteInteger(target, i);
                break;
            case JValue { Type: JTokenType.Float } f:
                CanonicalText.Write(target, Encoding.ASCII.GetBytes(CanonicalText.Number((double)f)));
                break;
            case JValue { Type: JTokenType.Boolean } b:
                CanonicalText.Write(target, (bool)b ? "true"u8 : "false"u8);
                break;
            case JValue { Type: JTokenType.Null }:
                CanonicalText.Write(target, "null"u8);
                break;
            default:
                throw new FormatException($"{token.Type} at '{token.Path}' has no canonical form.");
        }
    }
}
