package main_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// sampleRooms is a small table for the samples.
func sampleRooms() []room {
	return []room{
		{path: "course", charter: "Package course is an edition."},
		{path: "content", charter: "Package content", ours: []string{"course", "content"}, theirs: []string{"github.com/yuin/goldmark"}},
		{path: "content/lint", charter: "Package lint", ours: []string{"course"}},
		{path: "lms", charter: "Package lms", ours: []string{"course"}},
		{path: "lms/web", charter: "Package web", ours: []string{"lms", "course"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "storage/sqlite", charter: "Package sqlite", ours: []string{"lms"}},
		{path: "storage/storagetest", charter: "Package storagetest", ours: []string{"lms", "storage"}, helper: true},
		{path: "cmd/aula", charter: "Command aula", ours: []string{"*"}},
	}
}

// lines is a body of n lines.
func lines(n int) string { return strings.Repeat("\tprintln()\n", n) }

// doc is a file whose package comment is right.
func doc(charter, body string) string {
	_, name, _ := strings.Cut(charter, " ")
	name, _, _ = strings.Cut(name, " ")
	return "// " + charter + "\npackage " + name + "\n" + body
}

// TestHouseSamples proves that each check fails where it should, and only there. want is a piece of each violation, in order.
func TestHouseSamples(t *testing.T) {
	for _, row := range []struct {
		name  string
		check func(house) []string
		files map[string]string
		want  []string
	}{
		{"a package of no room", house.charters, map[string]string{"forum/a.go": doc("Package forum is new.", ""), "lms/x/a.go": doc("Package x is new.", "")}, []string{"forum: a room that the table", "lms/x: a room"}},
		{"a package comment of its own mind", house.charters, map[string]string{"course/a.go": "// Package course holds things.\npackage course"}, []string{`course: its package comment does not start with`}},
		{"no package comment", house.charters, map[string]string{"course/a.go": "package course"}, []string{`course: its package comment`}},
		{"right charters, on one line or two", house.charters, map[string]string{"course/a.go": "// Package course\n// is an edition.\npackage course", "lms/x/a_test.go": "package x"}, nil},

		{"content imports lms", house.arrows, map[string]string{"content/a.go": "package content\nimport _ \"aulacomune/lms\""}, []string{"content/a.go:2: content may not import lms"}},
		{"lms imports content", house.arrows, map[string]string{"lms/a.go": "package lms\nimport (\n\t_ \"aulacomune/course\"\n\t_ \"aulacomune/content/lint\"\n)"}, []string{"lms/a.go:4: lms may not import content/lint"}},
		{"pages import an engine", house.arrows, map[string]string{"lms/web/a.go": "package web\nimport _ \"aulacomune/storage/sqlite\""}, []string{"lms/web may not import storage/sqlite"}},
		{"a room that is none", house.arrows, map[string]string{"lms/a.go": "package lms\nimport _ \"aulacomune/forum\""}, []string{"imports forum, which is no room"}},
		{"the command imports the tests' helper", house.arrows, map[string]string{"cmd/aula/a.go": "package main\nimport _ \"aulacomune/storage/storagetest\""}, []string{"for tests alone"}},
		{"arrows that are right", house.arrows, map[string]string{
			"content/a.go": "package content\nimport (\n_ \"aulacomune/content/lint\"\n_ \"aulacomune/course\"\n)", "cmd/aula/a.go": "package main\nimport _ \"aulacomune/storage/sqlite\"",
			"storage/storagetest/a.go": "package storagetest\nimport _ \"aulacomune/storage/sqlite\"", "lms/a_test.go": "package lms\nimport _ \"aulacomune/storage/storagetest\"",
		}, nil},

		{"fiber in lms", house.libraries, map[string]string{"lms/a.go": "package lms\nimport _ \"github.com/gofiber/fiber/v2\""}, []string{"lms may not import github.com/gofiber/fiber/v2"}},
		{"a module with a longer name", house.libraries, map[string]string{"content/a.go": "package content\nimport _ \"github.com/yuin/goldmark-more\""}, []string{"content may not import"}},
		{"libraries at home", house.libraries, map[string]string{"lms/web/a.go": "package web\nimport (\n_ \"net/http\"\n_ \"github.com/gofiber/fiber/v2/utils\"\n)", "lms/a_test.go": "package lms\nimport _ \"github.com/google/go-cmp/cmp\""}, nil},

		{"course reads a file", house.purity, map[string]string{"course/a.go": "package course\nimport _ \"os\""}, []string{"may not import os"}},
		{"course looks at the clock", house.purity, map[string]string{"course/a.go": "package course\nimport \"time\"\nfunc f() { _ = time.Now() }"}, []string{"course/a.go:3: course is pure and has no clock"}},
		{"course counts seconds", house.purity, map[string]string{"course/a.go": "package course\nimport \"time\"\nconst s = time.Second", "lms/a.go": "package lms\nimport \"time\"\nvar s = time.Now"}, nil},

		{"drawers", house.drawers, map[string]string{"lms/util/a.go": "package util", "lms/helpers.go": "package lms"}, []string{"lms/helpers.go: a drawer", "lms/util: a drawer", "lms/util/a.go: a drawer"}},

		{"a long function", house.functions, map[string]string{"lms/a.go": "package lms\nfunc f() {\n" + lines(79) + "}"}, []string{"lms/a.go:2: function f has 81 lines"}},
		{"a function of just so many lines", house.functions, map[string]string{"lms/a.go": "package lms\nfunc f() {\n" + lines(78) + "}"}, nil},
		{"a long test", house.functions, map[string]string{"lms/a_test.go": "package lms\nfunc f() {\n" + lines(200) + "}"}, nil},
		{"a long function that is generated", house.functions, map[string]string{"lms/a.go": "// Code generated by x. DO NOT EDIT.\npackage lms\nfunc f() {\n" + lines(200) + "}"}, nil},
		{"a long table in a function", house.functions, map[string]string{"lms/a.go": "package lms\nfunc f() []int {\nreturn []int{\n" + strings.Repeat("1,\n", 200) + "}}"}, nil},
		{"a long handler", house.functions, map[string]string{"lms/web/a.go": "package web\nfunc f(c *fiber.Ctx) {\n" + lines(59) + "}", "lms/a.go": "package lms\nfunc f(c *fiber.Ctx) {\n" + lines(59) + "}"}, []string{"handler f has 61 lines"}},
		{"many parameters", house.functions, map[string]string{"lms/a.go": "package lms\nfunc (r t) f(a, b, c int, d, e, g string) {}\nfunc (r t) h(a, b, c int, d, e string) {}"}, []string{"f has 6 parameters"}},

		{"a long file", house.lengths, map[string]string{"lms/a.go": "package lms\n" + strings.Repeat("//\n", 500)}, []string{"lms/a.go: 501 lines"}},
		{"a long file that is a table", house.lengths, map[string]string{"lms/a.go": "package lms\nvar a = []int{\n" + strings.Repeat("1,\n", 600) + "}\n", "lms/a_test.go": "package lms\n" + strings.Repeat("//\n", 900)}, nil},
		{"a large package", house.lengths, manyFiles(13, 480), []string{"lms: 6253 lines without tests"}},

		{"a wide interface", house.interfaces, map[string]string{"lms/a.go": "package lms\ntype a interface { b; A(); B(); C(); D() }\ntype b interface { E(); F(); G(); H() }"}, []string{"interface a has 8 methods"}},
		{"an interface that is wide enough", house.interfaces, map[string]string{"lms/a.go": "package lms\ntype a interface { io.Reader; A(); B(); C(); D(); E(); F() }"}, nil},
		{"a long template", house.templates, map[string]string{"lms/web/templates/a.html": strings.Repeat("\n", 201), "lms/web/templates/b.html": strings.Repeat("\n", 200)}, []string{"a.html: 201 lines"}},

		{"unexplained", house.docs, map[string]string{"lms/a.go": "package lms\nfunc F() {}\ntype T struct{}\nfunc (T) M() {}\nconst (\nA = 1\n)\nvar V = 1\n"}, []string{"F is", "T is", "M is", "A is", "V is"}},
		{"explained, hidden or self-evident", house.docs, map[string]string{"lms/a.go": "package lms\n// F does.\nfunc F() {}\n// T is.\ntype T struct{}\nfunc (T) Error() string { return \"\" }\n" +
			"type t struct{}\nfunc (t) M() {}\n// Kinds.\nconst (\nA = 1\n)\nvar V = 1 // of all\nfunc f() {}"}, nil},

		{"init", house.state, map[string]string{"lms/a.go": "package lms\nfunc init() {}"}, []string{"an init function"}},
		{"a variable to be filled", house.state, map[string]string{"lms/a.go": "package lms\nvar a map[string]int\nvar b = map[string]*int{\"\": new(int)}\nvar c = make(chan int)"}, []string{"a has no value", "b is made empty", "c is made empty"}},
		{"a lock", house.state, map[string]string{"lms/a.go": "package lms\nvar a = sync.Mutex{}\nvar b = &sync.Pool{}"}, []string{"a is a lock", "b is a lock"}},
		{"a variable that is written", house.state, map[string]string{
			"lms/a.go": "package lms\nvar a, b, c, d, e = 1, []int{1}, map[int]int{}, t{}, 1",
			"lms/b.go": "package lms\nfunc f() {\na = 2\nb[0]++\ndelete(c, 1)\nd.x.y = 3\n_ = &e\n}",
		}, []string{"lms/b.go:3: package variable a is assigned", "b.go:4", "b.go:5", "b.go:6", "b.go:7: package variable e gives its address"}},
		{"variables that never change", house.state, map[string]string{"lms/a.go": "package lms\nvar a = regexp.MustCompile(`x`)\nvar _ io.Reader = t{}\n//go:embed x\nvar f embed.FS\nvar once = sync.OnceValue(g)\n" +
			"func h() { a := 1; a = 2; _ = &a }\nfunc i(a int) { a++ }", "storage/storagetest/a.go": "package storagetest\nvar process = new(int)"}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name, text := range row.files {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			h, err := readHouse(fsys, sampleRooms())
			if err != nil {
				t.Fatal(err)
			}
			compare(t, row.check(h), row.want)
		})
	}
}

// compare holds violations against a piece of each.
func compare(t *testing.T, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("found %d, want %d:\n\t%s", len(got), len(want), strings.Join(got, "\n\t"))
	}
	for i := range got {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("found %q, want %q", got[i], want[i])
		}
	}
}

// manyFiles is a package of n files.
func manyFiles(n, lines int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files["lms/"+string(rune('a'+i))+".go"] = "package lms\n" + strings.Repeat("//\n", lines)
	}
	return files
}

func TestHouseWordSamples(t *testing.T) {
	t.Run("top level", func(t *testing.T) {
		compare(t, strangers([]string{"cmd/a.go", "go.mod", ".npmrc", "docs/a.md", "docs/b.md", "notes.txt"}), []string{"docs", "notes.txt"})
	})
	t.Run("places", func(t *testing.T) {
		text := "npm install bootstrap-italia\nregistry." + "npm" + "js.org\ncd /wo" + "rk/main\nhttps://a.example/wo" + "rk/a\nhttps://" + "py" + "pi.org/x"
		compare(t, places("a.md", []byte(text)), []string{"a.md:2", "a.md:3", "a.md:5"})
		compare(t, places("a.mp4", []byte("\x00"+text)), nil)
	})
	t.Run("lock file", func(t *testing.T) {
		text := `{"packages": {"": {"version": "1"}, "node_modules/a": {"integrity": "sha512-x"}, "node_modules/b": {"resolved": "https://b", "integrity": "sha512-x"}, "node_modules/c": {}}}`
		compare(t, lockFile([]byte(text)), []string{"node_modules/b names where", "node_modules/c has no checksum"})
	})
	t.Run("modules", func(t *testing.T) {
		text := "module aulacomune\n\nrequire github.com/minio/minio v1.0.0\n\nrequire (\n\tgithub.com/minio/minio-go/v7 v7.4.1\n\tgonum.org/v1/plot v0.1.0 // indirect\n)\nreplace a => ../a\n"
		compare(t, modules(text), []string{"github.com/minio/minio is not", "gonum.org/v1/plot is not", "replace a"})
	})
	t.Run("licences", func(t *testing.T) {
		file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
		compare(t, licence("a", fstest.MapFS{"COPYING": file("      GNU GENERAL\n PUBLIC LICENSE\n Version 3")}), []string{"a: COPYING is the GNU GENERAL"})
		compare(t, licence("b", fstest.MapFS{"LICENSE.md": file("GNU Affero General Public License")}), []string{"AFFERO"})
		compare(t, licence("c", fstest.MapFS{"LICENSE": file("Mozilla Public License, not the GNU General Public License"), "LICENSES/x": file("")}), nil)
		compare(t, licence("d", fstest.MapFS{"README": file("")}), []string{"d has no licence"})
	})
	t.Run("map of rooms", func(t *testing.T) {
		h := house{fsys: fstest.MapFS{"lms/a.go": {}, "course/a.go": {}}, rooms: []room{{path: "lms"}, {path: "course"}}}
		compare(t, readmeMap("# A\n\n## Rooms\n\n| room | |\n|---|---|\n| `lms` | the school |\n| `course/` | one edition |\n\n## More\n", h), nil)
		compare(t, readmeMap("# A\n\n## Rooms\n\n| `lms`, `forum` | the school, beside `course` |\n\n## More\n| `course` | |", h), []string{"does not list `course`", "lists `forum`"})
		compare(t, readmeMap("# A\n", h), []string{"no heading"})
	})
	if len(rooms()) != len(slices.CompactFunc(slices.SortedFunc(slices.Values(rooms()), func(a, b room) int { return strings.Compare(a.path, b.path) }), func(a, b room) bool { return a.path == b.path })) {
		t.Error("two rows for one room")
	}
}
