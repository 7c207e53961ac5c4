package mongo

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"aulacomune/lms"
)

// there brings a body to BSON and back.
func there(t *testing.T, body string) (string, error) {
	t.Helper()
	d, err := fromJSON([]byte(body))
	if err != nil {
		return "", err
	}
	raw, err := bson.Marshal(d)
	if err != nil {
		return "", err
	}
	back, err := toJSON(raw)
	return string(back), err
}

// What encoding/json writes comes back byte for byte.
func TestBodyComesBack(t *testing.T) {
	for _, v := range []any{
		map[string]any{}, map[string]any{"a": nil, "b": []any{}, "c": map[string]any{}},
		map[string]any{"text": "à <b>&\u2028 \x00 \"\\ 😀", "$set": "x", "a.b": 1, "": true, "0": false},
		map[string]any{"n": []any{0, -1, 1, 1 << 53, int64(1) << 62, -1 << 63, 1.5, -0.25, 1e19, 1e20, 1e21, 1e-9, 1e300, 0.1}},
		map[string]any{"deep": []any{[]any{map[string]any{"x": []any{[]any{}}}}}},
		map[string]any{"at": "2026-03-29T02:30:00.000Z"},
	} {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := there(t, string(want)); err != nil || got != string(want) {
			t.Errorf("want %s\n got %s, error %v", want, got, err)
		}
	}
	order := `{"z":1,"a":{"y":2,"b":3},"m":[{"q":1,"c":2}]}`
	if got, err := there(t, order); err != nil || got != order {
		t.Errorf("the order of %s became %s, error %v", order, got, err)
	}
}

func TestBodyRefused(t *testing.T) {
	for _, body := range []string{``, `[]`, `"x"`, `{"a":}`, `{"a":1`, `{"a":1}{}`, `{"n":18446744073709551615}`, `{"n":1e999}`} {
		if got, err := there(t, body); err == nil {
			t.Errorf("%s was taken as %s", body, got)
		}
	}
}

func FuzzBody(f *testing.F) {
	f.Add(`{"a":[1,2.5,"x",null,true,{"b":{}}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		var v map[string]any
		if json.Unmarshal([]byte(body), &v) != nil {
			return
		}
		want, err := json.Marshal(v)
		if err != nil || strings.Contains(string(want), `\u0000`) { // BSON has no such names
			return
		}
		if got, err := there(t, string(want)); err == nil && got != string(want) {
			t.Errorf("want %s\n got %s", want, got)
		}
	})
}

// A duplicate key names its index, whatever the key contains.
func TestTakenIndex(t *testing.T) {
	for message, want := range map[string]string{
		`E11000 duplicate key error collection: aula.people index: key_login dup key: { keys.login: "x" }`:             "login",
		`E11000 duplicate key error collection: aula.people index: _id_ dup key: { _id: "index: key_login dup key" }`:  "id",
		`E11000 duplicate key error collection: aula.people index: key_a_b dup key: { keys.a_b: "index: key_other " }`: "a_b",
	} {
		err := fault(t.Context(), mongo.WriteException{WriteErrors: mongo.WriteErrors{{Code: 11000, Message: message}}})
		if !lms.IsTaken(err, want) {
			t.Errorf("%s: %v", message, err)
		}
	}
}

func TestPassing(t *testing.T) {
	for _, code := range passing {
		if err := fault(t.Context(), mongo.CommandError{Code: int32(code)}); !lms.Is(err, lms.Unavailable) {
			t.Errorf("%d: %v", code, err)
		}
	}
	if err := fault(t.Context(), mongo.CommandError{Code: 2, Message: "bad value"}); err == nil || lms.Is(err, lms.Unavailable) {
		t.Errorf("bad value: %v", err)
	}
	if err := fault(t.Context(), errors.New("else")); lms.KindOf(err) != lms.Unknown {
		t.Errorf("else: %v", err)
	}
}

func TestDatabase(t *testing.T) {
	for uri, want := range map[string]string{
		"mongodb://a": "aula", "mongodb://a/": "aula", "mongodb://a/x": "x", "mongodb://u:p@a:1,b:2/x?replicaSet=r": "x", "mongodb+srv://a/?w=1": "aula", "mongodb://a/?x=/y": "aula", "mongodb://a?x=/y": "aula",
	} {
		if got := database(uri); got != want {
			t.Errorf("%s: %s, want %s", uri, got, want)
		}
	}
}
