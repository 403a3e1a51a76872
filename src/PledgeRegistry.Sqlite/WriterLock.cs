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
            return new WriterLock(Open(path));
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new LogInUseException(
                $"{logPath} is already open for writing: another process holds the lock on {path}. "
                + "One process writes a log at a time; stop that one first, or open the log for reading.", e);
        }
    }

    /// <summary>Opens a file of locks so that nobody else can, until it is closed.</summary>
    public static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    /// <summary>Whether opening failed because somebody else has it.</summary>
    public static bool IsHeld(IOException e) => e.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows;

    public void Dispose() => held.Dispose();
}
