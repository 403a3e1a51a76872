using System.Runtime.InteropServices;
using System.Text;

namespace PledgeRegistry;

/// <summary>
/// Puts a folder's list of names on the disk. A file that was moved to its name survives a power cut under that name only then; .NET
/// has no call for it. On Windows the file system's journal does it.
/// </summary>
internal static class DirectorySync
{
    /// <exception cref="IOException">It could not be done.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var handle = Open(Encoding.UTF8.GetBytes($"{folder}\0"), 0);
        if (handle < 0)
        {
            throw Failed(folder);
        }
        try
        {
            if (Fsync(handle) != 0)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failed(string folder) => new($"The folder {folder} could not be put on the disk: {Marshal.GetLastPInvokeErrorMessage()}.");

    // Flag 0: to read.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
