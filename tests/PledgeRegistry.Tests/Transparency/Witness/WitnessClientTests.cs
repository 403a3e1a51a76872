using System.Globalization;
using System.Net;
using System.Text;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Witness;

/// <summary>The log's side, against the witness's own decisions, and against answers that no honest witness gives.</summary>
public sealed class WitnessClientTests : IDisposable
{
    private const string Origin = "registry.example.org/log";

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-witness-").FullName;
    private readonly NoteSigner signer = NoteSigner.NewEd25519(Origin);
    private readonly Cosigner cosigner = new("witness.example.net", Ed25519.NewSeed());
    private readonly WitnessMemory memory;
    private readonly List<string> sent = [];

    public WitnessClientTests() => memory = new WitnessMemory(folder);

    public void Dispose()
    {
        memory.Dispose();
        signer.Dispose();
        cosigner.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_growing_log_gets_its_cosignatures_also_where_the_witness_knows_more_than_the_client_remembers()
    {
        var (tree, client) = (Tree(50), Client());
        foreach (var size in new long[] { 3, 10, 10, 50 })
        {
            await CosignedAsync(client, tree, size);
        }
        var again = Client();
        await CosignedAsync(again, tree, 50);
        Assert.Equal(["old 0", "old 3", "old 10", "old 10", "old 0", "old 50"], sent.Select(s => s.Split('\n')[0]));
    }

    [Fact]
    public async Task A_fork_and_a_rollback_are_told_as_contradictions()
    {
        var client = Client();
        await CosignedAsync(client, Tree(50), 20);
        Assert.True((await FailsAsync(client, Tree(50, seed: 2), 30)).Contradiction);
        Assert.True((await FailsAsync(client, Tree(50, seed: 2), 20)).Contradiction);
        var rolledBack = await FailsAsync(Client(), Tree(50), 10);
        Assert.True(rolledBack.Contradiction);
        Assert.Contains("20 entries", rolledBack.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "\u2014 witness.example.net AAAAAAAA\n")]
    [InlineData(200, "nonsense")]
    [InlineData(404, "not here")]
    [InlineData(500, "<html>")]
    [InlineData(409, "not a number")]
    public async Task An_answer_that_is_no_cosignature_is_never_taken_for_one(int status, string body)
    {
        var error = await FailsAsync(Client(_ => (status, body)), Tree(5), 5);
        Assert.Contains("w1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cosignature_of_another_checkpoint_or_by_another_witness_is_refused()
    {
        using var stranger = new Cosigner("witness.example.net", Ed25519.NewSeed());
        foreach (var wrong in new[] { cosigner.Sign("other\n", DateTimeOffset.UnixEpoch), stranger.Sign(Note(Tree(5), 5).Text, DateTimeOffset.UnixEpoch) })
        {
            await FailsAsync(Client(_ => (200, wrong.ToString())), Tree(5), 5);
        }
    }

    [Fact]
    public async Task A_witness_that_names_another_size_each_time_is_given_up()
    {
        var n = 0;
        Assert.Contains("each time", (await FailsAsync(Client(_ => (409, $"{n++ % 2 + 1}\n")), Tree(5), 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_that_is_not_there_is_told_by_its_name()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var client = new WitnessClient(new PolicyWitness("w1", cosigner.Key, new Uri("http://127.0.0.1:9/")), http);
        Assert.Contains("w1 can't be reached", (await FailsAsync(client, Tree(5), 5)).Message, StringComparison.Ordinal);
    }

    private static MerkleTree Tree(int size, int seed = 1)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++)
        {
            tree.Append(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(i < 5 ? 0 : seed)} {i}"))));
        }
        return tree;
    }

    private SignedNote Note(MerkleTree tree, long size) => SignedNote.Sign(new Checkpoint(Origin, size, tree.Root(size)).ToString(), [signer]);

    private async Task CosignedAsync(WitnessClient client, MerkleTree tree, long size)
    {
        var note = Note(tree, size);
        var cosignature = await client.SubmitAsync(tree, note);
        Assert.True((note with { Signatures = [.. note.Signatures, cosignature] }).Verify([cosigner.Key]).Accepted);
    }

    private async Task<WitnessException> FailsAsync(WitnessClient client, MerkleTree tree, long size) =>
        await Assert.ThrowsAsync<WitnessException>(() => client.SubmitAsync(tree, Note(tree, size)));

    private WitnessClient Client(Func<byte[], (int Status, string Body)>? answer = null)
    {
        var witness = new LogWitness(cosigner, [signer.Key], memory, new PledgeRegistry.Testing.ManualTimeProvider(DateTimeOffset.UnixEpoch));
        answer ??= body => witness.Answer(body) is var a ? (a.Status, a.Body) : default;
        return new WitnessClient(new PolicyWitness("w1", cosigner.Key, new Uri("http://witness.invalid/")), new HttpClient(new Answers(answer, sent)));
    }

    private sealed class Answers(Func<byte[], (int Status, string Body)> answer, List<string> sent) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("/add-checkpoint", request.RequestUri!.AbsolutePath);
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            sent.Add(Encoding.UTF8.GetString(body));
            var (status, text) = answer(body);
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text) };
        }
    }
}
