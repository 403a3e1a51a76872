using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

public sealed class OutputTests
{
    private static readonly string[][] Rows = [["IMRF-2022-0034", "[Invented example] two\nlines\tand [red]colour[/]"], ["IMRF-2022-0035", "-"]];

    [Fact]
    public void On_a_terminal_a_table_has_borders_and_text_is_never_markup()
    {
        var text = Table(terminal: true);
        Assert.Contains("│ IMRF-2022-0034 │ [Invented example] two lines and [red]colour[/] │", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', text);
    }

    [Fact]
    public void Redirected_a_table_is_lines_with_tabs() =>
        Assert.Equal("\nParts\nid\ttitle\nIMRF-2022-0034\t[Invented example] two lines and [red]colour[/]\nIMRF-2022-0035\t-\n", Table(terminal: false));

    [Fact]
    public void A_table_without_rows_is_left_out()
    {
        using var writer = new StringWriter();
        new Output(writer, terminal: true, json: false).Table("Parts", ["id"], []);
        Assert.Equal("", writer.ToString());
    }

    [Fact]
    public void Fields_without_a_value_are_left_out()
    {
        using var writer = new StringWriter();
        new Output(writer, terminal: true, json: false).Fields(("id", "A"), ("place", null), ("long name", "two\r\nlines"));
        Assert.Equal("id         A\nlong name  two lines\n", writer.ToString());
    }

    private static string Table(bool terminal)
    {
        using var writer = new StringWriter();
        new Output(writer, terminal, json: false).Table("Parts", ["id", "title"], Rows);
        return writer.ToString();
    }
}
