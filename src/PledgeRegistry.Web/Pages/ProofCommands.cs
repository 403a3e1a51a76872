using System.Globalization;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Web.Pages;

/// <summary>
/// What a reader types to check the log with programs that nobody here wrote. A test takes the lines from the page and runs them as they
/// stand, so they are for any POSIX shell.
/// </summary>
/// <param name="site">The registry's address, without a slash at its end.</param>
internal sealed class ProofCommands(string site)
{
    /// <summary>The program for Go: everything from the entry to the signature.</summary>
    private const string Program = """
        package main

        import (
        	"errors"
        	"fmt"
        	"os"
        	"strings"

        	"golang.org/x/mod/sumdb/note"
        	"golang.org/x/mod/sumdb/tlog"
        )

        func must[T any](value T, err error) T {
        	if err != nil {
        		fmt.Println("NOT PROVED:", err)
        		os.Exit(1)
        	}
        	return value
        }

        func main() {
        	key := must(note.NewVerifier(os.Args[1]))
        	proof := string(must(os.ReadFile(os.Args[2])))
        	entry := must(os.ReadFile(os.Args[3]))
        	head, signed, _ := strings.Cut(proof, "\n\n")
        	checkpoint := must(note.Open([]byte(signed), note.VerifierList(key)))
        	lines, body := strings.Split(head, "\n"), strings.Split(checkpoint.Text, "\n")
        	var index, size int64
        	must(fmt.Sscanf(lines[1], "index %d", &index))
        	must(fmt.Sscan(body[1], &size))
        	var path tlog.RecordProof
        	for _, line := range lines[2:] {
        		path = append(path, must(tlog.ParseHash(line)))
        	}
        	if body[0] != key.Name() {
        		must(0, errors.New("it is the checkpoint of another log"))
        	}
        	must(0, tlog.CheckRecord(path, size, must(tlog.ParseHash(body[2])), index, tlog.RecordHash(entry)))
        	fmt.Printf("ok: entry %d is in the log %s of %d entries\n", index, key.Name(), size)
        }
        """;

    /// <summary>Fetches the checkpoint and verifies the log's signatures.</summary>
    public string Signatures(IEnumerable<VerifierKey> keys) => $"""
        curl -fsS {Quoted($"{site}/log/checkpoint")} > checkpoint
        sed '/^$/,$d' checkpoint > body
        {string.Join('\n', keys.Select(Signature))}
        """;

    /// <summary>Verifies a witness's cosignature under the checkpoint that was fetched, and says when it was made.</summary>
    public static string CosignatureOf(VerifierKey key) => $$"""
        {{Pem(key)}}
        {{Line(key)}} > {{key.IdText}}.cosig
        seconds=$(od -An -v -tu1 -j4 -N8 {{key.IdText}}.cosig | awk '{ t = 0; for (i = 1; i <= NF; i++) t = t * 256 + $i; printf "%.0f", t }')
        (printf 'cosignature/v1\ntime %s\n' "$seconds"; cat body) > {{key.IdText}}.body
        tail -c +13 {{key.IdText}}.cosig > {{key.IdText}}.sig
        openssl pkeyutl -verify -pubin -inkey {{key.IdText}}.pem -rawin -in {{key.IdText}}.body -sigfile {{key.IdText}}.sig
        echo "cosigned $seconds seconds after the beginning of 1970 (UTC)"
        """;

    /// <summary>Fetches an entry, and holds it against its leaf hash: nothing is printed where it is another one.</summary>
    public string Entry(long position, Hash leaf) => $"""
        curl -fsS {Quoted(string.Create(CultureInfo.InvariantCulture, $"{site}/api/entries/{position}"))} > entry
        (printf '\000'; cat entry) | openssl dgst -sha256 -r | grep {leaf}
        """;

    /// <summary>Once, for Go's packages.</summary>
    public const string Packages = """
        go mod init check
        go get golang.org/x/mod
        """;

    public string Go(VerifierKey key, long position) => $"""
        curl -fsS {Quoted(string.Create(CultureInfo.InvariantCulture, $"{site}/api/entries/{position}"))} > entry
        curl -fsS {Quoted(string.Create(CultureInfo.InvariantCulture, $"{site}/log/proof/{position}"))} > proof
        cat > check.go <<'END'
        {Program}
        END
        go run check.go {Quoted(key.ToString())} proof entry
        """;

    private static string Signature(VerifierKey key) => $"""
        {Pem(key)}
        {Line(key)} | tail -c +5 > {key.IdText}.sig
        {(key.Type == VerifierKey.EcdsaType
            ? $"openssl dgst -sha256 -verify {key.IdText}.pem -signature {key.IdText}.sig body"
            : $"openssl pkeyutl -verify -pubin -inkey {key.IdText}.pem -rawin -in body -sigfile {key.IdText}.sig")}
        """;

    private static string Pem(VerifierKey key) => $"""
        cat > {key.IdText}.pem <<'END'
        {key.SpkiPem}
        END
        """;

    // A signature's base64 begins with the key's id: five characters are its first thirty bits.
    private static string Line(VerifierKey key) =>
        $"grep -F {Quoted($" {key.Name} {Convert.ToBase64String(Convert.FromHexString(key.IdText))[..5]}")} checkpoint | cut -d ' ' -f 3 | openssl base64 -d -A";

    // As the shell takes it, whatever is in it.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
