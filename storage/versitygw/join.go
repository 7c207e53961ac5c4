package versitygw

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrLocked says that another process runs the engine on this folder. Join reaches it.
var ErrLocked = errors.New("another process uses the folder")

// addressFile holds where the running engine listens: the path of a socket, or host:port.
const addressFile = "address"

// joinWithin is how long a process that has just taken the lock may need to write its address.
const joinWithin = 3 * time.Second

// Use starts the engine, or joins the one that another process runs on the folder: so a command works beside a running server.
func Use(ctx context.Context, o Options) (*Server, error) {
	s, err := Start(ctx, o)
	if errors.Is(err, ErrLocked) {
		return Join(ctx, o.Dir)
	}
	return s, err
}

// Join reaches the engine that another process runs on the folder. Stop then leaves it running.
func Join(ctx context.Context, dir string) (*Server, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("versitygw: join: %w", err)
	}
	s := &Server{Dir: dir, cancel: func() {}, ended: make(chan struct{})}
	close(s.ended)
	if s.AccessKey, s.Secret, err = rootKey(dir); err != nil {
		return nil, fmt.Errorf("versitygw: join: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, joinWithin)
	defer cancel()
	for {
		if err = s.reach(ctx); err == nil {
			return s, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("versitygw: join %s: %w", dir, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// reach reads where the engine listens and tries it.
func (s *Server) reach(ctx context.Context) error {
	b, err := os.ReadFile(filepath.Join(s.Dir, addressFile))
	if err != nil {
		return err
	}
	network, address, ok := strings.Cut(strings.TrimSpace(string(b)), " ")
	if !ok {
		return fmt.Errorf("%s is not an address", addressFile)
	}
	s.Endpoint, s.Socket = address, ""
	if network == "unix" {
		s.Endpoint, s.Socket = "localhost", address
	}
	var d net.Dialer
	c, err := d.DialContext(ctx, network, address)
	if err != nil {
		return err
	}
	return c.Close()
}

// announce writes where the engine listens, for Join.
func (s *Server) announce() error {
	text := "tcp " + s.Endpoint
	if s.Socket != "" {
		text = "unix " + s.Socket
	}
	return os.WriteFile(filepath.Join(s.Dir, addressFile), []byte(text+"\n"), 0o600)
}
