using System.Security.Cryptography;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Transparency.Signing;

/// <summary>A key file can't be used; the message says why, and how to mend it.</summary>
public sealed class KeyFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A file with a private key.</summary>
/// <param name="Key">The public key, as the file says.</param>
public sealed record KeyFile(string Path, VerifierKey Key);

/// <summary>
/// The private keys of a log on this machine, a file each: the verifier key line, then PKCS #8 in PEM, which openssl reads too.
/// For the owner's eyes alone: a file or folder that others may read is refused.
/// </summary>
public sealed class KeyFolder(string path)
{
    private const string Ending = ".pem", Label = "PRIVATE KEY";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Path => path;

    /// <summary>Keeps a key, durably, before anything is signed with it.</summary>
    /// <exception cref="IOException">There is a file of that key already, or it can't be written.</exception>
    public KeyFile Add(NoteSigner signer)
    {
        var made = !Directory.Exists(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
        RefuseOpen(path);
        var file = System.IO.Path.Combine(path, signer.Key.IdText + Ending);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        var pkcs8 = signer.Pkcs8();
        using (var stream = new FileStream(file, options))
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write($"{signer.Key}\n{PemEncoding.WriteString(Label, pkcs8)}\n");
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }
        CryptographicOperations.ZeroMemory(pkcs8);
        var folder = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        DirectorySync.Flush(folder);
        if (made)
        {
            DirectorySync.Flush(System.IO.Path.GetDirectoryName(folder)!);
        }
        return new KeyFile(file, signer.Key);
    }

    /// <summary>The keys that there are, without opening their secrets; by the name of their file. None where there is no folder.</summary>
    /// <exception cref="KeyFileException">Others may read one, or one is no key file.</exception>
    public IReadOnlyList<KeyFile> List()
    {
        if (!Directory.Exists(path))
        {
            return [];
        }
        RefuseOpen(path);
        return [.. Directory.EnumerateFiles(path, $"*{Ending}").Order(StringComparer.Ordinal).Select(file => new KeyFile(file, Read(file).Key))];
    }

    /// <summary>Opens a key for signing.</summary>
    /// <exception cref="KeyFileException">Others may read it, or it isn't the key that it says.</exception>
    /// <exception cref="PlatformNotSupportedException">It is an Ed25519 key, and libcrypto isn't there.</exception>
    public static NoteSigner Open(KeyFile file)
    {
        var (key, pem) = Read(file.Path);
        NoteSigner signer;
        try
        {
            signer = NoteSigner.FromPkcs8(key.Name, Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException)
        {
            throw new KeyFileException($"{file.Path} holds no private key that can be read. Restore it from a copy, or retire the key and make a new one.", e);
        }
        if (signer.Key == key && key == file.Key)
        {
            return signer;
        }
        signer.Dispose();
        throw new KeyFileException($"{file.Path} holds another key than its first line says. Restore it from a copy.");
    }

    private static (VerifierKey Key, string Pem) Read(string file)
    {
        RefuseOpen(file);
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"{file} can't be read: {e.Message}", e);
        }
        return text.Split('\n', 2) is [var line, var pem] && VerifierKey.TryParse(line.TrimEnd('\r')) is { } key
            ? (key, pem)
            : throw new KeyFileException($"{file} is no key file: its first line is no verifier key. Restore it from a copy, or move it elsewhere.");
    }

    private static void RefuseOpen(string fileOrFolder)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(fileOrFolder) & Others) != 0)
        {
            throw new KeyFileException($"{fileOrFolder} can be read by others, so whoever did may sign in this log's name. Take their rights (chmod go-rwx); if anybody may have read it, retire the key.");
        }
    }
}
