using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace PledgeRegistry.Testing;

/// <summary>A value written out member by member, sets and dictionaries in a fixed order: two values are alike if their texts are.</summary>
public static class DeepText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string s:
                text.Append('"').Append(s).Append('"');
                break;
            case IFormattable scalar:
                text.Append(scalar.ToString(null, CultureInfo.InvariantCulture));
                break;
            case bool b:
                text.Append(b);
                break;
            case IEnumerable items:
                var written = items.Cast<object?>().Select(Of);
                text.Append('[').AppendJoin(",\n", IsOrdered(items) ? written : written.Order(StringComparer.Ordinal)).Append(']');
                break;
            default:
                text.Append(value.GetType().Name).Append('{');
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    text.Append(property.Name).Append('=');
                    Write(text, property.GetValue(value));
                    text.Append(';');
                }
                text.Append('}');
                break;
        }
    }

    private static bool IsOrdered(IEnumerable items) => items is IList or Texts;
}
