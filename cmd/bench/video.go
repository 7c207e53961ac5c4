package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"
	"aulacomune/storage/s3"
	"aulacomune/storage/versitygw"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

const (
	readers = 8
	piece   = 4 << 20 // bytes of one range
)

func middle(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// measureVideo reads a 20 MB video by ranges with 8 readers: through the server, from the embedded engine alone, and from MinIO.
func measureVideo(ctx context.Context, o options) error {
	dir := filepath.Join(o.dir, fmt.Sprint("data", o.sizes[0]))
	h, err := bigVideo(ctx, dir)
	if err != nil {
		return err
	}
	server, err := readServer(ctx, o, dir, h)
	if err != nil {
		return fmt.Errorf("video through the server: %w", err)
	}
	engine, err := readEngine(ctx, o, dir, h)
	if err != nil {
		return fmt.Errorf("video from versitygw: %w", err)
	}
	fmt.Printf("A 20 MB video by Range, %d readers: %.0f MB/s through the server; versitygw alone %.0f MB/s: %.0f %% (goal ≥ 35 %%)\n", readers, server, engine, 100*server/engine)
	m, err := readMinIO(ctx, o)
	if errors.Is(err, exec.ErrNotFound) {
		fmt.Println("MinIO is not here: go install github.com/minio/minio to compare with it")
		return nil
	}
	if err != nil {
		return fmt.Errorf("video from MinIO: %w", err)
	}
	fmt.Printf("MinIO alone %.0f MB/s: %.0f %% (goal ≥ 50 %%)\n", m, 100*server/m)
	return nil
}

// bigVideo enrols the first person in the course with the large video and gives its hash.
func bigVideo(ctx context.Context, dir string) (course.Media, error) {
	house, err := wiring.Open(ctx, wiring.Options{Data: dir, URL: publicURL})
	if err != nil {
		return course.Media{}, err
	}
	defer house.Close()
	a, err := house.School.Accounts.ActorByLogin(ctx, login(0))
	if err != nil {
		return course.Media{}, err
	}
	st, err := house.School.Learning.Enrol(ctx, a, "video-grande")
	if err != nil {
		return course.Media{}, err
	}
	for _, m := range st.Content.Media {
		if m.Size == benchVideo {
			return m, nil
		}
	}
	return course.Media{}, errors.New("no video of 20 MB in the course")
}

func readServer(ctx context.Context, o options, dir string, m course.Media) (float64, error) {
	house, err := wiring.Open(ctx, wiring.Options{Data: dir, URL: publicURL})
	if err != nil {
		return 0, err
	}
	secret, err := house.School.Accounts.Enter(ctx, login(0))
	if err = errors.Join(err, house.Close()); err != nil {
		return 0, err
	}
	port, err := freePort()
	if err != nil {
		return 0, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	stop, err := start(ctx, exec.Command(o.aula, "serve", "--data", dir, "--listen", address, "--url", publicURL), address)
	if err != nil {
		return 0, err
	}
	defer stop()
	if err := firstPage(ctx, "http://"+address); err != nil {
		return 0, err
	}
	url := fmt.Sprintf("http://%s/corsi/video-grande/media/%s/%s", address, m.Hash, filepath.Base(m.Path))
	return read(ctx, o, http.DefaultClient, func() (*http.Request, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err == nil {
			req.AddCookie(&http.Cookie{Name: "aula", Value: secret})
		}
		return req, err
	})
}

func readEngine(ctx context.Context, op options, dir string, m course.Media) (float64, error) {
	server, err := versitygw.Start(ctx, versitygw.Options{Dir: filepath.Join(dir, "objects")})
	if err != nil {
		return 0, err
	}
	defer server.Stop()
	client, err := minio.New(server.Endpoint, &minio.Options{Creds: credentials.NewStaticV4(server.AccessKey, server.Secret, ""), Region: versitygw.Region})
	if err != nil {
		return 0, err
	}
	return readSigned(ctx, op, client, object{versitygw.Bucket, "media/" + string(m.Hash), server.Dial})
}

// readMinIO starts a MinIO of its own, puts 20 MB there and reads them.
func readMinIO(ctx context.Context, op options) (float64, error) {
	path, err := findMinIO()
	if err != nil {
		return 0, err
	}
	port, err := freePort()
	if err != nil {
		return 0, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	cmd := exec.Command(path, "server", "--quiet", "--address", address, filepath.Join(op.dir, "minio"))
	cmd.Env = append(os.Environ(), "MINIO_ROOT_USER=bench", "MINIO_ROOT_PASSWORD=bench-secret", "MINIO_BROWSER=off", "MINIO_UPDATE=off")
	stop, err := start(ctx, cmd, address)
	if err != nil {
		return 0, err
	}
	defer stop()
	store, err := s3.Open(ctx, s3.Options{Endpoint: address, Bucket: "bench", AccessKey: "bench", Secret: "bench-secret", Region: "us-east-1"})
	if err != nil {
		return 0, err
	}
	defer store.Close()
	if err := store.Put(ctx, "video", io.LimitReader(zeros{}, benchVideo), benchVideo, "video/mp4"); err != nil {
		return 0, err
	}
	client, err := minio.New(address, &minio.Options{Creds: credentials.NewStaticV4("bench", "bench-secret", ""), Region: "us-east-1"})
	if err != nil {
		return 0, err
	}
	return readSigned(ctx, op, client, object{"bench", "video", (&net.Dialer{}).DialContext})
}

func findMinIO() (string, error) {
	if path, err := exec.LookPath("minio"); err == nil {
		return path, nil
	}
	out, err := exec.Command("go", "env", "GOPATH").Output()
	if err != nil {
		return "", err
	}
	return exec.LookPath(filepath.Join(string(out[:len(out)-1]), "bin", "minio"))
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// object is where an S3 server keeps something, and how to reach the server.
type object struct {
	bucket, key string
	dial        func(context.Context, string, string) (net.Conn, error)
}

// readSigned reads an object of an S3 server by signed requests, with the same client as the server is read with.
func readSigned(ctx context.Context, op options, client *minio.Client, at object) (float64, error) {
	u, err := client.PresignedGetObject(ctx, at.bucket, at.key, time.Hour, nil)
	if err != nil {
		return 0, err
	}
	web := &http.Client{Transport: &http.Transport{DialContext: at.dial, MaxIdleConnsPerHost: readers}}
	return read(ctx, op, web, func() (*http.Request, error) { return http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil) })
}

// read lets the readers fetch ranges for the length of a load, and gives MB/s: the median of the rounds.
func read(ctx context.Context, op options, client *http.Client, request func() (*http.Request, error)) (float64, error) {
	var rates []float64
	for range op.rounds {
		rate, err := readOnce(ctx, op, client, request)
		if err != nil {
			return 0, err
		}
		rates = append(rates, rate)
	}
	slices.Sort(rates)
	return rates[len(rates)/2], nil
}

func readOnce(ctx context.Context, op options, client *http.Client, request func() (*http.Request, error)) (float64, error) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var total int64
	var failed error
	began := time.Now()
	until := began.Add(time.Duration(op.seconds) * time.Second)
	for reader := range readers {
		wg.Go(func() {
			for i := reader; time.Now().Before(until) && ctx.Err() == nil; i++ {
				n, err := readPiece(client, request, int64(i%(benchVideo/piece))*piece)
				mu.Lock()
				total += n
				failed = errors.Join(failed, err)
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	return float64(total) / 1e6 / time.Since(began).Seconds(), failed
}

func readPiece(client *http.Client, request func() (*http.Request, error), from int64) (int64, error) {
	req, err := request()
	if err != nil {
		return 0, err
	}
	req.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", from, from+piece-1))
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusPartialContent {
		return 0, fmt.Errorf("status %s", res.Status)
	}
	n, err := io.CopyBuffer(io.Discard, res.Body, make([]byte, 256<<10))
	if err == nil && n != piece {
		err = fmt.Errorf("read %d bytes of %d", n, piece)
	}
	return n, err
}
