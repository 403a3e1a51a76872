using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;

namespace PledgeRegistry.OpeningData;

/// <summary>What administrators and secretariats do, shown once each: a vocabulary with two versions, a meeting, a collective, a series' settings.</summary>
internal static class DemoVocabularies
{
    private const string Source = "Invented for the demonstration.";

    public static void Tell(DemoTeller tell)
    {
        foreach (var version in new[] { "1", "2" })
        {
            var id = $"invented-corridor/{version}";
            tell.Does($"framework-{version}", new OpenFramework("invented-corridor", version, Both("Steps of the healthy corridor", "Etapas del corredor saludable"), Source, new EffectiveDate(version == "1" ? "2022" : "2024"), null, CodeList: false));
            foreach (var (code, english, spanish) in new[] { ("STEP-1", "Leaving", "Salida"), ("STEP-2", "On the way", "En camino"), ("STEP-3", "Arriving", "Llegada") })
            {
                tell.Does($"framework-{version}-{code}", new AddFrameworkItem(id, code, "step", null, Both(english, spanish), Texts.None, null));
            }
            tell.Does($"framework-{version}-close", new CloseFramework(id, 3));
        }
        tell.Does("map-old", new Pledges.MapPledge(tell.IdOf("corridor-col"), new ItemRef("invented-corridor/1", "STEP-2"), "The centres are on the way. (Invented.)"));
        tell.Does("crosswalk", new AddCrosswalk("invented-corridor/1", "STEP-2", new ItemRef("invented-corridor/2", "STEP-2"), CrosswalkRelation.Exact, Source));
        tell.Does("crosswalk-wrong", new AddCrosswalk("invented-corridor/1", "STEP-1", new ItemRef("invented-corridor/2", "STEP-3"), CrosswalkRelation.Related, Source));
        tell.Does("crosswalk-retire", new RetireCrosswalk("invented-corridor/1", "STEP-1", new ItemRef("invented-corridor/2", "STEP-3"), "Leaving isn't arriving. (Invented.)"));
        tell.Does("framework-retire", new RetireFramework("invented-corridor/1", new EffectiveDate("2024-01-01"), "The second version is in force. (Invented.)"));

        tell.Does("meeting", new AnnounceMeeting("RCM-2026-INVENTED", Meeting(null), [], []));
        tell.Does("meeting-correct", new CorrectMeeting("RCM-2026-INVENTED", 1, Meeting("San José"), "The place was left out. (Invented.)"));
        tell.Does("meeting-document", new RegisterSource("invented-programme", $"{DemoData.Marks["en"]}Programme of the workshop", null, "en", new EffectiveDate("2026-09"), new string('0', 64), null, "No such file exists."));
        tell.Does("meeting-attach", new AttachDocument("RCM-2026-INVENTED", "invented-programme"));
        tell.Does("meeting-clusters", new SetClusters("RCM-2026-INVENTED", tell.State.VersionOf("meeting/RCM-2026-INVENTED"), [new Cluster("Morning", ["RCM-A1", "RCM-A2"]), new Cluster("Afternoon", ["RCM-A6"])], Source));

        tell.Does("collective", new RegisterParticipant("INVENTED-CORRIDOR", "collective", Both("Countries of the healthy corridor", "Países del corredor saludable"), null, Source, [], [], [new MemberStart("COL", new EffectiveDate("2022"), Source)]));
        tell.Does("collective-rename", new RenameParticipant("INVENTED-CORRIDOR", Both("Countries and cities of the healthy corridor", "Países y ciudades del corredor saludable"), "A city joined. (Invented.)", Source));
        tell.Does("collective-join", new AddMember("INVENTED-CORRIDOR", "ECU", new EffectiveDate("2023-40"), Source));
        tell.Does("collective-leave", new RemoveMember("INVENTED-CORRIDOR", "COL", new EffectiveDate("2026-01-01"), "The route changed. (Invented.)", Source));

        var pancap = tell.State.Series["PANCAP"].Settings;
        tell.Does("settings", new ChangeSeriesSettings("PANCAP", tell.State.VersionOf("series/PANCAP"), pancap with { NoticeWeeks = pancap.NoticeWeeks + 2 }, "Focal points asked for more time. (Invented.)"));

        var initiative = tell.State.Initiatives.Where(i => !i.Value.Withdrawn).OrderBy(i => i.Key, StringComparer.Ordinal).First();
        tell.Does("initiative-withdraw", new WithdrawInitiative(initiative.Key, tell.State.VersionOf($"initiative/{initiative.Key}"), new EffectiveDate("2026-10-01"), "It was reported twice. (Invented.)"));
    }

    private static Texts Both(string english, string spanish) => Texts.Of(("en", DemoData.Marks["en"] + english), ("es", DemoData.Marks["es"] + spanish));

    private static MeetingContent Meeting(string? place) => new(
        "RCM", "workshop", null, 2026, Both("Workshop on migration health", "Taller de salud y migración"), new EffectiveDate("2026-12-02"), new EffectiveDate("2026-12-03"), place, null, Source);
}
