using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;

namespace PledgeRegistry.Transparency.Witness;

/// <summary>The key of a witness on this machine: one, made at its first start, in a folder for the owner's eyes alone.</summary>
public static class WitnessKey
{
    /// <summary>Opens the key, and makes it where there is none. Dispose of it.</summary>
    /// <exception cref="KeyFileException">The folder holds something else than the one key of this name.</exception>
    /// <exception cref="PlatformNotSupportedException">Ed25519 isn't available.</exception>
    public static Cosigner OpenOrMake(KeyFolder folder, string name)
    {
        switch (folder.List())
        {
            case []:
                using (var made = NoteSigner.NewEd25519(name))
                {
                    folder.Add(made);
                    return Of(made);
                }
            case [var file] when file.Key.Name == name && file.Key.Type == VerifierKey.Ed25519Type:
                using (var kept = KeyFolder.Open(file))
                {
                    return Of(kept);
                }
            case [var other]:
                throw new KeyFileException($"{folder.Path} has the key of {other.Key.Name} ({other.Key.Algorithm}), not of {name}: a witness's name never changes. Start it under its own name, or name another folder.");
            default:
                throw new KeyFileException($"{folder.Path} has several keys, and a witness has one. Move the others elsewhere.");
        }
    }

    private static Cosigner Of(NoteSigner signer) => new(signer.Key.Name, Ed25519.SeedOf(signer.Pkcs8())!);
}
