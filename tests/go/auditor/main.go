// Command auditor checks a published log with Go's own packages: nothing here knows how the registry makes it.
//
//	auditor DIR ED25519-KEY-LINE ECDSA-KEY-LINE CHECKPOINT...
//
// DIR has the files of C2SP's tlog-tiles; CHECKPOINT are files with signed checkpoints of it, smallest first. Each must have
// both signatures, each must be a prefix of the next, and the tiles and entries must be those that the last one signed. Where
// something of an entry is withheld, a stub stands in its place, and a later entry must say the same of it: one that was allowed
// to, puts "[withheld]" somewhere, and is cleared by the entry right after it.
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) < 5 {
		fail(errors.New("usage: auditor DIR ED25519-KEY ECDSA-KEY CHECKPOINT..."))
	}
	ed, err := note.NewVerifier(os.Args[2])
	fail(err)
	ec, err := newECDSA(os.Args[3])
	fail(err)
	var trees []tlog.Tree
	for _, file := range os.Args[4:] {
		tree, err := open(file, ed, ec)
		fail(err)
		trees = append(trees, tree)
	}
	last := trees[len(trees)-1]
	reader := tlog.TileHashReader(last, &tiles{dir: os.Args[1]})
	for _, tree := range trees {
		hash, err := tlog.TreeHash(tree.N, reader)
		fail(err)
		if hash != tree.Hash {
			fail(fmt.Errorf("the tiles' root at %d is %v, and %v was signed", tree.N, hash, tree.Hash))
		}
		proof, err := tlog.ProveTree(last.N, tree.N, reader)
		fail(err)
		fail(tlog.CheckTree(proof, last.N, last.Hash, tree.N, tree.Hash))
	}
	withheld := stubs{open: map[int64]stub{}}
	entries, err := checkEntries(os.Args[1], last, reader, &withheld)
	fail(err)
	fail(withheld.end())
	for _, line := range withheld.said {
		fmt.Println(line)
	}
	fmt.Printf("ok: %d checkpoints, %d entries\n", len(trees), entries)
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "auditor:", err)
		os.Exit(1)
	}
}

// open reads a checkpoint whose two signatures are good.
func open(file string, keys ...note.Verifier) (tlog.Tree, error) {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(bytes, note.VerifierList(keys...))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("%s: %w", file, err)
	}
	if len(signed.Sigs) != len(keys) || len(signed.UnverifiedSigs) != 0 {
		return tlog.Tree{}, fmt.Errorf("%s: %d signatures verified, %d not", file, len(signed.Sigs), len(signed.UnverifiedSigs))
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != keys[0].Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("%s: not three lines of %s", file, keys[0].Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

// checkEntries holds every entry against its leaf, and some against the root by a proof of their own.
func checkEntries(dir string, tree tlog.Tree, reader tlog.HashReader, withheld *stubs) (int64, error) {
	var index int64
	for index < tree.N {
		width := tree.N - index
		if width > 256 {
			width = 256
		}
		bundle, err := os.ReadFile(filepath.Join(dir, tilePath("entries", index/256, width)))
		if err != nil {
			return index, err
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return index, fmt.Errorf("the bundle of entry %d is cut off", index)
			}
			length := 2 + int(binary.BigEndian.Uint16(bundle))
			leaf, err := withheld.leafOf(index, bundle[2:length])
			if err != nil {
				return index, err
			}
			bundle = bundle[length:]
			stored, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
			if err != nil {
				return index, err
			}
			if stored[0] != leaf {
				return index, fmt.Errorf("entry %d is not its leaf", index)
			}
			if index%4099 == 0 || index < 4 || index > tree.N-4 || i == 0 && index < 1024 {
				proof, err := tlog.ProveRecord(tree.N, index, reader)
				if err != nil {
					return index, err
				}
				if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf); err != nil {
					return index, err
				}
			}
			index++
		}
		if len(bundle) != 0 {
			return index, fmt.Errorf("something follows entry %d in its bundle", index-1)
		}
	}
	return index, nil
}

// stub is what stands in the place of an entry of which something is withheld.
type stub struct {
	Entry      json.RawMessage `json:"entry"`
	Leaf       string          `json:"leaf"`
	RedactedBy int64           `json:"redactedBy"`
}

// stubs holds stubs against the later entries that withheld something.
type stubs struct {
	open      map[int64]stub
	said      []string
	allowed   bool
	uncleared *event
}

// event is what of an entry matters here.
type event struct {
	Type      string `json:"type"`
	Actor     string `json:"actor"`
	CommandID string `json:"commandId"`
	Data      struct {
		Position    int64  `json:"position"`
		Replacement string `json:"replacement"`
		EntryHash   string `json:"entryHash"`
		Authority   string `json:"authority"`
		Allowed     bool   `json:"allowed"`
		By          string `json:"by"`
	} `json:"data"`
}

// leafOf is the hash of an entry, or the one that its stub carries.
func (s *stubs) leafOf(index int64, entry []byte) (tlog.Hash, error) {
	if bytes.HasPrefix(entry, []byte(`{"entry":`)) {
		var found stub
		if err := json.Unmarshal(entry, &found); err != nil {
			return tlog.Hash{}, fmt.Errorf("entry %d is no stub: %w", index, err)
		}
		hash, err := hex.DecodeString(found.Leaf)
		// Members of other case or twice, upper-case digits: what Go reads from those isn't what is written.
		again := fmt.Sprintf(`{"entry":%s,"leaf":"%x","redactedBy":%d}`, found.Entry, hash, found.RedactedBy)
		if err != nil || len(hash) != tlog.HashSize || found.RedactedBy <= index || string(entry) != again || s.uncleared != nil {
			return tlog.Hash{}, fmt.Errorf("entry %d is no stub", index)
		}
		s.open[index] = found
		var leaf tlog.Hash
		copy(leaf[:], hash)
		return leaf, nil
	}
	return tlog.RecordHash(entry), s.add(index, entry)
}

func (s *stubs) add(index int64, entry []byte) error {
	before := s.uncleared
	s.uncleared = nil
	redacts := bytes.Contains(entry, []byte(`"type":"entry-redacted.v1"`))
	if before == nil && !redacts && !bytes.Contains(entry, []byte(`"type":"redaction-allowed.v1"`)) {
		return nil
	}
	var read event
	if err := json.Unmarshal(entry, &read); err != nil {
		return err
	}
	if before != nil && (read.Type != "clearance-given.v1" || read.CommandID != before.CommandID || read.Data.By == before.Actor) {
		return fmt.Errorf("entry %d withholds something, and entry %d doesn't clear it", index-1, index)
	}
	if read.Type == "redaction-allowed.v1" {
		s.allowed = read.Data.Allowed
	}
	if read.Type != "entry-redacted.v1" {
		return nil
	}
	if !s.allowed {
		return fmt.Errorf("entry %d withholds something, which was not allowed", index)
	}
	if !strings.Contains(read.Data.Replacement, "[withheld]") {
		return fmt.Errorf("entry %d puts something in the place of an entry that says nothing of what was withheld", index)
	}
	s.uncleared = &read
	found, ok := s.open[read.Data.Position]
	if !ok || found.RedactedBy != index {
		return fmt.Errorf("entry %d withholds something of entry %d, which doesn't say so", index, read.Data.Position)
	}
	var inner map[string]json.RawMessage
	digest := sha256.Sum256(found.Entry)
	if err := json.Unmarshal(found.Entry, &inner); err != nil || hex.EncodeToString(digest[:]) != read.Data.EntryHash || string(inner["data"]) != read.Data.Replacement {
		return fmt.Errorf("entry %d says something else than what entry %d left of it", read.Data.Position, index)
	}
	delete(s.open, read.Data.Position)
	s.said = append(s.said, fmt.Sprintf("entry %d: withheld by entry %d, ordered by %s", read.Data.Position, index, read.Data.Authority))
	return nil
}

func (s *stubs) end() error {
	if s.uncleared != nil {
		return errors.New("the last entry withholds something, and nobody cleared it")
	}
	for index, found := range s.open {
		return fmt.Errorf("entry %d is a stub, and entry %d did not withhold it", index, found.RedactedBy)
	}
	return nil
}

// tiles reads tiles of height 8 from files. Go's own addresses have the height in them.
type tiles struct {
	dir  string
	read map[tlog.Tile][]byte
}

func (t *tiles) Height() int { return 8 }

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	if t.read == nil {
		t.read = map[tlog.Tile][]byte{}
	}
	var data [][]byte
	for _, tile := range wanted {
		bytes, ok := t.read[tile]
		if !ok {
			var err error
			if bytes, err = os.ReadFile(filepath.Join(t.dir, tilePath(strconv.Itoa(tile.L), tile.N, int64(tile.W)))); err != nil {
				return nil, err
			}
			t.read[tile] = bytes
		}
		data = append(data, bytes)
	}
	return data, nil
}

func tilePath(level string, n, width int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + level + "/" + path
}

// ecdsaVerifier is what Go's package lacks: ECDSA P-256 over SHA-256, whose id is that of the key alone.
type ecdsaVerifier struct {
	name string
	hash uint32
	key  *ecdsa.PublicKey
}

func newECDSA(line string) (note.Verifier, error) {
	parts := strings.SplitN(line, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("no verifier key")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) == 0 || raw[0] != 2 {
		return nil, errors.New("no ECDSA verifier key")
	}
	parsed, err := x509.ParsePKIXPublicKey(raw[1:])
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(*ecdsa.PublicKey)
	digest := sha256.Sum256(raw[1:])
	if !ok || hex.EncodeToString(digest[:4]) != parts[1] {
		return nil, errors.New("the id is not that of the key")
	}
	return &ecdsaVerifier{parts[0], binary.BigEndian.Uint32(digest[:4]), key}, nil
}

func (v *ecdsaVerifier) Name() string    { return v.name }
func (v *ecdsaVerifier) KeyHash() uint32 { return v.hash }
func (v *ecdsaVerifier) Verify(msg, sig []byte) bool {
	digest := sha256.Sum256(msg)
	return ecdsa.VerifyASN1(v.key, digest[:], sig)
}
