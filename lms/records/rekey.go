package records

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
)

// shapeIndex is kept for every noun. Its key says in which shape and with which indexes a document was written, so that newer shapes
// and old keys are found at the start without reading all documents.
var shapeIndex = IndexSpec{Name: "shape"}

func shapeKey[T any](version int, indexes []Index[T]) string {
	return versionKey(version) + " " + signature(indexes)
}

func versionKey(v int) string { return fmt.Sprintf("%06d", v) }

// signature is short and differs when the indexes do, whatever their order.
func signature[T any](indexes []Index[T]) string {
	var lines []string
	for _, i := range indexes {
		lines = append(lines, fmt.Sprintf("%s %t %t %d\n", i.Name, i.Unique, i.Many, i.Version))
	}
	slices.Sort(lines)
	sum := sha256.Sum256(fmt.Append(nil, lines))
	return hex.EncodeToString(sum[:6])
}

// refuseNewer looks for a document of a shape that this binary does not know.
func (r *Records[T]) refuseNewer(ctx context.Context) error {
	newer := Range{Index: shapeIndex, From: versionKey(r.noun.version() + 1), Limit: 1}
	for entry, err := range r.engine.Scan(ctx, r.noun.Name, newer) {
		if err != nil {
			return err
		}
		return fmt.Errorf("document %s has shape %d, this version of aula knows shapes up to %d: run the newer aula", entry.ID, entry.Version, r.noun.version())
	}
	return nil
}

// rekeyers is how many documents get their new keys at a time: an engine writes many together faster than one after the other.
const rekeyers = 16

// rekey writes again every document that was written with other indexes, so that a new index finds it. It may be stopped and begun
// again, and two nodes may do it at once: a document that is done is no longer in the ranges. Old shapes alone are no reason: they are
// upgraded when read.
func (r *Records[T]) rekey(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	slots := make(chan struct{}, rekeyers)
	for _, rg := range r.otherIndexes() {
		for entry, err := range r.engine.Scan(ctx, r.noun.Name, rg) {
			if err != nil {
				cancel(err)
				break
			}
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				if err := r.rekeyOne(ctx, entry.Document); err != nil {
					cancel(fmt.Errorf("new keys for %s: %w", entry.ID, err))
				}
			})
		}
	}
	all.Wait()
	return context.Cause(ctx)
}

// otherIndexes gives the ranges of the shape index that hold documents written with other indexes, of any shape.
func (r *Records[T]) otherIndexes() []Range {
	var out []Range
	for v := 1; v <= r.noun.version(); v++ {
		same := shapeKey(v, r.noun.Indexes)
		out = append(out,
			Range{Index: shapeIndex, From: versionKey(v), To: same},
			Range{Index: shapeIndex, From: same + " ", To: versionKey(v + 1)}) // no key begins with a whole other key
	}
	return out
}

// rekeyOne writes a document again as it is, until it succeeds or the document is gone.
func (r *Records[T]) rekeyOne(ctx context.Context, d Document) error {
	token := r.newToken()
	for !slices.Contains(d.Tokens, token) {
		t, err := r.decode(d)
		if err != nil {
			return err
		}
		next, err := r.encode(t)
		if err != nil {
			return err
		}
		next.Rev, next.Tokens = d.Rev+1, lastTokens(d.Tokens, token)
		done, err := r.replace(ctx, next)
		if err == nil && !done {
			d, err = r.get(ctx, d.ID)
		}
		if done || Is(err, NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
