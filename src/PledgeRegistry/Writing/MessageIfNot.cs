using System.Globalization;
using System.Runtime.CompilerServices;

namespace PledgeRegistry.Writing;

/// <summary>An interpolated message of a rule: its parts are put together only if the rule doesn't hold.</summary>
[InterpolatedStringHandler]
public ref struct MessageIfNot
{
    private readonly bool needed;
    private DefaultInterpolatedStringHandler message;

    public MessageIfNot(int literalLength, int formattedCount, bool holds, out bool append)
    {
        append = needed = !holds;
        message = holds ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string text) => message.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => message.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => message.AppendFormatted(value, format);

    public override string ToString() => needed ? message.ToStringAndClear() : "";
}
