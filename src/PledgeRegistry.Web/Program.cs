using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Web;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
#pragma warning disable RS0030 // The one place where the system's clock is named.
var clock = TimeProvider.System;
#pragma warning restore RS0030
await using var node = await RegistryNode.StartAsync(new InMemoryLog(), null, clock, FiveDocuments.Steps(demonstration: false), Console.WriteLine);
builder.Services.AddRegistry(node, clock);
var app = builder.Build();
app.UseRegistry();
await app.RunAsync();
