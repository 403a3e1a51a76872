using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PledgeRegistry.Web.Codebook;

/// <summary>
/// The doc comments of an assembly, from the XML file that the compiler writes and the build lays beside it: what code
/// says of itself, so that nobody has to type it again.
/// </summary>
internal sealed partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, XmlDocs> ByAssembly = new();

    private readonly Dictionary<string, XElement> members;

    private XmlDocs(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        members = File.Exists(file)
            ? XDocument.Load(file).Root!.Element("members")!.Elements("member").GroupBy(m => (string)m.Attribute("name")!).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal)
            : [];
    }

    public static XmlDocs Of(Assembly assembly) => ByAssembly.GetOrAdd(assembly, a => new XmlDocs(a));

    /// <summary>True if the file was found and holds something.</summary>
    public bool IsThere => members.Count > 0;

    /// <summary>What a type is for, or null.</summary>
    public static string? Summary(Type type) => Of(type.Assembly).Text($"T:{NameOf(type)}", "summary");

    /// <summary>What an enumeration's value means, or null.</summary>
    public static string? Summary(Type enumeration, string value) => Of(enumeration.Assembly).Text($"F:{NameOf(enumeration)}.{value}", "summary");

    /// <summary>What a positional member of a record means, or null.</summary>
    public static string? Parameter(Type record, string parameter) => Of(record.Assembly).members.GetValueOrDefault($"T:{NameOf(record)}") is { } member
        && member.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == parameter) is { } text ? Plain(text) : null;

    private string? Text(string member, string element) => members.GetValueOrDefault(member)?.Element(element) is { } text ? Plain(text) : null;

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string? Plain(XElement element)
    {
        var text = Spaces().Replace(string.Concat(element.DescendantNodes().Where(n => n is XText || n is XElement { IsEmpty: true }).Select(n => n switch
        {
            XText t => t.Value,
            XElement { Name.LocalName: "paramref" } p => Camel((string)p.Attribute("name")!),
            XElement e => ((string?)e.Attribute("cref") ?? (string?)e.Attribute("langword") ?? "").Split('.', ':')[^1],
            _ => "",
        })), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
