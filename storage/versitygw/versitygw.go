// Package versitygw runs the embedded S3 engine and hands back its address. An installation without an object store of its own keeps its
// large files in a folder, and reads and writes them through the S3 protocol all the same, so that there is one way to keep a file.
//
// The engine listens on a Unix socket inside its folder, with a random key kept beside it; nobody but the user that runs the process
// can reach either. Names inside the folder:
//
//	buckets/  one folder per bucket, in it one file per object under its own key (0600, folders 0700)
//	meta/     what is known of each object: type, checksum
//	key       the root key of the engine (0600)
//	address   where the engine listens, for Join (0600)
//	lock      held by the process that runs the engine: two on one folder would corrupt it
//	s3.sock   the socket (0600), unless the folder's path is too long for one
//
// The library keeps some state in package variables of its own, so there is one engine per process. It never calls fsync: see Server.Sync.
// It is built to change the working directory of the process and to live with relative paths; here it gets absolute ones, and Start
// restores the working directory before it returns. Keys are paths on a disk: "a" and "a/b" cannot both be objects.
package versitygw

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/versity/versitygw/auth"
	"github.com/versity/versitygw/embedgw"
	"github.com/versity/versitygw/s3api"
)

// Bucket is the bucket that the school keeps its files in.
const Bucket = "aula"

// Region is the region that the engine claims to be in; requests must be signed for it.
const Region = "us-east-1"

// Options say where and how the engine runs.
type Options struct {
	Dir string // the folder; made if missing
	TCP bool   // listen on a free port of 127.0.0.1 instead of a Unix socket
}

// Server is a running engine.
type Server struct {
	Endpoint  string // "host:port" for an S3 client; over a Unix socket only a name, see Dial
	Socket    string // path of the Unix socket, empty with TCP
	AccessKey string
	Secret    string
	Dir       string // the folder, absolute

	temp   string // a private folder for the socket, where Dir's path is too long
	lock   *os.File
	cancel context.CancelFunc
	ended  chan struct{} // closed when the engine has ended
	err    error         // why, once ended is closed
}

// Limits of the engine: far above what one process of ours asks for, and far below what would exhaust it.
const (
	maxConnections = 1024
	maxRequests    = 512
	maxParts       = 10000
)

// Start starts the engine and returns when it listens. The context bounds the start alone: a running engine is ended by Stop.
func Start(ctx context.Context, o Options) (*Server, error) {
	s, err := prepare(o)
	if err != nil {
		return nil, fmt.Errorf("versitygw: %w", err)
	}
	if err := s.run(ctx, o.TCP); err != nil {
		s.Stop()
		return nil, fmt.Errorf("versitygw: %w", err)
	}
	return s, nil
}

// prepare makes the folder, takes its lock, reads the key and clears away what is left of a run that ended badly.
func prepare(o Options) (*Server, error) {
	if o.Dir == "" {
		return nil, errors.New("no folder given")
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(dir, bucketsDir), 0o700); err != nil {
		return nil, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	s := &Server{Dir: dir, lock: lock, cancel: func() {}, ended: make(chan struct{})}
	if s.AccessKey, s.Secret, err = rootKey(dir); err == nil {
		err = sweep(dir)
	}
	if err != nil {
		lock.Close()
		return nil, err
	}
	return s, nil
}

// run starts the engine in a goroutine of its own and waits until it listens, or fails to.
func (s *Server) run(ctx context.Context, tcp bool) error {
	store, err := newStore(s.Dir)
	if err != nil {
		close(s.ended)
		return err
	}
	port, err := s.address(tcp)
	if err != nil {
		store.Shutdown()
		close(s.ended)
		return err
	}
	listening := make(chan struct{})
	config := s.config(port, func() { close(listening) })
	// The engine outlives the context of the start, but keeps its values.
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel = cancel
	go func() {
		defer close(s.ended)
		s.err = embedgw.RunVersityGW(running, store, config)
	}()
	select {
	case <-listening:
		return s.announce()
	case <-s.ended:
		return fmt.Errorf("start: %w", s.err)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// config is the engine's configuration. Everything that is not named here stays off.
func (s *Server) config(port string, listening func()) *embedgw.Config {
	root := auth.Account{Access: s.AccessKey, Secret: s.Secret, Role: auth.RoleAdmin}
	return &embedgw.Config{
		IAMService:        auth.NewIAMServiceSingle(root), // which is the default, but the default says so on standard output
		RootUserAccess:    s.AccessKey,
		RootUserSecret:    s.Secret,
		Region:            Region,
		Ports:             []string{port},
		SocketPerm:        "0600",
		MaxConnections:    maxConnections,
		MaxRequests:       maxRequests,
		MultipartMaxParts: maxParts,
		KeepAlive:         true, // without it every read of a range costs a connection
		DisableACLs:       true, // one user, so nothing to control
		Quiet:             true,
		S3Options:         []s3api.Option{s3api.WithOnListen(listening)},
	}
}

// Dial opens a connection to the engine, whatever address it is asked for; it is meant for http.Transport.DialContext.
func (s *Server) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	var d net.Dialer
	if s.Socket != "" {
		return d.DialContext(ctx, "unix", s.Socket)
	}
	return d.DialContext(ctx, "tcp", s.Endpoint)
}

// Done is closed when the engine has ended, by Stop or by a fault of its own; Err then says which.
func (s *Server) Done() <-chan struct{} { return s.ended }

// Err is why the engine ended: nil while it runs and after Stop.
func (s *Server) Err() error {
	select {
	case <-s.ended:
		return s.err
	default:
		return nil
	}
}

// Sync makes durable everything that the engine has acknowledged. The engine writes files and renames them, and leaves it to the operating
// system when they reach the disk; whoever is about to write a record that cites an object calls Sync first.
func (s *Server) Sync() error {
	if err := syncFolder(s.Dir); err != nil {
		return fmt.Errorf("versitygw: sync: %w", err)
	}
	return nil
}

// Stop lets running requests end, for some seconds, and stops the engine. It may be called twice.
func (s *Server) Stop() error {
	s.cancel()
	select {
	case <-s.ended:
	case <-time.After(stopWithin):
		return errors.New("versitygw: the engine did not stop")
	}
	if s.lock != nil {
		s.lock.Close()
	}
	if s.temp != "" {
		os.RemoveAll(s.temp)
	}
	if s.err != nil {
		return fmt.Errorf("versitygw: %w", s.err)
	}
	return nil
}

// stopWithin is longer than the ten seconds that the engine itself gives to running requests.
const stopWithin = 15 * time.Second
