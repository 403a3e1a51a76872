namespace PledgeRegistry.Web.Pages;

/// <summary>A stretch of two texts that are held against each other word by word.</summary>
/// <param name="In">+1 only in the second, -1 only in the first, 0 in both.</param>
public sealed record Stretch(int In, string Text);

/// <summary>What differs between two texts, word by word: the longest words in common stay.</summary>
public static class WordDifference
{
    // The work grows with the product: beyond this, the texts are shown whole.
    private const int MostWords = 1200;

    public static IReadOnlyList<Stretch> Between(string before, string after)
    {
        var (a, b) = (before.Split(' '), after.Split(' '));
        if (a.Length > MostWords || b.Length > MostWords)
        {
            return [new Stretch(-1, before), new Stretch(1, after)];
        }
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        var stretches = new List<(int In, List<string> Words)>();
        void Add(int where, string word)
        {
            if (stretches.Count == 0 || stretches[^1].In != where)
            {
                stretches.Add((where, []));
            }
            stretches[^1].Words.Add(word);
        }
        var (x, y) = (0, 0);
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                Add(0, a[x++]);
                y++;
            }
            else if (y >= b.Length || (x < a.Length && common[x + 1, y] >= common[x, y + 1]))
            {
                Add(-1, a[x++]);
            }
            else
            {
                Add(1, b[y++]);
            }
        }
        return [.. stretches.Select(s => new Stretch(s.In, string.Join(' ', s.Words)))];
    }
}
