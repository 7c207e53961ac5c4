package picture

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// scale makes a picture smaller, each of its points being a mean of those around by the curve of Catmull and Rom. It goes from row to
// row and keeps only those that the next one needs: the library's own way would hold the whole in numbers of eight bytes.
func scale(src image.Image, width, height int) *image.RGBA {
	b := src.Bounds()
	if b.Dx() == width && b.Dy() == height {
		return copied(src)
	}
	across, down := spread(b.Dx(), width), spread(b.Dy(), height)
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	row := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	rows := make(map[int][]float32) // of the source, in the new width
	sum := make([]float32, 4*width)
	last := 0
	for y, s := range down {
		for ; last < s.from; last++ {
			delete(rows, last)
		}
		clear(sum)
		for i, weight := range s.weights {
			line := rows[s.from+i]
			if line == nil {
				draw.Draw(row, row.Rect, src, image.Pt(b.Min.X, b.Min.Y+s.from+i), draw.Src)
				line = narrow(row.Pix, across)
				rows[s.from+i] = line
			}
			for x, v := range line {
				sum[x] += weight * v
			}
		}
		store(dst.Pix[y*dst.Stride:][:4*width], sum)
	}
	return dst
}

// share is which points of the source one of the new ones is made of, and how much of each.
type share struct {
	from    int
	weights []float32
}

// spread is the shares of all points along a side.
func spread(from, to int) []share {
	kernel := draw.CatmullRom
	ratio := float64(from) / float64(to)
	reach := kernel.Support * max(1, ratio)
	list := make([]share, to)
	for i := range list {
		centre := (float64(i)+0.5)*ratio - 0.5
		first, last := max(0, int(math.Ceil(centre-reach))), min(from-1, int(math.Floor(centre+reach)))
		s := share{from: first}
		total := 0.0
		for n := first; n <= last; n++ {
			w := kernel.At(math.Abs(float64(n)-centre) / max(1, ratio))
			s.weights = append(s.weights, float32(w))
			total += w
		}
		for n := range s.weights {
			s.weights[n] /= float32(total)
		}
		list[i] = s
	}
	return list
}

// narrow is a row in the new width.
func narrow(row []uint8, across []share) []float32 {
	line := make([]float32, 4*len(across))
	for x, s := range across {
		var r, g, b, a float32
		from := row[4*s.from:]
		for i, w := range s.weights {
			p := from[4*i:][:4]
			r += w * float32(p[0])
			g += w * float32(p[1])
			b += w * float32(p[2])
			a += w * float32(p[3])
		}
		copy(line[4*x:], []float32{r, g, b, a})
	}
	return line
}

// store rounds a row; no colour is stronger than its point is opaque.
func store(to []uint8, row []float32) {
	for i := 0; i < len(row); i += 4 {
		alpha := rounded(row[i+3], 255)
		for c := range 3 {
			to[i+c] = rounded(row[i+c], alpha)
		}
		to[i+3] = alpha
	}
}

func rounded(v float32, most uint8) uint8 {
	switch {
	case v <= 0:
		return 0
	case v >= float32(most):
		return most
	}
	return uint8(v + 0.5)
}
