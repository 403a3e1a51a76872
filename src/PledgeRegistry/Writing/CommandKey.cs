using System.Text;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>What makes a command the same when it is sent again.</summary>
public static class CommandKey
{
    /// <summary>SHA-256 of actor and idempotency key: the command's id, in each of its entries.</summary>
    public static Hash IdOf(string actor, string key) => Hash.Of(Encoding.UTF8.GetBytes($"{actor}\n{key}"));
}
