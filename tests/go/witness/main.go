// Command witness is a witness of C2SP's tlog-witness for one log, made of Go's own packages: nothing here knows how the
// registry, or its own witness, is made.
//
//	witness NAME ED25519-KEY-LINE-OF-THE-LOG DIR
//
// It listens on a free port of this machine and prints its verifier key and its address. DIR gets the checkpoint that was cosigned
// last (last.note) and the one that was refused because it contradicts (refused.note). It remembers only while it runs: it is for tests.
package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type witness struct {
	name string
	id   [4]byte
	key  ed25519.PrivateKey
	log  note.Verifier
	dir  string

	mu   sync.Mutex
	last tlog.Tree
}

func main() {
	if len(os.Args) != 4 {
		fail(fmt.Errorf("usage: witness NAME ED25519-KEY DIR"))
	}
	log, err := note.NewVerifier(os.Args[2])
	fail(err)
	public, private, err := ed25519.GenerateKey(rand.Reader)
	fail(err)
	typed := append([]byte{4}, public...)
	digest := sha256.Sum256(append([]byte(os.Args[1]+"\n"), typed...))
	w := &witness{name: os.Args[1], key: private, log: log, dir: os.Args[3]}
	copy(w.id[:], digest[:4])
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	fail(err)
	vkey := fmt.Sprintf("%s+%x+%s", w.name, w.id, base64.StdEncoding.EncodeToString(typed))
	fmt.Printf("%s\nwitness %s %s http://%s/\n", vkey, w.name, vkey, listener.Addr())
	http.HandleFunc("/add-checkpoint", w.add)
	fail(http.Serve(listener, nil))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "witness:", err)
		os.Exit(1)
	}
}

func (w *witness) add(out http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(io.LimitReader(in.Body, 64*1024))
	head, signed, ok := strings.Cut(string(body), "\n\n")
	lines := strings.Split(head, "\n")
	old, parsed := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil || !ok || parsed != nil || !strings.HasPrefix(lines[0], "old ") {
		http.Error(out, "not a request", http.StatusBadRequest)
		return
	}
	var proof tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			http.Error(out, "not a hash", http.StatusBadRequest)
			return
		}
		proof = append(proof, hash)
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(w.log))
	if err != nil {
		http.Error(out, err.Error(), http.StatusForbidden)
		return
	}
	parts := strings.Split(opened.Text, "\n")
	if parts[0] != w.log.Name() || len(parts) != 4 {
		http.Error(out, "unknown log", http.StatusNotFound)
		return
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	root, err2 := tlog.ParseHash(parts[2])
	if err != nil || err2 != nil || old > size {
		http.Error(out, "no checkpoint", http.StatusBadRequest)
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if old != w.last.N || w.last.N == size && w.last.Hash != root {
		if old == w.last.N {
			w.keep("refused.note", signed)
		}
		out.Header().Set("Content-Type", "text/x.tlog.size")
		out.WriteHeader(http.StatusConflict)
		fmt.Fprintf(out, "%d\n", w.last.N)
		return
	}
	if old > 0 && old < size {
		if err := tlog.CheckTree(proof, size, root, old, w.last.Hash); err != nil {
			w.keep("refused.note", signed)
			http.Error(out, err.Error(), http.StatusUnprocessableEntity)
			return
		}
	}
	now := time.Now().Unix()
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", now, opened.Text)
	signature := append([]byte(nil), w.id[:]...)
	signature = binary.BigEndian.AppendUint64(signature, uint64(now))
	signature = append(signature, ed25519.Sign(w.key, []byte(message))...)
	w.last = tlog.Tree{N: size, Hash: root}
	w.keep("last.note", signed)
	fmt.Fprintf(out, "\u2014 %s %s\n", w.name, base64.StdEncoding.EncodeToString(signature))
}

func (w *witness) keep(name, text string) {
	fail(os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600))
}
