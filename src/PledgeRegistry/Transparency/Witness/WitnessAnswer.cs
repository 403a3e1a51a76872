namespace PledgeRegistry.Transparency.Witness;

/// <summary>What a witness answers, as HTTP says it.</summary>
/// <param name="Status">200 cosigned; 400 not a request; 403 not signed by the log; 404 not a log it watches; 409 another last size, or another tree of the same size; 422 the proof doesn't hold.</param>
/// <param name="Body">Cosignature lines; the last size; or what is wrong.</param>
public sealed record WitnessAnswer(int Status, string ContentType, string Body)
{
    public const string Plain = "text/plain; charset=utf-8", Size = "text/x.tlog.size";

    internal static WitnessAnswer No(int status, string why) => new(status, Plain, $"{why}\n");
}
