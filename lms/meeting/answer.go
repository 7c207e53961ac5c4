package meeting

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
)

// What an answer may hold at most.
const (
	mostBytes      = 4 << 20
	mostRecordings = 100
)

// answer is what BigBlueButton answers a call with, as far as we ask.
type answer struct {
	XMLName    xml.Name    `xml:"response"`
	Code       string      `xml:"returncode"`
	Key        string      `xml:"messageKey"`
	Running    string      `xml:"running"`
	Recordings []recording `xml:"recordings>recording"`
}

// recording is one of those it lists.
type recording struct {
	ID        string `xml:"recordID"`
	Meeting   string `xml:"meetingID"`
	Published string `xml:"published"`
	Start     string `xml:"startTime"` // milliseconds since 1970
	End       string `xml:"endTime"`
	Formats   []struct {
		Type string `xml:"type"`
		URL  string `xml:"url"`
	} `xml:"playback>format"`
}

// address is where a recording can be watched: as a video where there is one, else as it was presented.
func (r recording) address() string {
	best := ""
	for _, f := range r.Formats {
		u, err := url.Parse(strings.TrimSpace(f.URL))
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(u.String()) > longest {
			continue
		}
		if t := strings.TrimSpace(f.Type); best == "" || t == "video" || t == "presentation" && !strings.Contains(best, "/video/") {
			best = u.String()
		}
	}
	return best
}

// instant reads milliseconds since 1970; the zero time where there are none.
func instant(s string) time.Time {
	ms, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || ms <= 0 || ms > 1<<42 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// refused is what a server said no with.
type refused struct{ call, key string }

// Error is for logs: the call and the server's word for the reason.
func (r *refused) Error() string { return fmt.Sprintf("BigBlueButton: %s: %s", r.call, r.key) }

// notThere says whether the server knows no such meeting, or no recording of it.
func notThere(err error) bool {
	r, ok := errors.AsType[*refused](err)
	return ok && (r.key == "notFound" || r.key == "invalidMeetingIdentifier" || r.key == "noRecordings")
}

// call asks the server and reads its answer. Whatever goes wrong is said without the address of the call, which is signed.
func (b *BigBlueButton) call(ctx context.Context, name string, q url.Values) (answer, error) {
	var a answer
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.signed(name, q), nil)
	if err != nil {
		return a, errors.New("BigBlueButton: a call that cannot be made")
	}
	resp, err := b.client.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err // without the address
		}
		return a, silent(name, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostBytes+1))
	switch {
	case err != nil:
		return a, silent(name, err)
	case len(body) > mostBytes:
		return a, silent(name, errors.New("the answer does not end"))
	}
	if err := xml.NewDecoder(bytes.NewReader(body)).Decode(&a); err != nil {
		return answer{}, silent(name, fmt.Errorf("status %d, and no answer in XML", resp.StatusCode))
	}
	if resp.StatusCode/100 == 3 {
		return answer{}, silent(name, fmt.Errorf("status %d: it sends us elsewhere", resp.StatusCode))
	}
	if a.Code = strings.TrimSpace(a.Code); a.Code != "SUCCESS" {
		return answer{}, said(name, oneLine(a.Key, 60))
	}
	a.Running = strings.TrimSpace(a.Running)
	return a, nil
}

// silent is that a server did not answer, or not so that one could understand it.
func silent(call string, err error) error {
	return &lms.Error{Kind: lms.Unavailable, Message: "error.meeting.silent", Err: fmt.Errorf("BigBlueButton: %s: %w", call, err)}
}

// said is what a server's no means to people.
func said(call, key string) error {
	e := &lms.Error{Kind: lms.Unavailable, Message: "error.meeting.refused", Err: &refused{call, key}}
	switch key {
	case "checksumError":
		e.Message = "error.meeting.secret"
	case "notFound", "invalidMeetingIdentifier", "noRecordings":
		e.Kind, e.Message = lms.NotFound, "error.meeting.gone"
	case "idNotUnique":
		e.Kind, e.Message = lms.Conflict, "error.meeting.taken"
	case "maxParticipantsReached":
		e.Kind, e.Message = lms.Conflict, "error.meeting.full"
	}
	return e
}
