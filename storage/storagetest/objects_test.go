package storagetest

import (
	"testing"
)

func TestObjectsOnVersity(t *testing.T) {
	OpenVersity(t) // keep the engine running from row to row
	Objects(t, OpenVersity)
}

func TestObjectsOnMinIO(t *testing.T) {
	MinIO(t)
	Objects(t, OpenMinIO)
}
