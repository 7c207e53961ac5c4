//go:build !linux

package versitygw

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// recent is how far back syncFolder looks: further than a request can take, and than clocks and file systems round.
const recent = 15 * time.Minute

// syncFolder flushes the files that changed of late, and all folders: there is no syncfs here. It walks the whole folder, which is slow
// where there are many objects; these systems are for development.
func syncFolder(dir string) error {
	since := time.Now().Add(-recent)
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || (!d.IsDir() && !d.Type().IsRegular()) || (d.IsDir() && runtime.GOOS == "windows") {
			return nil // gone meanwhile, or a socket, or a folder that Windows does not flush
		}
		if info, err := d.Info(); err != nil || (!d.IsDir() && info.ModTime().Before(since)) {
			return nil
		}
		f, err := os.OpenFile(path, openToSync(d.IsDir()), 0)
		if err != nil {
			return nil
		}
		defer f.Close()
		return f.Sync()
	})
}

// openToSync is how a file must be opened for its Sync to work.
func openToSync(folder bool) int {
	if folder {
		return os.O_RDONLY
	}
	return os.O_RDWR
}
