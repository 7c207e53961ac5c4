package storagetest

import "testing"

// Mongo is a new database on the MongoDB server of the tests, dropped when the test ends.
func Mongo(t testing.TB) Store {
	withoutEngine(t, "MongoDB is not built yet.")
	return Store{}
}
