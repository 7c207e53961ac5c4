package s3

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/minio/minio-go/v7"

	"aulacomune/lms"
)

// object is an open object. Nothing is asked of the server until something is read; then one request runs until Close or a Seek elsewhere.
type object struct {
	store *Store
	ctx   context.Context // of Open: Read has none of its own
	info  lms.ObjectInfo
	etag  string

	offset int64
	body   io.ReadCloser // at offset, nil when no request runs
	closed bool
}

var (
	errClosed   = errors.New("s3: the object is closed")
	errNegative = errors.New("s3: negative offset or length")
)

// Info tells what is known of the object.
func (o *object) Info() lms.ObjectInfo { return o.info }

// Read reads on from where the object stands.
func (o *object) Read(p []byte) (int, error) {
	if o.closed {
		return 0, errClosed
	}
	if o.offset >= o.info.Size {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, nil
	}
	if o.body == nil {
		var err error
		if o.body, err = o.Range(o.ctx, o.offset, o.info.Size-o.offset); err != nil {
			return 0, err
		}
	}
	n, err := o.body.Read(p)
	o.offset += int64(n)
	return n, err
}

// Seek moves. To stand where it stands already costs nothing.
func (o *object) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += o.offset
	case io.SeekEnd:
		offset += o.info.Size
	default:
		return 0, fmt.Errorf("s3: seek: unknown whence %d", whence)
	}
	if o.closed {
		return 0, errClosed
	}
	if offset < 0 {
		return 0, errNegative
	}
	if offset != o.offset {
		o.drop()
		o.offset = offset
	}
	return offset, nil
}

// Close ends the request that runs.
func (o *object) Close() error {
	o.drop()
	o.closed = true
	return nil
}

func (o *object) drop() {
	if o.body != nil {
		o.body.Close()
		o.body = nil
	}
}

// Range opens a stream of n bytes from an offset, or of as many as there are. It is independent of Read and Seek and of other streams.
func (o *object) Range(ctx context.Context, from, n int64) (io.ReadCloser, error) {
	if o.closed {
		return nil, errClosed
	}
	if from < 0 || n < 0 {
		return nil, errNegative
	}
	if from >= o.info.Size || n == 0 {
		return io.NopCloser(eof{}), nil
	}
	n = min(n, o.info.Size-from)
	var opts minio.GetObjectOptions
	if err := opts.SetRange(from, from+n-1); err != nil {
		return nil, fmt.Errorf("s3: read %s: %w", o.info.Key, err)
	}
	if err := opts.SetMatchETag(o.etag); err != nil {
		return nil, fmt.Errorf("s3: read %s: %w", o.info.Key, err)
	}
	body, _, _, err := o.store.core.GetObject(ctx, o.store.bucket, o.info.Key, opts)
	if err != nil {
		return nil, translate("read "+o.info.Key, err)
	}
	return &stream{store: o.store, key: o.info.Key, body: body, left: n}, nil
}

// stream is the answer to one GET.
type stream struct {
	store *Store
	key   string
	body  io.ReadCloser
	left  int64
}

// Read reads.
func (s *stream) Read(p []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	n, err := s.body.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	switch {
	case s.left == 0:
		return n, nil
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF // a cut connection must not look like the end
		fallthrough
	case err != nil:
		err = translate("read "+s.key, err)
	}
	return n, err
}

// WriteTo writes the rest of the stream, in large pieces and without a buffer of its own for each stream.
func (s *stream) WriteTo(w io.Writer) (int64, error) {
	buffer := s.store.buffers.Get().(*[]byte)
	defer s.store.buffers.Put(buffer)
	var total int64
	for s.left > 0 {
		n, err := s.Read(*buffer)
		m, werr := w.Write((*buffer)[:n])
		total += int64(m)
		if err = errors.Join(err, werr); err != nil {
			return total, err
		}
	}
	return total, nil
}

// Close ends the request.
func (s *stream) Close() error { return s.body.Close() }

// eof is an empty stream.
type eof struct{}

// Read ends.
func (eof) Read([]byte) (int, error) { return 0, io.EOF }
