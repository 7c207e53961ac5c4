package s3

import (
	"context"
	"iter"

	"github.com/minio/minio-go/v7"

	"aulacomune/lms"
)

// List yields the objects whose keys begin with prefix, in the order of the keys, a page of the server's at a time. S3 does not tell the
// type in a list: Type is empty.
func (s *Store) List(ctx context.Context, prefix string) iter.Seq2[lms.ObjectInfo, error] {
	return func(yield func(lms.ObjectInfo, error) bool) {
		noOwner := false
		for in := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true, FetchOwner: &noOwner}) {
			if in.Err != nil {
				yield(lms.ObjectInfo{}, translate("list "+prefix, in.Err))
				return
			}
			if !yield(info(in.Key, in), nil) {
				return
			}
		}
		// The client ends silently when the context does.
		if err := ctx.Err(); err != nil {
			yield(lms.ObjectInfo{}, translate("list "+prefix, err))
		}
	}
}
