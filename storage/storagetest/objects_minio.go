package storagetest

import (
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"aulacomune/lms"
	"aulacomune/storage/s3"
)

// noMinIO says how to get what is missing.
const noMinIO = "no S3 server to test against: set AULA_TEST_S3 (with AULA_S3_ACCESS_KEY and AULA_S3_SECRET_KEY), or run go install github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c"

// OpenMinIO opens an empty store on the server at AULA_TEST_S3 or, where that is empty, on a MinIO that the first test to need it starts as
// a process of its own, and that ends with the test binary. Where there is neither, the test is skipped; with AULA_TEST_STRICT=1 it fails.
func OpenMinIO(t testing.TB) lms.Objects {
	t.Helper()
	o := MinIO(t)
	o.Bucket = newBucketName()
	store := openBucket(t, o)
	t.Cleanup(func() { removeBucket(t, store, o) })
	return store
}

// MinIO says how to reach the server of OpenMinIO, and starts it if need be.
func MinIO(t testing.TB) s3.Options {
	t.Helper()
	if address := os.Getenv("AULA_TEST_S3"); address != "" {
		o, err := s3.Parse(address, os.Getenv)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	program := findMinIO()
	if program == "" {
		withoutEngine(t, noMinIO)
	}
	o, err := minIO.start(program)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// findMinIO looks on the PATH and where go install puts things.
func findMinIO() string {
	if program, err := exec.LookPath("minio"); err == nil {
		return program
	}
	path, err := exec.Command("go", "env", "GOBIN", "GOPATH").Output()
	if err != nil {
		return ""
	}
	bin, gopath, _ := strings.Cut(string(path), "\n")
	if bin == "" {
		bin = filepath.Join(strings.TrimSpace(gopath), "bin")
	}
	program, err := exec.LookPath(filepath.Join(bin, "minio"))
	if err != nil {
		return ""
	}
	return program
}

// minIO is the MinIO process of this test binary: there is one, because it takes a second to start.
var minIO = new(minIOProcess)

type minIOProcess struct {
	once    sync.Once
	options s3.Options
	err     error
	held    io.Closer // the pipe that keeps the process alive; nobody closes it but the end of this process
}

// janitor runs MinIO and waits until the pipe on its standard input closes, which happens when the test binary ends, in whatever way. Then it
// stops MinIO by its process id and removes the folder. A helper has no other hook at the end of a test binary.
const janitor = `trap '' INT
"$1" server --quiet --address "$2" --console-address 127.0.0.1:0 "$3" >"$3.log" 2>&1 </dev/null & pid=$!
read line
kill "$pid"; wait "$pid"; rm -rf "$3" "$3.log"`

// start starts the process once.
func (m *minIOProcess) start(program string) (s3.Options, error) {
	m.once.Do(func() { m.err = m.run(program) })
	return m.options, m.err
}

func (m *minIOProcess) run(program string) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "aula-minio-")
	if err != nil {
		return err
	}
	m.options = s3.Options{Endpoint: address, AccessKey: "aula", Secret: rand.Text(), Region: "us-east-1"}
	cmd := exec.Command("sh", "-c", janitor, "janitor", program, address, dir)
	cmd.Env = append(os.Environ(), "MINIO_ROOT_USER=aula", "MINIO_ROOT_PASSWORD="+m.options.Secret, "MINIO_UPDATE=off", "MINIO_BROWSER=off")
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	m.held = pipe
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start MinIO: %w", err)
	}
	if err := untilReady("http://" + address + "/minio/health/ready"); err != nil {
		log, _ := os.ReadFile(dir + ".log")
		pipe.Close()
		return fmt.Errorf("start MinIO: %w: %s", err, log)
	}
	return nil
}

// freeAddress finds a free port of the loopback interface; MinIO does not tell which it got for 0.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// untilReady asks until the answer is yes.
func untilReady(url string) error {
	ctx, cancel := startContext()
	defer cancel()
	for {
		resp, err := http.Get(url)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// removeBucket leaves a server that is not ours as it was.
func removeBucket(t testing.TB, store lms.Objects, o s3.Options) {
	ctx, cancel := startContext() // the test's own context has ended
	defer cancel()
	for info, err := range store.List(ctx, "") {
		if err == nil {
			err = store.Remove(ctx, info.Key)
		}
		if err != nil {
			t.Error(err)
			return
		}
	}
	client, err := minio.New(o.Endpoint, &minio.Options{Creds: credentials.NewStaticV4(o.AccessKey, o.Secret, ""), Secure: o.TLS, Region: o.Region})
	if err == nil {
		err = client.RemoveBucket(ctx, o.Bucket)
	}
	if err != nil {
		t.Error(err)
	}
}
