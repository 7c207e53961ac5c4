package versitygw

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/versity/versitygw/backend/posix"
)

// Names in the folder.
const (
	bucketsDir = "buckets"
	metaDir    = "meta"
	keyFile    = "key"
	lockFile   = "lock"
	socketFile = "s3.sock"
)

// maxSocketPath is how long the path of a Unix socket may be: sun_path has 108 bytes on Linux and 104 elsewhere, with a final zero.
const maxSocketPath = 103

// rootKey reads the engine's key from the folder, or draws one and keeps it there.
func rootKey(dir string) (access, secret string, err error) {
	name := filepath.Join(dir, keyFile)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		text = []byte("aula" + strings.ToLower(rand.Text()[:12]) + "\n" + rand.Text() + rand.Text() + "\n")
		err = writeKey(name, text)
	}
	if err != nil {
		return "", "", fmt.Errorf("root key: %w", err)
	}
	lines := strings.Fields(string(text))
	if len(lines) != 2 {
		return "", "", fmt.Errorf("root key: %s should hold two lines, an access key and a secret; delete it to get a new one", name)
	}
	return lines[0], lines[1], nil
}

// writeKey writes the key under another name first: half a key after a crash would lock everybody out.
func writeKey(name string, text []byte) error {
	if err := os.WriteFile(name+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// sweep removes what puts left behind that were running when the process ended: nobody knows of it, so nobody would.
func sweep(dir string) error {
	for _, part := range []string{bucketsDir, metaDir} {
		left, err := filepath.Glob(filepath.Join(globQuote(dir), part, "*", posix.MetaTmpDir, "*"))
		if err != nil {
			return err
		}
		for _, name := range left {
			if err := os.RemoveAll(name); err != nil {
				return fmt.Errorf("remove what a put left behind: %w", err)
			}
		}
	}
	return nil
}

// globQuote quotes what a pattern would take for its own in the name of a folder.
func globQuote(dir string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(dir)
}

// address decides where the engine listens, and fills in Endpoint and Socket.
func (s *Server) address(tcp bool) (string, error) {
	if tcp || runtime.GOOS == "windows" {
		var err error
		s.Endpoint, err = freePort()
		return s.Endpoint, err
	}
	s.Endpoint = "localhost"
	s.Socket = filepath.Join(s.Dir, socketFile)
	// The engine takes an address with a colon for host and port.
	if len(s.Socket) > maxSocketPath || strings.Contains(s.Socket, ":") {
		temp, err := os.MkdirTemp("", "aula-s3-") // 0700
		if err != nil {
			return "", fmt.Errorf("folder for the socket: %w", err)
		}
		s.temp, s.Socket = temp, filepath.Join(temp, socketFile)
	}
	if len(s.Socket) > maxSocketPath {
		return "", fmt.Errorf("the path of the socket is too long (%d bytes, at most %d): %s; set TMPDIR to a shorter one", len(s.Socket), maxSocketPath, s.Socket)
	}
	return s.Socket, nil
}

// freePort finds a free port of the loopback interface. The engine wants a number and does not tell which it got for 0.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
