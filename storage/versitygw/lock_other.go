//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package versitygw

import (
	"os"
	"path/filepath"
)

// lockFolder opens the lock but does not lock it: these systems have no flock.
func lockFolder(dir string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
}
