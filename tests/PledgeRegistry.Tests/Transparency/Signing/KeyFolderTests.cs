using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Signing;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pledge-keys-").FullName;
    private readonly NoteSigner ed = NoteSigner.NewEd25519("example.org/log");
    private readonly NoteSigner ec = NoteSigner.NewEcdsa("example.org/log");

    public void Dispose()
    {
        ed.Dispose();
        ec.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private KeyFolder Keys => new(Path.Combine(folder, "keys"));

    [Fact]
    public void Keys_are_kept_for_the_owner_alone_and_opened_again()
    {
        Assert.Empty(Keys.List());
        KeyFile[] added = [Keys.Add(ed), Keys.Add(ec)];
        Assert.Equal(added.OrderBy(f => f.Path, StringComparer.Ordinal), Keys.List());
        Assert.All(added, f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f.Path)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys.Path));
        foreach (var file in added)
        {
            using var again = KeyFolder.Open(file);
            Assert.Equal(file.Key, again.Key);
            Assert.Equal(SignatureOutcome.Good, file.Key.Verify([1, 2], again.Sign([1, 2])));
        }
        Assert.Throws<IOException>(() => Keys.Add(ed));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void What_others_may_use_is_refused(UnixFileMode more)
    {
        var file = Keys.Add(ed);
        File.SetUnixFileMode(file.Path, File.GetUnixFileMode(file.Path) | more);
        Assert.Contains("can be read by others", Assert.Throws<KeyFileException>(() => Keys.List()).Message, StringComparison.Ordinal);
        Assert.Throws<KeyFileException>(() => KeyFolder.Open(file));
        File.SetUnixFileMode(file.Path, UnixFileMode.UserRead);
        Assert.Single(Keys.List());
        File.SetUnixFileMode(Keys.Path, File.GetUnixFileMode(Keys.Path) | more);
        Assert.Throws<KeyFileException>(() => Keys.List());
        Assert.Throws<KeyFileException>(() => Keys.Add(ec));
    }

    [Fact]
    public void A_file_that_is_not_the_key_that_it_says_is_refused()
    {
        var (one, two) = (Keys.Add(ed), Keys.Add(ec));
        var lines = File.ReadAllLines(one.Path);
        File.WriteAllLines(one.Path, [File.ReadAllLines(two.Path)[0], .. lines[1..]]);
        Assert.Contains("another key", Assert.Throws<KeyFileException>(() => KeyFolder.Open(one)).Message, StringComparison.Ordinal);
        File.WriteAllLines(one.Path, [lines[0], "nothing"]);
        Assert.Contains("no private key", Assert.Throws<KeyFileException>(() => KeyFolder.Open(one)).Message, StringComparison.Ordinal);
        File.WriteAllText(one.Path, "nothing\nat all\n");
        Assert.Contains("no key file", Assert.Throws<KeyFileException>(() => Keys.List()).Message, StringComparison.Ordinal);
    }
}
