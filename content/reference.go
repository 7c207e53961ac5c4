package content

import (
	"embed"
	"io/fs"
)

//go:embed smart-working accessible-documents
var embedded embed.FS

// Reference is the folder of the reference course.
func Reference() fs.FS { return folderOf("smart-working") }

// Accessible is the folder of a second course, on accessible documents: it shows what the reference course has no use for.
func Accessible() fs.FS { return folderOf("accessible-documents") }

func folderOf(name string) fs.FS {
	sub, err := fs.Sub(embedded, name)
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
