package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"aulacomune/lms/meeting"
)

// The doctor says whether BigBlueButton answers, and what to do where it does not; the secret stands in nothing it says.
func TestTheDoctorAsksBigBlueButton(t *testing.T) {
	const secret = "segretissimo"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, sum, _ := strings.Cut(r.URL.RawQuery, "&checksum=")
		if call := strings.TrimPrefix(r.URL.Path, "/bigbluebutton/api/"); sum != meeting.Checksum(meeting.SHA256, call, query, secret) {
			fmt.Fprint(w, "<response><returncode>FAILED</returncode><messageKey>checksumError</messageKey></response>")
			return
		}
		fmt.Fprint(w, "<response><returncode>SUCCESS</returncode><running>false</running></response>")
	}))
	defer srv.Close()
	for name, c := range map[string]struct {
		url, secret, file string
		bad               bool
		says              string
	}{
		"none":              {"", "", "", false, "wherever their link leads"},
		"it answers":        {srv.URL + "/bigbluebutton/", secret, "", false, "answers"},
		"another secret":    {srv.URL + "/bigbluebutton/", "altro", "", true, "error.meeting.secret"},
		"no secret":         {srv.URL, "", "", true, "secret of BigBlueButton is missing"},
		"two secrets":       {srv.URL, secret, "x", true, "given twice"},
		"no such file":      {srv.URL, "", filepath.Join(t.TempDir(), "x"), true, "no such file"},
		"nobody there":      {"http://127.0.0.1:1/bigbluebutton/", secret, "", true, "error.meeting.silent"},
		"no address":        {"bbb.example.it", secret, "", true, "must look like"},
		"in the clear":      {"http://bbb.example.it/bigbluebutton/", secret, "", true, "https://"},
		"a secret with two": {srv.URL, "uno due", "", true, "more than one word"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("AULA_BBB_SECRET", c.secret)
			d := doctorCmd{meetings: meetings{BBB: c.url, BBBSecretFile: c.file, BBBHash: "sha256"}}
			a := d.bbb(t.Context())
			if a.bad != c.bad || !strings.Contains(a.state, c.says) || c.bad && a.mend == "" {
				t.Errorf("%+v", a)
			}
			if all := fmt.Sprintf("%+v %#v %v", a, d.meeting(), d.meeting()); c.secret != "" && strings.Contains(all, c.secret) {
				t.Errorf("the secret is told: %s", all)
			}
		})
	}
}
