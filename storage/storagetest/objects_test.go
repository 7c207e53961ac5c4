package storagetest

import "testing"

func TestObjectsOnVersity(t *testing.T) { Objects(t, OpenVersity) }
