using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using PledgeRegistry.Private;

namespace PledgeRegistry.Web.Security;

/// <summary>
/// Keeps the keys that protect cookies and forms in the private store, so that every node of a registry reads what another
/// one made, and they outlive each of them.
/// </summary>
public sealed class PrivateKeys(IPrivateStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.ReadKeys().Select(k => XElement.Parse(k.Xml))];

    public void StoreElement(XElement element, string friendlyName)
    {
        if (!store.AddKey(friendlyName, element.ToString(SaveOptions.DisableFormatting)))
        {
            throw new InvalidOperationException($"There is a key of the name '{friendlyName}' already.");
        }
    }
}

public static class PrivateKeysExtensions
{
    public static IDataProtectionBuilder PersistKeysToPrivateStore(this IDataProtectionBuilder builder, IPrivateStore store)
    {
        builder.Services.Configure<KeyManagementOptions>(o => o.XmlRepository = new PrivateKeys(store));
        return builder;
    }
}
