using PledgeRegistry.Web.Start;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

public sealed class StartOptionsTests
{
    [Fact]
    public void Without_options_all_is_left_to_the_defaults()
    {
        var (options, _, _) = StartOptions.Parse([]);
        Assert.Null(options!.Data);
        Assert.False(options.Demonstration);
        Assert.Empty(options.HostArguments);
    }

    [Theory]
    [InlineData("--data", "here")]
    [InlineData("--data=here")]
    public void The_data_folder_is_taken(params string[] args) => Assert.Equal("here", StartOptions.Parse(args).Options!.Data);

    [Fact]
    public void A_flag_takes_no_value_from_the_option_after_it()
    {
        var (options, _, _) = StartOptions.Parse(["--demo", "--urls", "http://localhost:1"]);
        Assert.True(options!.Demonstration);
        Assert.Equal(["--urls=http://localhost:1"], options.HostArguments);
    }

    [Theory]
    [InlineData("Unknown option '--dta'", "--dta", "x")]
    [InlineData("Unknown option 'registry'", "registry")]
    [InlineData("'--data' needs a value", "--data")]
    [InlineData("'--data' needs a value", "--data", "--demo")]
    [InlineData("'--urls' needs a value", "--urls=")]
    public void What_is_not_understood_is_named_with_how_to_write_it(string message, params string[] args)
    {
        var (options, print, exitCode) = StartOptions.Parse(args);
        Assert.Null(options);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, print, StringComparison.Ordinal);
        Assert.Contains("Usage:", print, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_explains_every_option(string option)
    {
        var (_, print, exitCode) = StartOptions.Parse([option]);
        Assert.Equal(0, exitCode);
        Assert.All(["--data", "--demo", "--urls", "--help", "PLEDGEREGISTRY_DATA"], o => Assert.Contains(o, print, StringComparison.Ordinal));
    }

    [Fact]
    public void The_data_folder_has_a_default_of_its_own_for_a_demonstration()
    {
        Assert.Equal(Path.GetFullPath("registry-data"), new StartOptions().Folder("Production").Path);
        Assert.Equal(Path.GetFullPath("demo-data"), new StartOptions(Demonstration: true).Folder("Production").Path);
    }
}
