using System.Globalization;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Web.Citation;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>A request for an answer: its reading, and its parameters as an endpoint asks for them. Collects everything that is wrong with them.</summary>
public sealed class ReadRequest
{
    /// <summary>The parameters that every address takes.</summary>
    public static readonly IReadOnlyList<string> Common = ["size", "on", "asOf", "asOfMeeting", "lang", "view"];

    private readonly ReadEndpoint endpoint;
    private readonly List<FieldError> errors = [];

    private ReadRequest(HttpContext context, ReadEndpoint endpoint, Reading reading) => (Context, this.endpoint, Reading) = (context, endpoint, reading);

    public HttpContext Context { get; }
    public Reading Reading { get; }

    /// <summary>The other moment that the answer is made from, where it is made from two.</summary>
    public Basis? FirstMoment { get; set; }

    public IReadOnlyList<FieldError> Errors => errors;
    public ReadModels Models => Context.RequestServices.GetRequiredService<ReadModels>();
    internal Citations Citations => Context.RequestServices.GetRequiredService<Citations>();
    public Registry Registry => Context.RequestServices.GetRequiredService<Registry>();

    /// <summary>The request, or what is wrong with what all addresses have in common.</summary>
    public static (ReadRequest? Request, Problem? Problem) From(HttpContext context, ReadEndpoint endpoint)
    {
        var known = Common.Concat(endpoint.Parameters).ToArray();
        foreach (var (name, values) in context.Request.Query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var message = $"'{name}' isn't known here. Known are: {string.Join(", ", known)}.";
                return (null, Problem.Of("unknown-parameter", message, new FieldError("unknown-parameter", name, message)));
            }
            if (values.Count > 1)
            {
                var message = $"'{name}' is given {values.Count.ToString(CultureInfo.InvariantCulture)} times.";
                return (null, Problem.Of("parameter-twice", message, new FieldError("parameter-twice", name, message)));
            }
        }
        var (reading, wrong) = context.ResolveReading();
        if (reading is null)
        {
            return (null, Problem.Of(wrong!.Code, wrong.Message, new FieldError(wrong.Code, wrong.Parameter, wrong.Message)));
        }
        var request = new ReadRequest(context, endpoint, reading);
        if (request.Text("view") is { } view && view != endpoint.View)
        {
            var message = $"This release makes the view {endpoint.View}, not {view}.";
            return (null, Problem.Of("other-view", message, new FieldError("other-view", "view", message)));
        }
        request.OneOf("lang", Languages.All);
        return (request, null);
    }

    /// <summary>A part of the address that its pattern names.</summary>
    public string Route(string name) => (string)Context.Request.RouteValues[name]!;

    /// <summary>A parameter, or null where it isn't given.</summary>
    public string? Text(string name)
    {
        if (!Common.Contains(name) && !endpoint.Parameters.Contains(name))
        {
            throw new InvalidOperationException($"{endpoint.Pattern} reads '{name}' and doesn't list it.");
        }
        var value = Context.Request.Query[name].ToString();
        return value.Length == 0 ? null : value;
    }

    /// <summary>A parameter of so many characters at most.</summary>
    public string? Short(string name, int most)
    {
        var value = Text(name);
        return value is null || value.Length <= most ? value : Wrong<string>(name, string.Create(CultureInfo.InvariantCulture, $"has at most {most} characters"));
    }

    public string? OneOf(string name, IEnumerable<string> codes)
    {
        var value = Text(name);
        return value is null || codes.Contains(value, StringComparer.Ordinal) ? value : Wrong<string>(name, $"is one of: {string.Join(", ", codes)}");
    }

    /// <summary>The id of a meeting that is known now: at a basis before it, nothing is known of it.</summary>
    public string? Meeting(string name)
    {
        var value = Text(name);
        return value is null || Models.Meetings.Meeting(value, Registry.Head.Size) is not null ? value : Wrong<string>(name, "names no meeting that is known here: see /api/meetings");
    }

    /// <summary>How many at most.</summary>
    public int Limit(int usual, int most)
    {
        var value = Text("limit");
        return value is null ? usual
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit
            : Wrong<int>("limit", string.Create(CultureInfo.InvariantCulture, $"is a whole number of 1 to {most}"));
    }

    public long? Position(string name)
    {
        var value = Text(name);
        return value is null ? null
            : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
            : Wrong<long?>(name, "is a position: a whole number from 0 on");
    }

    public DateOnly? Date(string name)
    {
        var value = Text(name);
        return value is null ? null
            : WrittenMoment.TryDay(value, out var date) ? date
            : Wrong<DateOnly?>(name, WrittenMoment.OfDay(value) is null ? "is a date, written as 2022-05-17" : $"is a date, and there is no day {value}");
    }

    /// <summary>An address of this registry, which must be given.</summary>
    public string? Address(string name) =>
        Text(name) is { } given && Citations.IsCitable(Context.RequestServices.GetRequiredService<PublicResources>(), given)
            ? Citations.BasisIn(given) is [var (basis, _), ..] ? Wrong<string>(name, $"has a basis of its own: put '{basis}' beside '{name}', not into it") : given
        : Wrong<string>(name, "is needed: the path of what is cited, with its own parameters, such as /rcm/grid or /api/pledges?kind=pledge");

    public bool Flag(string name) => OneOf(name, ["true", "false"]) == "true";

    /// <summary>A role counts in a scope only: neither is given without the other.</summary>
    public string? RoleInScope()
    {
        var (role, scope) = (Text("role"), Text("scope"));
        return (role is null) == (scope is null) ? role : Wrong<string>(role is null ? "role" : "scope", "is needed: a role and its scope are given together");
    }

    /// <summary>The id after which a page starts, which must be known.</summary>
    public string? After(Func<string, long, object?> find)
    {
        var after = Text("after");
        return after is null || find(after, Reading.Size) is not null ? after : Wrong<string>("after", "is an id of the list: take it from next");
    }

    /// <summary>Says that a parameter can't be used, by the code of the problem.</summary>
    public void Refuse(string name, string code, string message) => errors.Add(new FieldError(code, name, message));

    private T? Wrong<T>(string name, string rule)
    {
        errors.Add(new FieldError("bad-parameter", name, $"'{name}' {rule}."));
        return default;
    }
}
