using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PledgeRegistry.Web.Api;

/// <summary>JSON as HTTP has it: camelCase, enumerations as kebab-case words, dates as 2022-05-17; what is absent is left out.</summary>
internal static class ApiJson
{
    public const string MediaType = "application/json";

    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        // Letters and apostrophes as they are: the media type and nosniff keep an answer from being taken for markup.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public static Task WriteJsonAsync(this HttpContext context, object value, string mediaType = MediaType) =>
        context.WriteBytesAsync(JsonSerializer.SerializeToUtf8Bytes(value, Options), mediaType);

    /// <summary>Answers with bytes; to a HEAD request with their length alone.</summary>
    public static Task WriteBytesAsync(this HttpContext context, ReadOnlyMemory<byte> bytes, string mediaType = MediaType)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
