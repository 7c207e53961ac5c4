package content

import (
	"embed"
	"io/fs"
)

//go:embed smart-working
var embedded embed.FS

// Reference is the folder of the reference course.
func Reference() fs.FS {
	sub, err := fs.Sub(embedded, "smart-working")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
