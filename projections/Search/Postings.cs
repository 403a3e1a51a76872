namespace PledgeRegistry.Projections.Search;

/// <summary>
/// In which passages a word stands: their numbers, rising, each as its distance from the one before in as few bytes as it
/// needs (seven bits a byte, the last without the high bit). One thread adds while any number read.
/// </summary>
internal sealed class Postings(string term)
{
    private byte[] bytes = new byte[2];
    private int length;
    private int last = -1;

    public string Term { get; } = term;

    /// <summary>About how many there are: for the order in which words are looked at.</summary>
    public int Weight => Volatile.Read(ref length);

    /// <summary>How many bytes are set aside.</summary>
    public int Capacity => bytes.Length;

    public void Add(int passage)
    {
        if (passage == last)
        {
            return;
        }
        var distance = (uint)(passage - last - 1);
        last = passage;
        var array = bytes;
        if (length + 5 > array.Length && length + Size(distance) > array.Length)
        {
            Array.Resize(ref array, length + Math.Max(4, length / 2));
        }
        var end = length;
        for (; distance >= 0x80; distance >>= 7)
        {
            array[end++] = (byte)(distance | 0x80);
        }
        array[end++] = (byte)distance;
        Volatile.Write(ref bytes, array);
        Volatile.Write(ref length, end);
    }

    /// <summary>Reads those below a number, in order.</summary>
    public Reader Below(int passages)
    {
        // Length before bytes: an array read later has all that a length read earlier counts.
        var end = Volatile.Read(ref length);
        return new Reader(Volatile.Read(ref bytes).AsSpan(0, end), passages);
    }

    private static int Size(uint distance) => distance < 1 << 7 ? 1 : distance < 1 << 14 ? 2 : distance < 1 << 21 ? 3 : distance < 1 << 28 ? 4 : 5;

    internal ref struct Reader(ReadOnlySpan<byte> bytes, int below)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int at;

        public int Current { get; private set; } = -1;

        public bool MoveNext()
        {
            if (at >= bytes.Length)
            {
                return false;
            }
            uint distance = 0;
            for (var shift = 0; ; shift += 7)
            {
                var b = bytes[at++];
                distance |= (uint)(b & 0x7F) << shift;
                if (b < 0x80)
                {
                    break;
                }
            }
            Current += (int)distance + 1;
            return Current < below;
        }
    }
}
