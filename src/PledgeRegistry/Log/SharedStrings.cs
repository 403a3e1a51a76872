using System.Text;

namespace PledgeRegistry.Log;

/// <summary>
/// Strings that come again and again (streams, roles, types, actors), made once: a million entries name few. A fixed table;
/// what doesn't find room is made anew. Threads may race for a slot: either string is right.
/// </summary>
internal static class SharedStrings
{
    private const int Slots = 1 << 16, MaxLength = 64;

    private static readonly Shared?[] Table = new Shared?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength)
        {
            return Encoding.UTF8.GetString(utf8);
        }
        // FNV-1a.
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16777619u;
        }
        ref var slot = ref Table[(hash ^ hash >> 16) & (Slots - 1)];
        var found = Volatile.Read(ref slot);
        if (found is not null && utf8.SequenceEqual(found.Utf8))
        {
            return found.Text;
        }
        var made = new Shared(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        Volatile.Write(ref slot, made);
        return made.Text;
    }

    private sealed record Shared(byte[] Utf8, string Text);
}
