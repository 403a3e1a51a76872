using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace PledgeRegistry.Testing;

/// <summary>
/// Snapshot tests by the conventions of Verify.Xunit: <c>return Verify(text);</c> holds the text against
/// <c>&lt;Class&gt;.&lt;Method&gt;.verified.txt</c> beside the test, and leaves a <c>.received.</c> file where they differ. To
/// accept, rename that file; or run once with PLEDGEREGISTRY_ACCEPT=1, which counts for nothing where CI is set.
/// </summary>
public static class Snapshot
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Holds a text against the verified one.</summary>
    public static Task Verify(string target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        Check(SourceFiles.FolderOf(sourceFile), $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}", "txt", target, Accepts);

    /// <summary>Holds an object, as indented JSON, against the verified text.</summary>
    public static Task Verify(object target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        Check(SourceFiles.FolderOf(sourceFile), $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}", "txt", JsonSerializer.Serialize(target, Indented), Accepts);

    /// <summary>Holds JSON, indented, against the verified JSON.</summary>
    public static Task VerifyJson(string json, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        using var document = JsonDocument.Parse(json);
        return Check(SourceFiles.FolderOf(sourceFile), $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}", "json", JsonSerializer.Serialize(document, Indented), Accepts);
    }

    /// <summary>The same with every choice given.</summary>
    public static async Task Check(string folder, string name, string extension, string text, bool accept)
    {
        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        text = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var expected = File.Exists(verified) ? (await File.ReadAllTextAsync(verified)).ReplaceLineEndings("\n").TrimEnd('\n') + "\n" : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }
        if (accept)
        {
            await File.WriteAllTextAsync(verified, text, new UTF8Encoding(false));
            File.Delete(received);
            return;
        }
        await File.WriteAllTextAsync(received, text, new UTF8Encoding(false));
        Assert.Fail(expected is null
            ? $"There is no {verified}. What was received is beside it; accept it by renaming it.\n\n{text}"
            : $"{verified} differs from what was received, which is beside it.\n\n{FirstDifference(expected, text)}");
    }

    private static bool Accepts =>
        Environment.GetEnvironmentVariable("PLEDGEREGISTRY_ACCEPT") == "1" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    private static string FirstDifference(string expected, string received)
    {
        var (before, after) = (expected.Split('\n'), received.Split('\n'));
        var line = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
        return $"First difference in line {line + 1}:\n  verified: {before.ElementAtOrDefault(line)}\n  received: {after.ElementAtOrDefault(line)}";
    }
}
