// Package s3 keeps large files in an S3 bucket. It speaks to the embedded engine of storage/versitygw, to MinIO and to any other S3, and is
// the one implementation of lms.Objects.
//
// What it promises, and how: an object is visible whole or not at all (one PUT, or parts that are joined at the end); a Put of the wrong
// size is refused before anything is joined; every request carries a checksum that the server verifies; when Put returns nil the server has
// acknowledged the bytes, and Options.Sync, where the server does not flush by itself, has flushed them. Two Puts of one key leave the whole
// bytes of one of them. Reading pins the state that Open found: if the object is replaced meanwhile, reading fails instead of mixing.
// A key whose beginning is another object's key followed by a slash ("a/b" beside "a") is refused by servers that keep files.
package s3

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"aulacomune/lms"
)

// Options say which bucket, and how to reach it.
type Options struct {
	Endpoint  string // host:port, or a host alone
	Bucket    string
	AccessKey string
	Secret    string
	Region    string // empty: ask the server
	TLS       bool

	// Dial opens connections in place of TCP, for a server on a Unix socket.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Sync is called after every Put, before it returns, for a server that acknowledges what it has not flushed.
	Sync func() error
}

// Store keeps objects in one bucket. It may be used by many goroutines.
type Store struct {
	client    *minio.Client
	core      minio.Core
	transport *http.Transport
	bucket    string
	sync      func() error
	buffers   sync.Pool // of *[]byte, for streams
}

var _ lms.Objects = (*Store)(nil)

const (
	// partSize is what a Put holds in memory, and the largest object that goes in one request.
	partSize = 8 << 20
	// bufferSize is what a stream reads and writes at a time.
	bufferSize = 512 << 10
	// attempts are made of a request whose answer was lost, or was "later": the caller is told within two seconds or so.
	attempts = 3
)

// Open connects to a server, and makes the bucket if it is missing and the server allows it.
func Open(ctx context.Context, o Options) (*Store, error) {
	t := newTransport(o)
	client, err := minio.New(o.Endpoint, &minio.Options{
		Creds:           credentials.NewStaticV4(o.AccessKey, o.Secret, ""),
		Secure:          o.TLS,
		Region:          o.Region,
		Transport:       t,
		MaxRetries:      attempts,
		TrailingHeaders: true,
	})
	if err != nil {
		return nil, fmt.Errorf("s3: %s: %w", o.Endpoint, err)
	}
	s := &Store{client: client, core: minio.Core{Client: client}, transport: t, bucket: o.Bucket, sync: o.Sync}
	s.buffers.New = func() any { b := make([]byte, bufferSize); return &b }
	if s.sync == nil {
		s.sync = func() error { return nil }
	}
	if err := s.ensure(ctx, o.Region); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// newTransport is http.DefaultTransport's like, with more idle connections to the one host, a limit on the wait for an answer, and no gzip.
func newTransport(o Options) *http.Transport {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		MaxIdleConns:          128,
		MaxIdleConnsPerHost:   128,
		IdleConnTimeout:       time.Minute,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: time.Minute,
		ExpectContinueTimeout: time.Second,
		WriteBufferSize:       64 << 10,
		ReadBufferSize:        16 << 10,
		DisableCompression:    true,
	}
	if o.TLS {
		t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if o.Dial != nil {
		t.DialContext, t.Proxy = o.Dial, nil
	}
	return t
}

// ensure makes the bucket if it is missing.
func (s *Store) ensure(ctx context.Context, region string) error {
	there, err := s.client.BucketExists(ctx, s.bucket)
	if err != nil {
		return translate("open bucket "+s.bucket, err)
	}
	if there {
		return nil
	}
	err = s.client.MakeBucket(ctx, s.bucket, minio.MakeBucketOptions{Region: region})
	if code := minio.ToErrorResponse(err).Code; code == "BucketAlreadyOwnedByYou" || code == "BucketAlreadyExists" {
		return nil // another node was quicker
	}
	if err != nil {
		return translate("bucket "+s.bucket+" does not exist and could not be made; make it, or allow these credentials to", err)
	}
	if err := s.sync(); err != nil {
		return fmt.Errorf("s3: make bucket: %w", err)
	}
	return nil
}

// Close gives back idle connections. Open streams live on until they are closed.
func (s *Store) Close() { s.transport.CloseIdleConnections() }

// Ping says whether the bucket can be reached.
func (s *Store) Ping(ctx context.Context) error {
	there, err := s.client.BucketExists(ctx, s.bucket)
	if err != nil {
		return translate("ping", err)
	}
	if !there {
		return &lms.Error{Kind: lms.Unavailable, Message: "error.unavailable", Err: fmt.Errorf("s3: no bucket %s", s.bucket)}
	}
	return nil
}

// Put stores what r gives, which must be exactly size bytes. It holds at most 8 MiB of it in memory.
func (s *Store) Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error {
	if size < 0 {
		return fmt.Errorf("s3: put %s: negative size", key)
	}
	exactly := &exact{r: r, left: size}
	var body io.Reader = exactly
	if size <= partSize {
		// In memory, so that a lost request can be sent again, and nothing is sent of what has the wrong size.
		b, err := readAll(exactly, size)
		if err != nil {
			return fmt.Errorf("s3: put %s: %w", key, err)
		}
		body = bytes.NewReader(b)
	}
	_, err := s.client.PutObject(ctx, s.bucket, key, body, size, minio.PutObjectOptions{
		ContentType: mediaType,
		PartSize:    partSize,
		// Signed in pieces, even nothing has a last piece, which the embedded engine leaves unread on the connection and then takes for
		// the next request.
		DisableContentSha256: size == 0,
	})
	if err != nil && exactly.err != nil {
		return fmt.Errorf("s3: put %s: %w", key, exactly.err) // the reader's own fault, not the server's
	}
	if err != nil {
		return translate("put "+key, err)
	}
	if err := s.sync(); err != nil {
		return fmt.Errorf("s3: put %s: %w", key, err)
	}
	return nil
}

// Stat tells size and type; NotFound when there is none.
func (s *Store) Stat(ctx context.Context, key string) (lms.ObjectInfo, error) {
	in, err := s.client.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return lms.ObjectInfo{}, translate("stat "+key, err)
	}
	return info(key, in), nil
}

// Open opens an object for reading at any place; NotFound when there is none. The context bounds Read as well.
func (s *Store) Open(ctx context.Context, key string) (lms.Object, error) {
	in, err := s.client.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return nil, translate("open "+key, err)
	}
	return &object{store: s, ctx: ctx, info: info(key, in), etag: in.ETag}, nil
}

// Remove deletes an object; no error when there is none. It is not flushed: after a power cut the object may be there again.
func (s *Store) Remove(ctx context.Context, key string) error {
	err := s.client.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{})
	if err != nil && minio.ToErrorResponse(err).Code != minio.NoSuchKey {
		return translate("remove "+key, err)
	}
	return nil
}

// info is what a server tells, in our words.
func info(key string, in minio.ObjectInfo) lms.ObjectInfo {
	return lms.ObjectInfo{Key: key, Size: in.Size, Type: in.ContentType, Modified: in.LastModified.UTC()}
}

// translate makes an error of the client one of ours. An error of the context stays what it is.
func translate(operation string, err error) error {
	wrapped := fmt.Errorf("s3: %s: %w", operation, err)
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return wrapped
	}
	answer := minio.ToErrorResponse(err)
	switch {
	case answer.Code == minio.NoSuchKey:
		return &lms.Error{Kind: lms.NotFound, Message: "error.object.unknown", Err: wrapped}
	case answer.StatusCode == 0 && answer.Code == "", answer.StatusCode >= 500,
		answer.StatusCode == http.StatusTooManyRequests, answer.StatusCode == http.StatusRequestTimeout:
		// Without an answer at all it was the network.
		return &lms.Error{Kind: lms.Unavailable, Message: "error.unavailable", Err: wrapped}
	}
	return wrapped
}
