namespace PledgeRegistry.Projections.Search;

/// <summary>Reads the words of a text one by one, folded, with the place of each in the text; what is neither letter nor digit parts them.</summary>
public ref struct WordReader(string text)
{
    private char[] word = new char[32];
    private int length;
    private int at;

    // Of a character that stands for several ("½"), how many were read.
    private int inside;

    /// <summary>The word as it is compared.</summary>
    public readonly ReadOnlySpan<char> Current => word.AsSpan(0, length);

    /// <summary>Where it starts in the text.</summary>
    public int Start { get; private set; }

    /// <summary>Where it is over.</summary>
    public int End { get; private set; }

    public bool MoveNext()
    {
        length = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c < 128)
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    Add(char.ToLowerInvariant(c), at, 1);
                }
                else if (length > 0)
                {
                    return true;
                }
                at++;
                continue;
            }
            var folded = FoldedText.At(text, at, out var width);
            while (inside < folded.Length)
            {
                if (char.IsLetterOrDigit(folded[inside]))
                {
                    Add(folded[inside], at, width);
                }
                else if (length > 0)
                {
                    return true;
                }
                inside++;
            }
            // A mark on the word's last letter is still the word's.
            if (folded.Length == 0 && length > 0)
            {
                End = at + width;
            }
            inside = 0;
            at += width;
        }
        return length > 0;
    }

    private void Add(char c, int place, int width)
    {
        if (length == 0)
        {
            Start = place;
        }
        if (length == word.Length)
        {
            Array.Resize(ref word, length * 2);
        }
        word[length++] = c;
        End = place + width;
    }
}
