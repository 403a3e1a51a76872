using System.Buffers;
using System.Security.Cryptography;

namespace PledgeRegistry.Private;

/// <summary>Writes the lines of a backup of the private store.</summary>
internal sealed class PrivateBackupWriter
{
    private readonly Stream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private PrivateCounts counts = new(0, 0, 0, 0);

    public PrivateBackupWriter(Stream file, DateTimeOffset madeAt)
    {
        this.file = file;
        Put(new PrivateBackupLine { Head = new(PrivateBackupLine.Format, PrivateBackupLine.Version, madeAt) });
    }

    public void Write(PrivateRow row)
    {
        Put(PrivateBackupLine.Of(row));
        counts = counts.With(row);
    }

    public PrivateCounts End()
    {
        Put(new PrivateBackupLine { End = new(counts, PrivateBackup.Hex(hash.GetCurrentHash())) });
        hash.Dispose();
        return counts;
    }

    private void Put(PrivateBackupLine line)
    {
        var bytes = line.ToBytes();
        file.Write(bytes);
        hash.AppendData(bytes);
    }
}

/// <summary>Reads a backup of the private store once, and is sure of each line before it hands it over, and at the end of the whole.</summary>
internal sealed class PrivateBackupReader(string path)
{
    /// <summary>Above the longest: a draft whose every character is escaped.</summary>
    private const int MaxLineBytes = 8 * IPrivateStore.MaxFormBytes;

    private readonly List<(string, string)> contacts = [];
    private readonly ArrayBufferWriter<byte> line = new();
    private long number;

    /// <summary>Known once the first row has been read.</summary>
    public DateTimeOffset MadeAt { get; private set; }

    public PrivateCounts Counts { get; private set; } = new(0, 0, 0, 0);

    public IReadOnlyList<(string Actor, string Participant)> Contacts => contacts;

    /// <exception cref="PrivateBackupException">Something is wrong with the file; the line is named.</exception>
    public IEnumerable<PrivateRow> Rows()
    {
        using var file = Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (Next(file).Head is not { Format: PrivateBackupLine.Format } head)
        {
            throw Wrong("this is not the head of a backup of the private store");
        }
        if (head.Version is < 1 or > PrivateBackupLine.Version)
        {
            throw Wrong($"the backup has version {head.Version} of the format, this release reads 1 to {PrivateBackupLine.Version}");
        }
        MadeAt = head.MadeAt;
        while (true)
        {
            hash.AppendData(line.WrittenSpan);
            hash.AppendData("\n"u8);
            var next = Next(file);
            if (next.End is { } end)
            {
                if (end.Counts != Counts || end.Sha256 != PrivateBackup.Hex(hash.GetCurrentHash()))
                {
                    throw Wrong("lines before this end are missing, or aren't those that were written");
                }
                if (file.ReadByte() >= 0)
                {
                    number++;
                    throw Wrong("something follows the end");
                }
                yield break;
            }
            yield return Taken(next.Row ?? throw Wrong("this is no line of a backup"));
        }
    }

    private PrivateRow Taken(PrivateRow row)
    {
        Counts = Counts.With(row);
        switch (row)
        {
            case PrivateRow.OfContact { Contact: { Details: not null } contact }:
                contacts.Add((contact.Actor, contact.Participant));
                break;
            case PrivateRow.OfDraft { Draft.Form: null }:
                throw Wrong("a draft is without its form");
            case PrivateRow.OfAccess { Line.Number: var place } when place != Counts.AccessLines:
                throw Wrong($"line {place} of the access log isn't at its place");
            default:
                break;
        }
        return row;
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PrivateBackupException($"{path} can't be read: {e.Message}", e);
        }
    }

    private PrivateBackupLine Next(FileStream file)
    {
        number++;
        line.ResetWrittenCount();
        while (true)
        {
            switch (file.ReadByte())
            {
                case < 0:
                    throw Wrong("the file is cut off here");
                case '\n':
                    return PrivateBackupLine.Parse(line.WrittenSpan) ?? throw Wrong("the line is damaged");
                case var b when line.WrittenCount < MaxLineBytes:
                    line.GetSpan(1)[0] = (byte)b;
                    line.Advance(1);
                    break;
                default:
                    throw Wrong("the line is too long");
            }
        }
    }

    private PrivateBackupException Wrong(string what) => new($"{path}, line {number}: {what}. Nothing was restored.");
}

internal static class PrivateCounting
{
    /// <summary>One more.</summary>
    public static PrivateCounts With(this PrivateCounts counts, PrivateRow row) => row switch
    {
        PrivateRow.OfContact => counts with { Contacts = counts.Contacts + 1 },
        PrivateRow.OfDraft => counts with { Drafts = counts.Drafts + 1 },
        PrivateRow.OfKey => counts with { Keys = counts.Keys + 1 },
        PrivateRow.OfAccess => counts with { AccessLines = counts.AccessLines + 1 },
        PrivateRow.OfSigned => counts with { Signed = counts.Signed + 1 },
        _ => throw new InvalidOperationException($"Nothing is known of {row.GetType().Name}."),
    };
}
