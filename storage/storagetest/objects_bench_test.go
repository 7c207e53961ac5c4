package storagetest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"aulacomune/lms"
	"aulacomune/storage/s3"
)

const (
	videoSize = 20 << 20
	readers   = 8
)

// BenchmarkRange reads a 20 MB object with 8 readers, by ranges of several lengths: bare is an HTTP client that does nothing but read, store
// is what a page handler uses.
func BenchmarkRange(b *testing.B) {
	b.Run("versitygw", func(b *testing.B) {
		OpenVersity(b) // keep it running
		benchmarkRange(b, ObjectOptions(objectEngine.server))
	})
	b.Run("minio", func(b *testing.B) { benchmarkRange(b, MinIO(b)) })
}

func benchmarkRange(b *testing.B, o s3.Options) {
	o.Bucket = newBucketName()
	store := openBucket(b, o)
	video := objectBytes(videoSize, 1)
	if err := store.Put(b.Context(), "video", bytes.NewReader(video), videoSize, "video/mp4"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Remove(context.Background(), "video") })
	bare, address := bareClient(b, o)
	for _, n := range []int64{64 << 10, 1 << 20, videoSize - 1, videoSize} {
		b.Run(fmt.Sprintf("bare/%dK", n>>10), func(b *testing.B) {
			together(b, n, func(buffer []byte) error { return readBare(bare, address, n, buffer) })
		})
		b.Run(fmt.Sprintf("store/%dK", n>>10), func(b *testing.B) {
			x, err := store.Open(b.Context(), "video")
			if err != nil {
				b.Fatal(err)
			}
			defer x.Close()
			together(b, n, func([]byte) error { return readRange(b.Context(), x, n) })
		})
	}
}

// together runs the readers and counts their bytes.
func together(b *testing.B, n int64, read func(buffer []byte) error) {
	b.SetBytes(n)
	b.SetParallelism(max(1, readers/runtime.GOMAXPROCS(0)))
	b.RunParallel(func(pb *testing.PB) {
		buffer := make([]byte, 512<<10)
		for pb.Next() {
			if err := read(buffer); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// sink takes bytes as a network connection would, and hides that io.Discard has a buffer of its own.
type sink struct{ n int64 }

func (s *sink) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	return len(p), nil
}

func readRange(ctx context.Context, x lms.Object, n int64) error {
	stream, err := x.Range(ctx, 0, n)
	if err != nil {
		return err
	}
	defer stream.Close()
	var s sink
	if _, err := io.Copy(&s, stream); err != nil || s.n != n {
		return fmt.Errorf("%d of %d bytes: %w", s.n, n, err)
	}
	return nil
}

func readBare(client *http.Client, address string, n int64, buffer []byte) error {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	if n < videoSize {
		req.Header.Set("Range", fmt.Sprintf("bytes=0-%d", n-1))
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var s sink
	if _, err := io.CopyBuffer(&s, resp.Body, buffer); err != nil || s.n != n {
		return fmt.Errorf("%s, %d of %d bytes: %w", resp.Status, s.n, n, err)
	}
	return nil
}

// bareClient is an HTTP client and an address that is signed already.
func bareClient(b *testing.B, o s3.Options) (*http.Client, string) {
	b.Helper()
	t := &http.Transport{MaxIdleConnsPerHost: readers, DisableCompression: true, DialContext: o.Dial}
	b.Cleanup(t.CloseIdleConnections)
	client, err := minio.New(o.Endpoint, &minio.Options{Creds: credentials.NewStaticV4(o.AccessKey, o.Secret, ""), Secure: o.TLS, Region: o.Region, Transport: t})
	if err != nil {
		b.Fatal(err)
	}
	u, err := client.PresignedGetObject(b.Context(), o.Bucket, "video", time.Hour, url.Values{})
	if err != nil {
		b.Fatal(err)
	}
	return &http.Client{Transport: t}, u.String()
}

// BenchmarkPut puts small objects and waits until they are durable, one after another and eight at a time.
func BenchmarkPut(b *testing.B) {
	for name, open := range map[string]func(testing.TB) lms.Objects{"versitygw": OpenVersity, "minio": OpenMinIO} {
		for _, writers := range []int{1, readers} {
			b.Run(fmt.Sprintf("%s/%d", name, writers), func(b *testing.B) {
				store := open(b)
				var next atomic.Int64
				text := objectBytes(30<<10, 1)
				b.SetParallelism(max(1, writers/runtime.GOMAXPROCS(0)))
				if writers == 1 {
					for b.Loop() {
						putNext(b, store, &next, text)
					}
					return
				}
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						putNext(b, store, &next, text)
					}
				})
			})
		}
	}
}

func putNext(b *testing.B, store lms.Objects, next *atomic.Int64, text []byte) {
	if err := store.Put(b.Context(), fmt.Sprintf("put/%d", next.Add(1)), bytes.NewReader(text), int64(len(text)), "application/pdf"); err != nil {
		b.Error(err)
	}
}
