using System.Collections.Frozen;

namespace PledgeRegistry.Projections.Search;

/// <summary>The words that every text has, in English, Spanish, French and Arabic, folded: they tell no text from another.</summary>
public static class CommonWords
{
    private static readonly FrozenSet<string> All = string.Join(' ',
        "a about after all also an and any are as at be been before being between both but by can could each every for from had has have in including into is it its may more most must new no not of on or other our out over per shall should so some such than that the their them there these they this those through to under until up upon was we well were what when where which while who will with within without would",
        "a al ante aquella aquellas aquel aquellos asi aun cada como con contra cual cuales cuando de del desde donde durante e el ella ellas ellos en entre era es esa esas ese eso esos esta estas este esto estos fue ha han hasta hay la las le les lo los mas mediante mientras muy ni no nos o otra otras otro otros para pero por porque que quien quienes se segun ser sera seran si sin sobre son su sus tal tambien tanto toda todas todo todos un una unas uno unos y ya",
        "a afin ainsi alors apres au aucun aussi autre autres aux avant avec ce cela celle celles celui ces cet cette ceux chaque comme contre d dans de depuis des donc dont du elle elles en encore entre est et etaient etait etre eux fait il ils l la le les leur leurs lors lui mais meme ne ni nos notre nous on ont ou par pas pendant plus pour qu que qui s sa sans se selon sera seront ses si son sont sous sur tel tous tout toute toutes tres un une vers vos votre vous y",
        "في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين او أو و ثم كل كما لا لم لن ما ان أن إن كان كانت قد بين عند بعد قبل حتى اذا إذا بما مما عبر خلال غير وفق ضمن هو هي هم")
        .Split(' ').SelectMany(FoldedText.Words).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="word">As <see cref="WordReader"/> reads it.</param>
    public static bool Has(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
