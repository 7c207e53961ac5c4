package versitygw

import (
	"context"
	"io"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/versity/versitygw/s3response"
)

// PutObject writes an object in one request.
func (s *store) PutObject(ctx context.Context, in s3response.PutObjectInput) (s3response.PutObjectOutput, error) {
	in.Bucket = s.path(in.Bucket)
	return s.files.PutObject(ctx, in)
}

// HeadObject tells what is known of an object.
func (s *store) HeadObject(ctx context.Context, in *s3.HeadObjectInput) (*s3.HeadObjectOutput, error) {
	return s.files.HeadObject(ctx, with(in, func(c *s3.HeadObjectInput) { c.Bucket = s.path(in.Bucket) }))
}

// GetObject reads an object or a range of it.
func (s *store) GetObject(ctx context.Context, in *s3.GetObjectInput) (*s3.GetObjectOutput, error) {
	out, err := s.files.GetObject(ctx, with(in, func(c *s3.GetObjectInput) { c.Bucket = s.path(in.Bucket) }))
	if err == nil && out.Body != nil {
		out.Body = &body{out.Body, &s.buffers}
	}
	return out, err
}

// body is an answer that writes itself in large pieces. Left alone, the HTTP server would copy it through 4 KB, two system calls for each.
type body struct {
	io.ReadCloser
	buffers *sync.Pool
}

// WriteTo writes everything.
func (b *body) WriteTo(w io.Writer) (int64, error) {
	buffer := b.buffers.Get().(*[]byte)
	defer b.buffers.Put(buffer)
	// Both sides are hidden: what else they can do would be taken instead of the buffer.
	return io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{b.ReadCloser}, *buffer)
}

// DeleteObject removes an object.
func (s *store) DeleteObject(ctx context.Context, in *s3.DeleteObjectInput) (*s3.DeleteObjectOutput, error) {
	return s.files.DeleteObject(ctx, with(in, func(c *s3.DeleteObjectInput) { c.Bucket = s.path(in.Bucket) }))
}

// ListObjectsV2 lists objects.
func (s *store) ListObjectsV2(ctx context.Context, in *s3.ListObjectsV2Input) (s3response.ListObjectsV2Result, error) {
	out, err := s.files.ListObjectsV2(ctx, with(in, func(c *s3.ListObjectsV2Input) { c.Bucket = s.path(in.Bucket) }))
	out.Name = in.Bucket
	return out, err
}

// CreateMultipartUpload begins an object in parts.
func (s *store) CreateMultipartUpload(ctx context.Context, in s3response.CreateMultipartUploadInput) (s3response.InitiateMultipartUploadResult, error) {
	bucket := in.Bucket
	in.Bucket = s.path(bucket)
	out, err := s.files.CreateMultipartUpload(ctx, in)
	if bucket != nil {
		out.Bucket = *bucket
	}
	return out, err
}

// UploadPart writes one part.
func (s *store) UploadPart(ctx context.Context, in *s3.UploadPartInput) (*s3.UploadPartOutput, error) {
	return s.files.UploadPart(ctx, with(in, func(c *s3.UploadPartInput) { c.Bucket = s.path(in.Bucket) }))
}

// CompleteMultipartUpload joins the parts.
func (s *store) CompleteMultipartUpload(ctx context.Context, in *s3.CompleteMultipartUploadInput) (s3response.CompleteMultipartUploadResult, string, error) {
	out, version, err := s.files.CompleteMultipartUpload(ctx, with(in, func(c *s3.CompleteMultipartUploadInput) { c.Bucket = s.path(in.Bucket) }))
	out.Bucket = in.Bucket
	return out, version, err
}

// AbortMultipartUpload gives up an object in parts.
func (s *store) AbortMultipartUpload(ctx context.Context, in *s3.AbortMultipartUploadInput) error {
	return s.files.AbortMultipartUpload(ctx, with(in, func(c *s3.AbortMultipartUploadInput) { c.Bucket = s.path(in.Bucket) }))
}
