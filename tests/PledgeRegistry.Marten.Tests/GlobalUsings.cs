global using PledgeRegistry.Projections.Time;
global using PledgeRegistry.Testing;
global using Xunit;
