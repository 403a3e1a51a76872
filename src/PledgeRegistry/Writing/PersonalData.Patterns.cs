using System.Buffers;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Writing;

/// <summary>The patterns.</summary>
internal static partial class PersonalData
{
    // The words of the patterns below, or what they begin with: without one of them, only some forms are seen.
    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "tel", "tél", "phone", "mobile", "cel", "line", "fax", "whatsapp", "portable", "movil", "móvil", "هاتف", "جوال", "موبايل", "واتساب", "فاكس",
            "call", "dial", "text", "contact", "reach", "llam", "llám", "marque", "marca", "comun", "escrib", "línea", "appel", "compos", "joign", "numéro", "اتصل", "اتصال", "رقم",
            "passport", "pasaporte", "passeport", "travel", "visa", "identi", "national", "card", "document", "titre", "tarjeta", "carn", "cedula", "cédula", "dui", "curp", "dni", "nif", "ssn",
            "social", "segur", "alien", "uscis", "refugee", "asylum", "unhcr", "acnur", "hcr", "registro", "solicitante", "sin", "ine", "nit", "nie", "dpi", "cui", "rtn", "nss", "rnm",
            "جواز", "هوية", "لاجئ", "لجوء",
        ],
        StringComparison.OrdinalIgnoreCase);

    private const string Name = @"(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}";

    // With the sign, and a space on either side of it or none.
    [GeneratedRegex(Name + @"\s?@\s?(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,}")]
    private static partial Regex EmailAddress();

    // "name (at) host dot org", "name arroba host punto org", "first.last at host.org"; not "see it at host.org".
    [GeneratedRegex(
        Name + @"\s{0,2}[\[({<]\s?(?:at|arroba|arobase|@|آت)\s?[\])}>]\s{0,2}[\p{L}\p{N}-]{1,63}(?:\s{0,2}[\[({]?\s?(?:\.|\bdot\b|\bpunto\b|\bpoint\b|نقطة)\s?[\])}]?\s{0,2}[\p{L}\p{N}-]{1,63}){1,6}"
        + "|" + Name + @"\s(?:at\s[\p{L}\p{N}-]{1,63}\s?[\[({]?dot|arroba\s[\p{L}\p{N}-]{1,63}\s?[\[({]?punto|arobase\s[\p{L}\p{N}-]{1,63}\s?[\[({]?point)[\])}]?\s[\p{L}\p{N}-]{2,24}\b"
        + @"|(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}]{1,30}[._][\p{L}\p{N}]{1,30}\s(?:at|arroba|arobase)\s(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpelledAddress();

    // A number begins where no word, address of the web or longer number goes on, and ends so too.
    private const string Begin = @"(?<![\p{L}\d/.,_=#\u2010-\u2013-])", End = @"(?![\d\u2010-\u2013-]|[.,/]\d|\p{L})";

    // Two years, or a number and its year: a period, or a decree.
    private const string NoYears = @"(?!(?:19|20)\d\d[\s/\u2010-\u2013-])(?!\d{3,6}[\s/\u2010-\u2013-]{1,3}(?:19|20)\d\d(?!\d))";

    // 2500-3000: a range of round numbers.
    private const string NoRange = @"(?!\d{2,3}0[\u2010-\u2013-]\d{3}0(?!\d))";

    // 1 250 000, 1.250.000.
    private const string NoThousands = @"(?!\d{1,3}(?:[\s.]\d{3})+(?![\d-]))";

    private const string Mark = @"\s{0,3}(?:n\.?\s?[º°]|(?:no|núm|num|number|número|numéro|رقم)\b)?\s{0,3}[.:#]{0,3}\s{0,3}";

    private const string Telephone =
        @"(?:tel|tels|tele?phone|phone|mobile|cell|cell\s?phone|landline|hotline|helpline|fax|whatsapp|tél|téléphone|portable|tel[eé]fonos?|m[oó]vil|celular|cel|هاتف|الهاتف|جوال|الجوال|موبايل|واتساب|فاكس)";

    // Words before a number to be called, with some more words between.
    private const string Calling =
        @"(?<=\b(?:call|calling|calls|dial|phone|telephone|hotline|helpline|text|contact|reach|reached|whatsapp|ll[aá]m[ea]\p{L}{0,4}|llamadas?|marque|marcar|marcando|comun[ií]\p{L}{4,9}|contact[aoe]\p{L}{0,4}|escrib\p{L}{1,4}"
        + @"|tel[eé]fonos?|celular|l[ií]nea|appel\p{L}{1,3}|compos\p{L}{1,3}|contact\p{L}{1,3}|téléphone|joign\p{L}{1,5}|numéro|\p{L}{0,2}اتصل\p{L}{0,2}|\p{L}{0,3}اتصال|\p{L}{0,2}هاتف|الرقم|\p{L}{0,1}رقم)\b[^\d\n]{0,40})(?<!\d)";

    // A back-reference heeds no case, which separators haven't: with case, no code is generated for the whole pattern, and it
    // takes fifty times as long.
    // International form; digits after a word for telephone; shapes of local numbers after a word for calling; local forms that nothing else has.
    [GeneratedRegex(
        @"(?<!\d)\+\(?\d(?:[\s().\u2010-\u2013-]{0,2}\d){7,14}(?!\d)"
        + "|" + Begin + @"00\s?[1-9]\d{0,2}(?:[\s().\u2010-\u2013-]{1,2}\d{2,4}){2,5}" + End
        + @"|\b" + Telephone + @"\b" + Mark + NoYears + NoThousands + @"\(?\d(?:[\s().\u2010-\u2013-]{0,2}\d){5,14}"
        // Looked back from only where a number can begin.
        + @"|(?=[(\d])" + Calling + NoYears + NoRange + NoThousands + @"(?:0\d{1,3}(?:[\s.\u2010-\u2013-]\d{2,3}){2,4}|\(?\d{2,4}\)?[\s.\u2010-\u2013-]{1,2}\d{3,4}(?:[\s.\u2010-\u2013-]?\d{2,4}){0,2}|\d{8}|0?\d{9,10})" + End
        + "|" + Begin + @"(?:1[\s.-])?(?:\(\d{3}\)\s{0,2}\d{3}[\s.\u2010-\u2013-]\d{4}|[2-9]\d{2}([.\u2010-\u2013-])\d{3}(?-i:\1)\d{4})" + End
        + "|" + Begin + @"(?:\(\d{2,3}\)\s{0,2}\d{4}[\s\u2010-\u2013-]\d{4}|[1-9]\d([\s\u2010-\u2013-])\d{4}(?-i:\2)\d{4}|[2-9]\d{2}\s\d{3}\s\d{4}(?<!\s(?:19|20)\d\d))" + End
        // Four and four digits are a range too, of people (a word follows) or pages.
        + "|" + Begin + @"(?<!\b(?:ISSN|pp?\.?|págs?\.?|pages?|páginas?|between|from|entre|de)\s{0,2})" + NoYears + NoRange + @"[2-9]\d{3}-\d{4}" + End + @"(?!\s?[\p{L}%$€£])"
        + "|" + Begin + @"(?<!ISBN[\s:]{0,2})(?:0\d([\s.])\d{2}(?:(?-i:\3)\d{2}){3}|[0٠]\d{9})" + End,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TelephoneNumber();

    private const string Document =
        @"(?:passports?|pasaportes?|passeports?|travel\s(?:document|certificate)|visas?|identity\s(?:card|document)|national\sid(?:entity)?|id\scard|carte\sd[’']identité|titre\sde\ss[ée]jour|documento\s(?:[uú]nico\s)?de\sidentidad|tarjeta\sde\sresidente"
        + @"|carn[eé](?:t)?|c[eé]dulas?|identificaci[oó]n|DUI|CURP|DNI|NIF|SSN|social\ssecurity|seguridad\ssocial|seguro\ssocial|social\sinsurance|alien|USCIS|green\scard|refugee\s(?:registration|id|card|certificate)|asylum\s(?:case|seeker|registration)"
        + @"|UNHCR(?:\s(?:id|case|file|registration|individual|card))?|ACNUR|HCR|registro\sde\srefugiad[oa]s?|solicitante(?:\sde\sasilo)?|(?-i:SIN|INE|NIT|NIE|DPI|CUI|RTN|NSS|RNM)"
        + @"|\p{L}{0,1}جواز(?:\sال?سفر)?|جواز\sسفره?ا?|بطاقة\sال?هوية|الهوية|الرقم\sالوطني|رقم\sاللاجئ|بطاقة\sاللجوء)";

    // Between the name of a document and its number, any of these, in this order.
    private const string Numbered =
        @"(?:\s(?:card|book|document|registration|individual|case|file|de\sidentidad|de\sciudadan[ií]a|de\sresidencia|nacional|of\sa\srefugee))?[\s.:#(]{0,3}(?:(?:n\.?\s?[º°]|(?:no|nos|núm|num|number|número|numéro|رقم|رقمه|رقمها|is|es|est|was|with\snumber|ending|بالرقم)\b)[\s.:#(]{0,3}){0,2}";

    // A number after the name of a document, but not a span of years or an amount; or a form that only a document has.
    [GeneratedRegex(
        @"\b" + Document + @"\b" + Numbered + @"(?!(?:19|20)\d\d\s?[\u2010-\u2013/-]\s?(?:19|20)\d\d)" + @"(?:(?-i:[A-Z]{1,4})[-\s]?|[a-z]{1,4}-?)?" + NoThousands + @"\d(?:[-.\s]?\d){5,20}(?!\d)"
        + @"|\b" + Document + @"\b" + Numbered + @"(?!(?:19|20)\d\d[\s/\u2010-\u2013-])(?=(?:[a-z-]{0,6}\d){5})[a-z]{0,4}-?\d[a-z\d-]{5,20}"
        + @"|\b[a-z]{4}\d{6}[hmx][a-z]{5}[a-z0-9]\d\b"
        + @"|\b(?-i:[A-ZÑ]{4}\d{6}[A-Z0-9]{3})\b"
        + "|" + Begin + @"(?:\d{3}-\d{2}-\d{4}|\d{3}-\d{2}[cC]\d{5}|\d{8}-\d|\d{4}-\d{4}-\d{5}|\d{4}\s\d{5}\s\d{4}|\d{3}-\d{7}-\d|[1-9]-\d{4}-\d{4}|\d{3}-\d{6}-\d{4}[a-zA-Z]?|\d{4}-\d{6}-\d{3}-\d)" + End
        + "|" + Begin + @"(?-i:A)[-#]?\s?(?:\d{8,9}|\d{2,3}[-\s]\d{3}[-\s]\d{3})" + End,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DocumentNumber();
}
