using PledgeRegistry.Pledges;

namespace PledgeRegistry.Tests.Rules;

/// <summary>
/// Who owes a pledge on a day, by the words alone: only who accepted owes; each party accepts and leaves by itself; what it
/// did with a coarse date holds from that date's last day; a correction says what had been so all along. Looks through the
/// list of what happened, and shares no code with the state.
/// </summary>
internal static class OwingOracle
{
    public static bool Owes(IEnumerable<PledgeEvent> happened, string party, DateOnly day)
    {
        var (atFirst, lastAct, owes) = (false, (DateOnly?)null, false);
        foreach (var e in happened)
        {
            if (e is PledgeEvent.Recorded or PledgeEvent.Corrected)
            {
                atFirst = (e is PledgeEvent.Recorded r ? r.Content : ((PledgeEvent.Corrected)e).Content).Owing.Contains(party);
            }
            (DateOnly Day, bool Comes)? act = e switch
            {
                PledgeEvent.PartyAccepted a when a.Party == party => (LastDay(a.From), true),
                PledgeEvent.PartyLeft l when l.Party == party => (LastDay(l.From), false),
                _ => null,
            };
            if (act is { } done && done.Day <= day && (lastAct is null || done.Day >= lastAct))
            {
                (lastAct, owes) = (done.Day, done.Comes);
            }
        }
        return lastAct is null ? atFirst : owes;
    }

    // The calendar once more, by counting days: the last one whose date could still be written like this.
    private static DateOnly LastDay(EffectiveDate date)
    {
        var year = int.Parse(date.Date.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        var last = new DateOnly(year, 1, 1);
        for (var day = last; day < new DateOnly(year + 1, 3, 2); day = day.AddDays(1))
        {
            last = Within(date.Date, year, day) ? day : last;
        }
        return last;
    }

    private static bool Within(string date, int year, DateOnly day) => date.Length switch
    {
        10 => date == day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        4 => day.Year == year,
        _ => date[5..] switch
        {
            "21" => day.Year == year && day.Month is 3 or 4 or 5,
            "22" => day.Year == year && day.Month is 6 or 7 or 8,
            "23" => day.Year == year && day.Month is 9 or 10 or 11,
            "24" => (day.Year == year && day.Month == 12) || (day.Year == year + 1 && day.Month <= 2),
            "33" => day.Year == year && day.Month <= 3,
            "34" => day.Year == year && day.Month <= 6,
            "35" => day.Year == year && day.Month <= 9,
            "36" or "41" => day.Year == year,
            "40" => day.Year == year && day.Month <= 6,
            var month => day.Year == year && day.Month == int.Parse(month, System.Globalization.CultureInfo.InvariantCulture),
        },
    };
}
