using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>One thing that is wrong.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Field">The member of the body, the parameter or the header that it is about; null for the whole.</param>
public sealed record FieldError(string Code, string? Field, string Message);

/// <summary>A problem as the API answers it (RFC 9457).</summary>
public sealed record Problem(int Status, ProblemKind Kind, string Detail, params IReadOnlyList<FieldError> Errors)
{
    public const string MediaType = "application/problem+json";

    /// <summary>A problem whose kind has a status of its own.</summary>
    public static Problem Of(string code, string? detail = null, params IReadOnlyList<FieldError> errors)
    {
        var kind = ProblemCatalogue.Find(code) ?? throw new InvalidOperationException($"The catalogue of problems lacks '{code}'.");
        return new Problem(
            kind.Status ?? throw new InvalidOperationException($"'{code}' is a refusal: its status follows from its kind."),
            kind, detail ?? kind.Title, errors);
    }

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.Headers.CacheControl = "no-store";
        return context.WriteJsonAsync(
            new { type = Kind.Type, title = Kind.Title, status = Status, detail = Detail, errors = Errors.Count > 0 ? Errors : null }, MediaType);
    }
}

/// <summary>How the registry's refusals become problems: the one place where a refusal gets its HTTP status.</summary>
public static class Refusals
{
    // What stands first decides where there are several.
    private static readonly (RefusalKind Kind, int Status)[] Statuses =
    [
        (RefusalKind.NotFound, StatusCodes.Status404NotFound),
        (RefusalKind.Forbidden, StatusCodes.Status403Forbidden),
        (RefusalKind.Stale, StatusCodes.Status412PreconditionFailed),
        (RefusalKind.Conflict, StatusCodes.Status409Conflict),
        (RefusalKind.Invalid, StatusCodes.Status422UnprocessableEntity),
    ];

    public static Problem ToProblem(IReadOnlyList<Refusal> reasons)
    {
        var kind = ProblemCatalogue.Find(reasons.All(r => r.Code == reasons[0].Code) ? reasons[0].Code : "refused") ?? ProblemCatalogue.Find("refused")!;
        var status = kind.Status ?? Statuses.First(s => reasons.Any(r => r.Kind == s.Kind)).Status;
        return new Problem(status, kind, string.Join(" ", reasons.Select(r => r.Message).Distinct()), [.. reasons.Select(r => new FieldError(r.Code, r.Field, r.Message))]);
    }

    /// <summary>There is no such thing at the basis of the reading.</summary>
    public static Problem NotFound(string code, string detail) =>
        ToProblem([new Refusal(code, detail, null, RefusalKind.NotFound)]);
}
