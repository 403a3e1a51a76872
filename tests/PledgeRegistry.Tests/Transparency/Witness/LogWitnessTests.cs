using System.Globalization;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Witness;

public sealed class LogWitnessTests : IDisposable
{
    private const string Origin = "registry.example.org/log";

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-witness-").FullName;
    private readonly NoteSigner signer = NoteSigner.NewEd25519(Origin);
    private readonly NoteSigner second = NoteSigner.NewEcdsa(Origin);
    private readonly Cosigner cosigner = new("witness.example.net", Ed25519.NewSeed());
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2026, 5, 8, 9, 30, 15, TimeSpan.Zero));
    private WitnessMemory memory;
    private LogWitness witness;

    public LogWitnessTests() => (memory, witness) = Start();

    public void Dispose()
    {
        memory.Dispose();
        signer.Dispose();
        second.Dispose();
        cosigner.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_log_that_grows_is_cosigned_at_every_size_and_the_line_verifies_with_its_time()
    {
        var tree = Tree(300);
        var old = 0L;
        foreach (var size in new long[] { 1, 2, 2, 7, 8, 255, 256, 257, 300 })
        {
            clock.Advance(TimeSpan.FromSeconds(7));
            var note = Signed(tree, size);
            var answer = Submit(tree, old, size, note);
            Assert.Equal((200, WitnessAnswer.Plain), (answer.Status, answer.ContentType));
            // As a client is told to: appended to the checkpoint, read as one note.
            var whole = SignedNote.Parse([.. note.ToBytes(), .. System.Text.Encoding.UTF8.GetBytes(answer.Body)]);
            var verdict = whole.Verify([cosigner.Key, signer.Key]);
            Assert.True(verdict.Accepted);
            Assert.Equal([signer.Key, cosigner.Key], verdict.Good);
            Assert.Equal(clock.Now, Cosignature.TimeOf(whole.Signatures[^1].Signature.Span));
            old = size;
        }
    }

    [Fact]
    public void What_it_cosigned_is_known_after_a_restart()
    {
        var tree = Tree(20);
        Assert.Equal(200, Submit(tree, 0, 10).Status);
        Restart();
        Assert.Equal((409, WitnessAnswer.Size, "10\n"), All(Submit(tree, 0, 20)));
        Assert.Equal(200, Submit(tree, 10, 20).Status);
    }

    [Fact]
    public void A_fork_under_the_logs_own_key_is_refused_and_the_two_checkpoints_are_the_proof()
    {
        var (one, other) = (Tree(20), Tree(30, seed: 2));
        Assert.Equal(200, Submit(one, 0, 10).Status);
        // Another tree of the same size; a larger one that doesn't follow; whatever proof comes with it.
        Assert.Equal((409, WitnessAnswer.Size, "10\n"), All(Submit(other, 10, 10)));
        Assert.Equal(422, Submit(other, 10, 30).Status);
        Assert.Equal(422, Answer(new AddCheckpoint(10, one.ConsistencyProof(10, 20), Signed(other, 30))).Status);
        Restart();
        Assert.Equal(422, Submit(other, 10, 30).Status);
        var evidence = Directory.GetFiles(Path.Combine(folder, "evidence")).Select(f => SignedNote.Parse(File.ReadAllBytes(f))).ToArray();
        Assert.Equal([10L], evidence.Select(e => Checkpoint.Parse(e.Text).Size));
        Assert.All(evidence, e => Assert.True(e.Verify([signer.Key]).Accepted));
        // The true one goes on.
        Assert.Equal(200, Submit(one, 10, 20).Status);
    }

    [Fact]
    public void A_true_checkpoint_with_a_wrong_proof_is_no_evidence_and_fills_no_disk()
    {
        var tree = Tree(30);
        Assert.Equal(200, Submit(tree, 0, 10).Status);
        for (var size = 11; size <= 30; size++)
        {
            Assert.Equal(422, Answer(new AddCheckpoint(10, [tree.Root(3)], Signed(tree, size))).Status);
        }
        Assert.Empty(memory.Evidence());
        Assert.Equal(30, Checkpoint.Parse(Assert.Single(memory.Unproven()).Text).Size);
        Assert.Equal(200, Submit(tree, 10, 30).Status);
    }

    [Fact]
    public void A_smaller_tree_is_never_cosigned_after_a_larger_one()
    {
        var tree = Tree(20);
        Assert.Equal(200, Submit(tree, 0, 20).Status);
        Assert.Equal((409, WitnessAnswer.Size, "20\n"), All(Submit(tree, 0, 10)));
        Assert.Equal((409, WitnessAnswer.Size, "20\n"), All(Submit(tree, 5, 10)));
        Assert.Equal(400, Answer(new AddCheckpoint(20, [], Signed(tree, 10))).Status);
    }

    [Fact]
    public void A_log_that_it_does_not_watch_and_a_signature_that_is_none_are_refused()
    {
        var tree = Tree(3);
        using var stranger = NoteSigner.NewEd25519("other.example.org/log");
        using var impostor = NoteSigner.NewEd25519(Origin);
        Assert.Equal(404, Answer(new AddCheckpoint(0, [], SignedNote.Sign(new Checkpoint("other.example.org/log", 3, tree.Root(3)).ToString(), [stranger]))).Status);
        Assert.Equal(403, Answer(new AddCheckpoint(0, [], SignedNote.Sign(Body(tree, 3), [impostor]))).Status);
        var moved = Signed(tree, 3) with { Text = Body(tree, 2) };
        Assert.Equal(403, Answer(new AddCheckpoint(0, [], moved)).Status);
        Assert.False(Directory.Exists(Path.Combine(folder, "evidence")));
    }

    [Fact]
    public void Of_several_keys_of_a_log_one_is_enough_and_a_bad_one_is_too_much()
    {
        var tree = Tree(3);
        (memory, witness) = Start(signer.Key, second.Key);
        var both = SignedNote.Sign(Body(tree, 3), [second, signer]);
        Assert.Equal(200, Answer(new AddCheckpoint(0, [], both)).Status);
        var spoilt = both with { Signatures = [both.Signatures[0] with { Signature = new byte[70] }, both.Signatures[1]] };
        Assert.Equal(403, Answer(new AddCheckpoint(3, [], spoilt)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\nx")]
    [InlineData("old -1\n\nx")]
    [InlineData("new 0\n\nx")]
    [InlineData("old 0\nnot base64\n\nx")]
    [InlineData("old 0\nAAAA\n\nx")]
    [InlineData("old 99999999999999999999\n\nx")]
    [InlineData("old 0\n\nregistry.example.org/log\n1\n\n")]
    public void What_is_no_request_is_said_to_be_none(string body)
    {
        var answer = witness.Answer(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Equal(400, answer.Status);
        Assert.NotEmpty(answer.Body.Trim());
    }

    [Fact]
    public void Sixty_four_hashes_are_too_many_and_a_proof_from_nothing_is_none()
    {
        var tree = Tree(3);
        Assert.Equal(400, Answer(new AddCheckpoint(0, [.. Enumerable.Repeat(tree.Root(1), 64)], Signed(tree, 3))).Status);
        Assert.Equal(422, Answer(new AddCheckpoint(0, [tree.Root(1)], Signed(tree, 3))).Status);
    }

    [Fact]
    public void Of_many_who_submit_at_once_each_size_is_cosigned_in_order()
    {
        var tree = Tree(400);
        var sizes = new System.Collections.Concurrent.ConcurrentBag<(long Old, long Size)>();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 60; i++)
            {
                var old = memory.Last(Origin)?.Size ?? 0;
                var size = Math.Min(400, old + random.Next(0, 5));
                if (size > 0 && Submit(tree, old, size).Status == 200)
                {
                    sizes.Add((old, size));
                }
            }
        });
        // Each took up where another left off: no size was passed by, none went back.
        Assert.True(sizes.Count > 20);
        var chain = sizes.Where(s => s.Old < s.Size).OrderBy(s => s.Old).ToArray();
        Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.Equal(pair.First.Size, pair.Second.Old));
    }

    [Fact]
    public void A_memory_that_is_not_whole_cosigns_nothing_and_one_folder_serves_one_process()
    {
        var tree = Tree(20);
        Assert.Equal(200, Submit(tree, 0, 10).Status);
        Assert.Throws<IOException>(() => new WitnessMemory(folder));
        var file = Directory.GetFiles(folder, "*.note").Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..20]);
        Assert.Throws<FormatException>(() => Submit(tree, 10, 20));
    }

    private static (int Status, string Type, string Body) All(WitnessAnswer answer) => (answer.Status, answer.ContentType, answer.Body);

    private static MerkleTree Tree(int size, int seed = 1)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++)
        {
            tree.Append(MerkleTree.LeafHash(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(i < 5 ? 0 : seed)} {i}"))));
        }
        return tree;
    }

    private static string Body(MerkleTree tree, long size) => new Checkpoint(Origin, size, tree.Root(size)).ToString();

    private SignedNote Signed(MerkleTree tree, long size) => SignedNote.Sign(Body(tree, size), [signer]);

    private WitnessAnswer Submit(MerkleTree tree, long old, long size, SignedNote? note = null) =>
        Answer(new AddCheckpoint(old, old == 0 || old == size ? [] : tree.ConsistencyProof(old, size), note ?? Signed(tree, size)));

    private WitnessAnswer Answer(AddCheckpoint request) => witness.Answer(request.ToBytes());

    private (WitnessMemory, LogWitness) Start(params VerifierKey[] logs)
    {
        memory?.Dispose();
        var opened = new WitnessMemory(folder);
        return (opened, new LogWitness(cosigner, logs.Length == 0 ? [signer.Key] : logs, opened, clock));
    }

    private void Restart() => (memory, witness) = Start();
}
