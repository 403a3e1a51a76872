using System.Diagnostics;
using System.Text;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Notes;

/// <summary>openssl's command line, with nothing of ours, verifies what is signed, and reads the keys.</summary>
public sealed class OpensslTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pledge-openssl-").FullName;
    private readonly NoteSigner ed = NoteSigner.NewEd25519("example.org/log");
    private readonly NoteSigner ec = NoteSigner.NewEcdsa("example.org/log");

    public void Dispose()
    {
        ed.Dispose();
        ec.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Both_signatures_of_a_checkpoint_are_verified_and_a_changed_body_is_not()
    {
        var note = SignedNote.Sign(new Checkpoint("example.org/log", 70_000, Hash.Of([1])).ToString(), [ed, ec]);
        File.WriteAllBytes(At("body"), Encoding.UTF8.GetBytes(note.Text));
        File.WriteAllBytes(At("changed"), Encoding.UTF8.GetBytes(note.Text.Replace("70000", "70001", StringComparison.Ordinal)));
        File.WriteAllBytes(At("ed.sig"), note.Signatures[0].Signature.ToArray());
        File.WriteAllBytes(At("ec.sig"), note.Signatures[1].Signature.ToArray());
        File.WriteAllText(At("ed.pem"), ed.Key.SpkiPem);
        File.WriteAllText(At("ec.pem"), ec.Key.SpkiPem);
        Assert.Equal((0, 0), (Ed("body"), Ec("body")));
        Assert.NotEqual(0, Ed("changed"));
        Assert.NotEqual(0, Ec("changed"));

        int Ed(string body) => Openssl("pkeyutl", "-verify", "-pubin", "-inkey", At("ed.pem"), "-rawin", "-in", At(body), "-sigfile", At("ed.sig"));
        int Ec(string body) => Openssl("dgst", "-sha256", "-verify", At("ec.pem"), "-signature", At("ec.sig"), At(body));
    }

    [Fact]
    public void A_key_file_is_one_that_openssl_reads()
    {
        var keys = new KeyFolder(At("keys"));
        Assert.Equal(0, Openssl("pkey", "-in", keys.Add(ed).Path, "-noout"));
        Assert.Equal(0, Openssl("pkey", "-in", keys.Add(ec).Path, "-noout"));
    }

    private string At(string name) => Path.Combine(folder, name);

    private static int Openssl(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
