using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>Each party of a joint pledge speaks for itself alone.</summary>
public sealed class PartiesTests
{
    private static readonly string[] Parties = ["CRI", "HND", "MEX", "PAN", "COL", "MAR"];
    private static readonly string[] Days = ["2022-07-01", "2023-06-30", "2024-02-29", "2027-01-01"];

    [Fact]
    public Task No_partys_act_changes_another_partys_line_in_any_view() => Seeded.RunAsync(6, random => ActsAsync(random.Random));

    /// <summary>Of acts that are all refused the property above would hold as well: see that each is recorded.</summary>
    [Fact]
    public async Task Every_act_of_a_party_is_among_them()
    {
        var did = new HashSet<string>();
        for (var seed = 1; seed <= 4; seed++)
        {
            did.UnionWith(await ActsAsync(new Random(seed)));
        }
        Assert.Equal(["accepts", "answers", "declares a share", "declines", "leaves", "reports", "was invited"], did.Order(StringComparer.Ordinal));
    }

    private static async Task<IEnumerable<string>> ActsAsync(Random random)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        // One owes it with others, one as the member of a collective too, one was only asked.
        var id = await given.RecordsAsync(SampleRegistry.CommonPledge() with { Owing = ["CRI", "HND", "WORKSHOP"], Addressees = ["PAN"] }, "gcm/2018 GCM-15", "rcm-areas/2016 RCM-A1", "rcm-areas/2016 RCM-A2");
        await given.DoesAsync(new OpenForSignature(id, new EffectiveDate("2022-05-18"), null, "All are welcome."));
        var did = new HashSet<string>();
        var before = await LinesAsync(given, id);
        for (var i = 0; i < 60; i++)
        {
            given.Clock.Advance(TimeSpan.FromHours(1));
            var (act, party, outcome) = await ActsAsync(given, random, id);
            if (outcome is not Outcome.Recorded)
            {
                Assert.True(outcome is Outcome.Refused or Outcome.NothingNew, outcome.ToString());
                continue;
            }
            did.Add(act);
            var after = await LinesAsync(given, id);
            foreach (var (line, text) in before.Where(l => l.Key.Party != party))
            {
                Assert.True(text == after.GetValueOrDefault(line), $"{party} {act}, and changed in {line}:\n{text}\n{after.GetValueOrDefault(line)}");
            }
            Assert.All(after.Keys.Except(before.Keys), line => Assert.Equal(party, line.Party));
            before = after;
        }
        return did;
    }

    private static async Task<(string Act, string Party, Outcome Outcome)> ActsAsync(Given given, Random random, string id)
    {
        var party = Parties[random.Next(Parties.Length)];
        var date = EffectiveDate.On(new DateOnly(2022, 6, 1).AddDays(random.Next(1600)));
        return random.Next(8) switch
        {
            0 => ("was invited", party, await given.TriesAsync(new InviteParty(id, party, date, "It asked."))),
            1 => ("declines", party, await given.TriesAsync(new DeclinePledge(id, party, date, "Not now.", "en"))),
            2 => ("leaves", party, await given.TriesAsync(new LeavePledge(id, party, date, "Alone."))),
            3 => ("answers", party, await given.TriesAsync(new AnswerAsAddressee(id, party, AddresseeAnswer.Noted, "Read.", "en", date))),
            4 => ("declares a share", party, await given.TriesAsync(new DeclareShare(id, party, SampleRegistry.Share($"{random.Next(9)}") with { Due = random.Next(2) == 0 ? null : new Due(date) }, date, "So."))),
            5 => ("accepts", party, await given.TriesAsync(new AcceptPledge(id, party, date, null, null, null))),
            _ => ("reports", party, await given.TriesAsync(new ReportProgress(id, SampleRegistry.Report(party, Enum.GetValues<ClaimedStatus>()[random.Next(6)]) with { EffectiveOn = date }))),
        };
    }

    // Each party's line in each view on each day, as the bytes that a reader would get; by party and by where it is.
    private static async Task<Dictionary<(string Party, string Where), string>> LinesAsync(Given given, string id)
    {
        var lines = new Dictionary<(string, string), string>();
        foreach (var day in Days)
        {
            var reading = given.At(day);
            var pledge = (await given.AsksAsync(new GetPledge(reading, id)))!;
            foreach (var group in pledge.Parties.GroupBy(p => p.Participant.Id))
            {
                lines.Add((group.Key, $"the pledge's page on {day}"), Text(group));
            }
            foreach (var group in (await given.AsksAsync(new GetImrfFollowUp(reading, "2022"))).Lines.GroupBy(l => l.Party!))
            {
                lines.Add((group.Key, $"the follow-up on {day}"), Text(group));
            }
            foreach (var row in (await given.AsksAsync(new GetRcmProgressGrid(reading))).Groups.SelectMany(g => g.Rows))
            {
                lines.Add((row.Participant, $"the grid on {day}"), Text(row));
            }
        }
        return lines;
    }

    private static string Text(object view) => System.Text.Encoding.UTF8.GetString(Views.Bytes(view));
}
