using PledgeRegistry.Testing;
using Xunit;
using Xunit.Sdk;
using static PledgeRegistry.Testing.Snapshot;

namespace PledgeRegistry.Tests.Testing;

public sealed class SnapshotTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("snapshot").FullName;

    private string Verified => Path.Combine(folder, "Class.Method.verified.txt");

    private string Received => Path.Combine(folder, "Class.Method.received.txt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public Task A_text_is_held_against_the_file_beside_its_test() => Verify("Health posts at the border\nPuestos de salud en la frontera");

    [Fact]
    public Task An_object_is_held_as_indented_JSON() => Verify(new { Title = "Salud de los migrantes – México", Number = 3, Codes = new[] { "RCM-A1" } });

    [Fact]
    public Task JSON_is_held_indented() => VerifyJson("{\"title\":\"الصحة\",\"codes\":[\"RCM-A1\"]}");

    [Fact]
    public async Task What_was_never_verified_fails_and_leaves_what_was_received()
    {
        await Assert.ThrowsAnyAsync<XunitException>(() => Check(folder, "Class.Method", "txt", "text", accept: false));
        Assert.Equal("text\n", await File.ReadAllTextAsync(Received));
        Assert.False(File.Exists(Verified));
    }

    [Fact]
    public async Task A_difference_fails_names_its_line_and_leaves_what_was_received_until_it_is_mended()
    {
        await File.WriteAllTextAsync(Verified, "one\r\ntwo\r\n");
        var failed = await Assert.ThrowsAnyAsync<XunitException>(() => Check(folder, "Class.Method", "txt", "one\nthree", accept: false));
        Assert.Contains("First difference in line 2:\n  verified: two\n  received: three", failed.Message, StringComparison.Ordinal);
        Assert.Equal("one\nthree\n", await File.ReadAllTextAsync(Received));
        Assert.Equal("one\r\ntwo\r\n", await File.ReadAllTextAsync(Verified));

        await Check(folder, "Class.Method", "txt", "one\ntwo", accept: false);
        Assert.False(File.Exists(Received));
    }

    [Fact]
    public async Task Only_when_told_to_is_anything_accepted()
    {
        await Check(folder, "Class.Method", "txt", "text", accept: true);
        Assert.Equal("text\n", await File.ReadAllTextAsync(Verified));
        await Check(folder, "Class.Method", "txt", "text", accept: false);
        Assert.False(File.Exists(Received));
    }

    [Fact]
    public void A_path_that_a_deterministic_build_has_mapped_is_found_again() =>
        Assert.True(File.Exists(Path.Combine(SourceFiles.FolderOf("/_/tests/PledgeRegistry.Tests/Testing/SnapshotTests.cs"), "SnapshotTests.cs")));
}
