using System.Text.Encodings.Web;
using System.Text.Json;

namespace PledgeRegistry.Projections;

/// <summary>How views are written as JSON, wherever they are: camelCase names, nothing left out; enumerations say their own words.</summary>
public static class ViewJson
{
    /// <summary>Readable by people: indented, letters of all scripts as they are. Not for embedding in HTML.</summary>
    public static readonly JsonSerializerOptions Indented = Options(indented: true);

    /// <summary>The same on one line.</summary>
    public static readonly JsonSerializerOptions OneLine = Options(indented: false);

    private static JsonSerializerOptions Options(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
