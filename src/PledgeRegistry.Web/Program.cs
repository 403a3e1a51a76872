using PledgeRegistry.Web.Start;

return await RegistryHost.RunAsync(args, Console.Out, Console.Error);
