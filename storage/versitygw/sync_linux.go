package versitygw

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncFolder flushes the file system that holds the folder: the files, their names and their attributes in one call.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}
