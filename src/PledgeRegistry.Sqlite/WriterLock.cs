namespace PledgeRegistry.Sqlite;

/// <summary>
/// The right to write, held as a lock of the operating system (flock) on a file beside the log: it goes with the process,
/// however that ends. The file itself stays: to delete it would let two processes hold locks on two files of one name.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private readonly FileStream held;

    private WriterLock(FileStream held) => this.held = held;

    /// <exception cref="LogInUseException">It is held by somebody else.</exception>
    public static WriterLock Take(string logPath)
    {
        var path = logPath + ".lock";
        try
        {
            return new WriterLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (e.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows)
        {
            throw new LogInUseException(
                $"{logPath} is already open for writing: another process holds the lock on {path}. "
                + "One process writes a log at a time; stop that one first, or open the log for reading.", e);
        }
    }

    public void Dispose() => held.Dispose();
}
