using System.Globalization;
using System.Text;

namespace PledgeRegistry.Projections.Tests.Duplicates;

/// <summary>A commitment as it was recorded once, and as a second person worded it. All of them are made up.</summary>
/// <param name="Again">The same promise in somebody else's words: words edited, left out, put in another order.</param>
internal sealed record Planted(string Language, string Title, string Text, string TitleAgain, string Again)
{
    public static IReadOnlyList<Planted> All { get; } =
    [
        new("en", "Primary health care for migrant children at border crossings",
            "The ministry of health will open twelve primary care posts at border crossings, staffed by nurses and an interpreter, where migrant children are vaccinated and examined free of charge, whatever their papers say. Each post keeps a record that the family can take along.",
            "Primary care for the children of migrants at border crossing points",
            "At border crossings the health ministry is going to open twelve posts of primary care with nurses and one interpreter. There migrant children will be examined and vaccinated for free, whatever papers they hold, and each post gives the family a record to take along."),
        new("en", "Train border officers to recognise mental distress",
            "By 2026 every border officer takes a two-day course on recognising mental distress among people on the move and on referring them to psychological first aid. The course is written together with organisations of migrants and is offered in four languages.",
            "Training of border officers in recognising mental distress",
            "Every border officer will take a course of two days, by 2026, to recognise mental distress in people on the move and refer them to psychological first aid; organisations of migrants help to write the course, which comes in four languages."),
        new("en", "Continuity of tuberculosis treatment across borders",
            "Patients in treatment for tuberculosis who move on receive a treatment card and medicine for thirty days. The national tuberculosis programmes on both sides agree a common form by which clinics notify one another, so that no treatment is broken off.",
            "Tuberculosis treatment that continues across the border",
            "A patient being treated for tuberculosis gets a treatment card and medicine for thirty days when moving on. National programmes for tuberculosis on both sides agree on one common form, so clinics can notify each other and no treatment is broken off."),
        new("es", "Atención prenatal para mujeres migrantes sin documentos",
            "La Secretaría de Salud garantizará consultas prenatales gratuitas a todas las mujeres migrantes embarazadas, sin exigir documentos de identidad, en los hospitales de las provincias fronterizas. Cada mujer recibirá un carné de control con sus resultados de laboratorio.",
            "Consultas prenatales gratuitas para mujeres migrantes",
            "En los hospitales de las provincias fronterizas, las mujeres migrantes embarazadas tendrán consultas prenatales gratuitas garantizadas por la Secretaría de Salud, sin que se les exija documento de identidad. Recibirán un carné de control con los resultados del laboratorio."),
        new("es", "Seguro de salud para trabajadores agrícolas temporales",
            "Los trabajadores agrícolas temporales quedarán afiliados al seguro social desde el primer día de su contrato. El empleador paga la cuota y el instituto publica cada año cuántos fueron atendidos, por accidentes de trabajo y por intoxicación con plaguicidas.",
            "Afiliación de los trabajadores agrícolas temporales al seguro social",
            "Desde el primer día del contrato, los trabajadores temporales del campo serán afiliados al seguro social con cuota a cargo del empleador. Cada año el instituto publicará cuántos trabajadores fueron atendidos por accidente de trabajo o por intoxicación con plaguicidas."),
        new("es", "Vigilancia epidemiológica conjunta en la frontera sur",
            "Los ministerios de salud de los dos países intercambiarán cada semana los datos de dengue, sarampión y malaria de los municipios fronterizos, y harán un simulacro anual de respuesta a brotes con los servicios migratorios.",
            "Vigilancia conjunta de epidemias en los municipios de la frontera",
            "Cada semana los dos ministerios de salud intercambian datos de malaria, dengue y sarampión de los municipios fronterizos; una vez al año realizan con los servicios migratorios un simulacro de respuesta a brotes."),
        new("fr", "Médiateurs en santé dans les centres d'accueil",
            "Le ministère recrutera quarante médiateurs en santé, issus des communautés migrantes, pour accompagner les personnes accueillies vers le médecin traitant. Ils seront formés pendant six mois et travailleront dans chacun des centres d'accueil.",
            "Des médiateurs de santé pour les centres d'accueil",
            "Quarante médiateurs en santé venus des communautés migrantes seront recrutés par le ministère afin d'accompagner les personnes accueillies chez un médecin traitant. Formés six mois, ils travaillent dans tous les centres d'accueil."),
        new("fr", "Accès des mineurs non accompagnés aux soins psychologiques",
            "Tout mineur non accompagné bénéficiera d'un bilan psychologique dans les quinze jours suivant son arrivée, avec un interprète professionnel, puis d'un suivi aussi longtemps que le soignant l'estime nécessaire. Un rapport annuel en rend compte au parlement.",
            "Soins psychologiques pour les mineurs non accompagnés",
            "Dans les quinze jours après son arrivée, chaque mineur non accompagné aura un bilan psychologique avec interprète professionnel, suivi d'un accompagnement tant que le soignant le juge nécessaire; le parlement en reçoit un rapport annuel."),
        new("fr", "Carnet de vaccination numérique pour les saisonniers",
            "Les saisonniers étrangers recevront un carnet de vaccination numérique, lisible sans connexion, que les infirmiers du travail mettent à jour sur les exploitations. Le carnet appartient à la personne et aucune donnée n'est transmise à l'employeur.",
            "Un carnet numérique de vaccination pour saisonniers étrangers",
            "Un carnet de vaccination numérique, lisible sans connexion, sera remis aux saisonniers étrangers; les infirmiers du travail le mettent à jour dans les exploitations. Il appartient à la personne, et l'employeur ne reçoit aucune donnée."),
        new("ar", "الرعاية الصحية الأولية لأطفال المهاجرين في المعابر الحدودية",
            "تفتح وزارة الصحة اثني عشر مركزا للرعاية الأولية في المعابر الحدودية، يعمل فيها ممرضون ومترجم، ويحصل فيها أطفال المهاجرين على التطعيم والفحص مجانا مهما كانت أوراقهم. ويحتفظ كل مركز بسجل تستطيع الأسرة أن تأخذه معها.",
            "رعاية صحية أولية لأطفال المهاجرين عند المعابر",
            "في المعابر الحدودية ستفتح وزارة الصحة اثني عشر مركزا للرعاية الأولية فيها ممرضون ومترجم واحد. يحصل أطفال المهاجرين هناك على الفحص والتطعيم مجانا مهما كانت أوراقهم، وتأخذ الأسرة معها سجلا من كل مركز."),
        new("ar", "تدريب موظفي الحدود على اكتشاف الضيق النفسي",
            "يتلقى كل موظف حدود دورة من يومين عن اكتشاف الضيق النفسي لدى المهاجرين وإحالتهم إلى الإسعاف النفسي الأولي. تكتب الدورة بالاشتراك مع منظمات المهاجرين وتقدم بأربع لغات قبل نهاية العام.",
            "دورة تدريب لموظفي الحدود عن الضيق النفسي",
            "قبل نهاية العام يتلقى موظفو الحدود دورة مدتها يومان في اكتشاف الضيق النفسي عند المهاجرين وفي إحالتهم إلى الإسعاف النفسي الأولي، تكتبها منظمات المهاجرين بالاشتراك وتقدم بأربع لغات."),
        new("ar", "استمرار علاج السل عبر الحدود",
            "يحصل المرضى الذين يعالجون من السل ويواصلون السفر على بطاقة علاج ودواء يكفي ثلاثين يوما. ويتفق البرنامجان الوطنيان في البلدين على نموذج موحد تبلغ به العيادات بعضها بعضا حتى لا ينقطع العلاج.",
            "مواصلة علاج مرضى السل عبر الحدود",
            "كل مريض يعالج من السل ويواصل السفر يحصل على بطاقة العلاج وعلى دواء لثلاثين يوما. وتبلغ العيادات بعضها بعضا بنموذج موحد اتفق عليه البرنامجان الوطنيان في البلدين، فلا ينقطع علاج أحد."),
    ];

    /// <summary>What a careless hand makes of it, by name: the second wording, and the first with its letters, order or marks changed.</summary>
    public IEnumerable<(string How, string Title, string Text)> Near() => new (string How, string Title, string Text)[]
    {
        ("copied", Title, Text),
        ("reworded", TitleAgain, Again),
        ("in capitals, without accents", Plain(Title), Plain(Text)),
        ("in another order", Turned(Title), Turned(Text)),
        ("every sixth word left out", Title, Shorter(Text)),
        ("another title", TitleAgain, Text),
        ("with short vowels and strokes", Marked(Title), Marked(Text)),
        ("with the article", Articled(Title), Articled(Text)),
    }.Where(n => Language == "ar" || !n.How.StartsWith("with ", StringComparison.Ordinal));

    private static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToUpperInvariant();

    private static string Turned(string text) => string.Join(' ', text.Split(' ').Reverse());

    private static string Shorter(string text) => string.Join(' ', text.Split(' ').Where((_, i) => i % 6 != 5));

    // A fatha after the first letter of each word, and a stroke that lengthens it after the second.
    private static string Marked(string text) => string.Join(' ', text.Split(' ').Select(w => w.Length > 3 ? $"{w[0]}\u064E{w[1]}\u0640{w[2..]}" : w));

    // The article before each word that has none, as where a sentence speaks of what was spoken of.
    private static string Articled(string text) => string.Join(' ', text.Split(' ').Select(w => w.Length > 3 && !w.StartsWith("ال", StringComparison.Ordinal) && !w.StartsWith('و') && !w.StartsWith('ل') && !w.StartsWith('ب') ? "ال" + w : w));
}
