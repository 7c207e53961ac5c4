package main

import (
	"fmt"
	"runtime"
)

// version is that of publiccode.yml and CHANGES.
const version = "0.1.0"

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run() error {
	fmt.Printf("aula %s (%s)\n", version, runtime.Version())
	return nil
}
