package versitygw

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// start starts an engine that ends with the test.
func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStartAndStop(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "objects")
	before, _ := os.Getwd()
	var key string
	for range 3 { // the same folder again, and the library's "one per process" given back
		s, err := Start(t.Context(), Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		if after, _ := os.Getwd(); after != before {
			t.Fatalf("working directory is now %s", after)
		}
		if key != "" && key != s.AccessKey+s.Secret {
			t.Error("the key changed")
		}
		key = s.AccessKey + s.Secret
		conn, err := s.Dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		if err := s.Sync(); err != nil {
			t.Error(err)
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
		if err := s.Stop(); err != nil {
			t.Errorf("second stop: %v", err)
		}
		if _, err := net.Dial("unix", s.Socket); err == nil {
			t.Error("the socket still answers")
		}
	}
}

func TestModes(t *testing.T) {
	s := start(t, Options{Dir: filepath.Join(t.TempDir(), "objects")})
	for name, want := range map[string]os.FileMode{keyFile: 0o600, lockFile: 0o600, socketFile: 0o600, bucketsDir: 0o700, ".": 0o700} {
		info, err := os.Stat(filepath.Join(s.Dir, name))
		if err != nil {
			t.Error(err)
		} else if info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
	if s.Secret == "" || len(s.Secret) < 32 {
		t.Errorf("a secret of %d characters", len(s.Secret))
	}
}

func TestLongPathGetsAShortSocket(t *testing.T) {
	for _, name := range []string{strings.Repeat("lungo", 30), "a:b"} {
		s, err := Start(t.Context(), Options{Dir: filepath.Join(t.TempDir(), name)})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Socket) > maxSocketPath || strings.HasPrefix(s.Socket, s.Dir) {
			t.Errorf("socket at %s", s.Socket)
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(filepath.Dir(s.Socket)); err == nil {
			t.Error("the socket's folder is left behind")
		}
	}
}

func TestTCP(t *testing.T) {
	s := start(t, Options{Dir: t.TempDir(), TCP: true})
	host, _, err := net.SplitHostPort(s.Endpoint)
	if err != nil || host != "127.0.0.1" || s.Socket != "" {
		t.Errorf("endpoint %q, socket %q", s.Endpoint, s.Socket)
	}
	conn, err := net.Dial("tcp", s.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func TestRefusals(t *testing.T) {
	if _, err := Start(t.Context(), Options{}); err == nil {
		t.Error("started without a folder")
	}
	bad := t.TempDir()
	if err := os.WriteFile(filepath.Join(bad, keyFile), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), Options{Dir: bad}); err == nil || !strings.Contains(err.Error(), "root key") {
		t.Errorf("half a key: %v", err)
	}
	dir := t.TempDir()
	start(t, Options{Dir: dir})
	if _, err := Start(t.Context(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("two on one folder: %v", err)
	}
	if _, err := Start(t.Context(), Options{Dir: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "one") {
		t.Errorf("two in one process: %v", err)
	}
}

func TestSweep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b]*?")
	part := filepath.Join(dir, bucketsDir, Bucket, ".sgwtmp", "multipart", "0123", "1")
	kept := filepath.Join(dir, bucketsDir, Bucket, "multipart", "1")
	for _, name := range []string{part, kept} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start(t, Options{Dir: dir})
	if _, err := os.Stat(part); err == nil {
		t.Error("a part of an upload that nobody will end is still there")
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}
