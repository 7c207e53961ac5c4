package lms

import (
	"context"
	"io"
	"iter"
	"time"
)

// Objects keeps large files by key: compiled editions, media, issued certificates. It is the port that storage/s3 implements.
// A key is slash-separated lower-case ASCII; what lies under a key never changes, except by Remove and that of a compiled edition by Publishing.Rebuild.
type Objects interface {
	// Put stores what r gives; when it returns nil, the bytes are durable. size is in bytes and must be right.
	Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error
	// Open opens an object for reading at any place; NotFound when there is none. The caller closes it.
	Open(ctx context.Context, key string) (Object, error)
	// Stat tells size and type; NotFound when there is none.
	Stat(ctx context.Context, key string) (ObjectInfo, error)
	// Remove deletes an object; no error when there is none.
	Remove(ctx context.Context, key string) error
	// List yields the objects whose keys begin with prefix, in the order of the keys.
	List(ctx context.Context, prefix string) iter.Seq2[ObjectInfo, error]
}

// Object is an open object. Range reads a part as a stream, which is cheaper than Seek and Read for a large stretch.
type Object interface {
	io.ReadSeekCloser
	Info() ObjectInfo
	// Range opens a stream of n bytes from an offset. The caller closes it.
	Range(ctx context.Context, from, n int64) (io.ReadCloser, error)
}

// ObjectInfo is what is known of an object without reading it.
type ObjectInfo struct {
	Key      string
	Size     int64 // bytes
	Type     string
	Modified time.Time
}
