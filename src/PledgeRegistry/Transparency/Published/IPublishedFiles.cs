namespace PledgeRegistry.Transparency.Published;

/// <summary>A published file can't be had, or isn't what was published; the message names it.</summary>
public class PublishedFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A published file couldn't be looked at: nobody answered, or it may not be read. That says nothing of what was published.</summary>
public sealed class PublishedUnreachableException(string message, Exception? inner = null) : PublishedFileException(message, inner);

/// <summary>Where a log is published, as files of C2SP's tlog-tiles.</summary>
public interface IPublishedFiles
{
    /// <summary>A file's bytes; null where there is none.</summary>
    /// <param name="path">Under the place, with slashes: <c>tile/0/000</c>.</param>
    /// <param name="most">The most bytes it can have: more are never read.</param>
    /// <exception cref="PublishedUnreachableException">It couldn't be looked at.</exception>
    /// <exception cref="PublishedFileException">It has more.</exception>
    Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancel = default);

    /// <summary>The paths of all tiles that are there; null where they can't be listed.</summary>
    IEnumerable<string>? Tiles();
}

/// <summary>A folder with the files.</summary>
public sealed class PublishedFolder(string folder) : IPublishedFiles
{
    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancel = default)
    {
        try
        {
            await using var file = new FileStream(Path.Combine([folder, .. path.Split('/')]), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > most)
            {
                throw new PublishedFileException($"{path} has {file.Length} bytes; at most {most} are possible.");
            }
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancel);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PublishedUnreachableException($"{path} can't be read: {e.Message}", e);
        }
    }

    public IEnumerable<string>? Tiles() => Directory.Exists(Path.Combine(folder, "tile"))
        ? Directory.EnumerateFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal)
        : [];
}
