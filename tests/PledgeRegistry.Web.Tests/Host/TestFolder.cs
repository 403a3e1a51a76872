using PledgeRegistry.Web.Start;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>A data folder that goes with the test.</summary>
public sealed class TestFolder : IDisposable
{
    private static readonly Lazy<Task<string>> Loaded = new(LoadAsync);

    private TestFolder(string root) => Root = root;

    private string Root { get; }

    /// <summary>The data folder; it isn't there yet where the folder is new.</summary>
    public string Path => System.IO.Path.Combine(Root, "data");

    public string Log => System.IO.Path.Combine(Path, "registry.db");
    public string HeadRecord => System.IO.Path.Combine(Path, "registry.head");

    public static TestFolder New() => new(Directory.CreateTempSubdirectory("registry-test-").FullName);

    /// <summary>A folder with the opening data in it: loaded once, and copied.</summary>
    public static async Task<TestFolder> LoadedAsync()
    {
        var folder = New();
        folder.CopyFrom(await Loaded.Value);
        return folder;
    }

    public void CopyFrom(string path)
    {
        Directory.CreateDirectory(Path);
        foreach (var file in Directory.EnumerateFiles(path, "registry.*"))
        {
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)), overwrite: true);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private static async Task<string> LoadAsync()
    {
        var folder = New();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        await using var host = await RegistryHost.StartAsync(new StartOptions(folder.Path, false, "--urls=http://127.0.0.1:0"), _ => { });
        return folder.Path;
    }
}
