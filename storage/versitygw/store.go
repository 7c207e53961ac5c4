package versitygw

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/versity/versitygw/backend"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/s3response"
)

// store is what the engine works on: the library's backend for a POSIX file system, with every bucket's name made an absolute path, so that
// nothing depends on the working directory of the process. What storage/s3 never asks for is refused (listing buckets, versions, tags,
// policies …): the smaller, the safer.
type store struct {
	backend.BackendUnsupported
	files   *posix.Posix
	root    string
	buffers sync.Pool // of *[]byte, for answers
}

const (
	// answerBuffer is what a GET reads from a file and writes to its connection at a time.
	answerBuffer = 512 << 10
	// fileBuffer is what the library allocates afresh for every GET of a range, and takes from a pool for a PUT.
	fileBuffer = 64 << 10
)

// newStore opens the backend on the folder.
func newStore(dir string) (*store, error) {
	root := filepath.Join(dir, bucketsDir)
	attributes, err := newMeta(dir, root)
	if err != nil {
		return nil, err
	}
	var o posix.PosixOpts
	o.SetNewDirPerm(0o700)
	o.SetNewFilePerm(0o600)
	o.IOBufferSize = fileBuffer
	o.ForceNoObjLockFile = true // one process, see lockFolder
	files, err := newPosix(root, attributes, o)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	s := &store{files: files, root: root}
	s.buffers.New = func() any { b := make([]byte, answerBuffer); return &b }
	return s, nil
}

// newPosix undoes the change of working directory that opening the backend brings.
func newPosix(root string, m meta.MetadataStorer, o posix.PosixOpts) (*posix.Posix, error) {
	before, err := os.Getwd()
	if err == nil {
		defer os.Chdir(before)
	}
	return posix.New(root, m, o)
}

// newMeta keeps the attributes of objects in a folder beside them. Extended attributes would be a little faster, but cp, rsync and tar leave them
// behind unless they are told not to, and a copy without them answers nothing.
func newMeta(dir, root string) (meta.MetadataStorer, error) {
	beside := filepath.Join(dir, metaDir)
	if err := os.MkdirAll(beside, 0o700); err != nil {
		return nil, fmt.Errorf("attributes: %w", err)
	}
	s, err := meta.NewSideCar(beside)
	return sidecar{s, beside, root}, err
}

// path is the folder of a bucket. The engine has checked the name before: letters, digits, dots and hyphens, no "..".
func (s *store) path(bucket *string) *string {
	if bucket == nil {
		return nil
	}
	p := s.dir(*bucket)
	return &p
}

func (s *store) dir(bucket string) string { return filepath.Join(s.root, filepath.Base(bucket)) }

// with copies a request, because it is the caller's, and sets the bucket's path in the copy.
func with[T any](in *T, set func(*T)) *T {
	c := *in
	set(&c)
	return &c
}

// Shutdown ends the backend.
func (s *store) Shutdown() { s.files.Shutdown() }

// String names the backend.
func (s *store) String() string { return "aula" }

// HeadBucket says whether a bucket exists.
func (s *store) HeadBucket(ctx context.Context, in *s3.HeadBucketInput) (*s3.HeadBucketOutput, error) {
	return s.files.HeadBucket(ctx, with(in, func(c *s3.HeadBucketInput) { c.Bucket = s.path(in.Bucket) }))
}

// CreateBucket makes a bucket.
func (s *store) CreateBucket(ctx context.Context, in *s3.CreateBucketInput, acl []byte) error {
	return s.files.CreateBucket(ctx, with(in, func(c *s3.CreateBucketInput) { c.Bucket = s.path(in.Bucket) }), acl)
}

// GetBucketAcl is asked before every request.
func (s *store) GetBucketAcl(ctx context.Context, in *s3.GetBucketAclInput) ([]byte, error) {
	return s.files.GetBucketAcl(ctx, with(in, func(c *s3.GetBucketAclInput) { c.Bucket = s.path(in.Bucket) }))
}

// GetBucketVersioning is asked before a write.
func (s *store) GetBucketVersioning(ctx context.Context, bucket string) (s3response.GetBucketVersioningOutput, error) {
	return s.files.GetBucketVersioning(ctx, s.dir(bucket))
}

// GetObjectLockConfiguration is asked before a write.
func (s *store) GetObjectLockConfiguration(ctx context.Context, bucket string) ([]byte, error) {
	return s.files.GetObjectLockConfiguration(ctx, s.dir(bucket))
}

// sidecar finds the attributes of a bucket under its name, wherever the folder lies: a data folder may be moved.
type sidecar struct {
	meta.SideCar
	dir  string // where the attributes are
	root string // where the buckets are
}

func (s sidecar) name(bucket string) string {
	return strings.TrimPrefix(bucket, s.root+string(filepath.Separator))
}

// RetrieveAttribute reads an attribute.
func (s sidecar) RetrieveAttribute(f *os.File, bucket, object, attribute string) ([]byte, error) {
	return s.SideCar.RetrieveAttribute(f, s.name(bucket), object, attribute)
}

// StoreAttribute writes an attribute. It makes the folder first: the library's would be open to all.
func (s sidecar) StoreAttribute(f *os.File, bucket, object, attribute string, value []byte) error {
	if err := os.MkdirAll(filepath.Join(s.dir, s.name(bucket), object, "meta"), 0o700); err != nil {
		return fmt.Errorf("folder for attributes: %w", err)
	}
	return s.SideCar.StoreAttribute(f, s.name(bucket), object, attribute, value)
}

// DeleteAttribute removes an attribute.
func (s sidecar) DeleteAttribute(bucket, object, attribute string) error {
	return s.SideCar.DeleteAttribute(s.name(bucket), object, attribute)
}

// ListAttributes names the attributes of an object.
func (s sidecar) ListAttributes(bucket, object string) ([]string, error) {
	return s.SideCar.ListAttributes(s.name(bucket), object)
}

// DeleteAttributes removes all attributes of an object.
func (s sidecar) DeleteAttributes(bucket, object string) error {
	return s.SideCar.DeleteAttributes(s.name(bucket), object)
}

// RenameObject moves the attributes of an object.
func (s sidecar) RenameObject(bucket, old, next string) error {
	if err := os.MkdirAll(filepath.Dir(filepath.Join(s.dir, s.name(bucket), next)), 0o700); err != nil {
		return fmt.Errorf("folder for attributes: %w", err)
	}
	return s.SideCar.RenameObject(s.name(bucket), old, next)
}
