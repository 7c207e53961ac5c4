package content

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// sideBySide works on every object, as many at a time as there are processors to use, each worker at a desk of its own. What
// panics at a desk panics here, where the caller can see it.
func sideBySide(objects []*object, work func(*desk, *object)) {
	workers := min(runtime.GOMAXPROCS(0), len(objects))
	if workers <= 1 {
		d := &desk{}
		for _, o := range objects {
			work(d, o)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	var broken atomic.Pointer[any]
	for range workers {
		group.Go(func() {
			defer func() {
				if problem := recover(); problem != nil {
					broken.Store(&problem)
				}
			}()
			d := &desk{}
			for i := next.Add(1) - 1; i < int64(len(objects)); i = next.Add(1) - 1 {
				work(d, objects[i])
			}
		})
	}
	group.Wait()
	if problem := broken.Load(); problem != nil {
		panic(*problem)
	}
}
