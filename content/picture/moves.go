package picture

import (
	"bufio"
	"errors"
	"io"
)

// gifMoves counts the pictures of a GIF, without drawing them.
func gifMoves(r io.Reader) (bool, error) {
	b := bufio.NewReader(r)
	var head [13]byte
	if _, err := io.ReadFull(b, head[:]); err != nil {
		return false, err
	}
	if err := table(b, head[10]); err != nil {
		return false, err
	}
	for frames := 0; ; {
		kind, err := b.ReadByte()
		switch {
		case errors.Is(err, io.EOF) || err == nil && kind == ';':
			return false, nil
		case err != nil:
			return false, err
		case kind == '!': // an extension, by its label
			_, err = b.Discard(1)
		case kind == ',':
			if frames++; frames > 1 {
				return true, nil
			}
			err = frame(b)
		default: // the decoder will say
			return false, nil
		}
		if err != nil {
			return false, nil
		}
		for size := byte(1); size > 0; {
			if size, err = b.ReadByte(); err != nil {
				return false, nil // cut off: the decoder will say
			}
			if _, err = b.Discard(int(size)); err != nil {
				return false, nil
			}
		}
	}
}

// frame passes over what a picture of a GIF says of itself.
func frame(b *bufio.Reader) error {
	var about [9]byte
	if _, err := io.ReadFull(b, about[:]); err != nil {
		return err
	}
	if err := table(b, about[8]); err != nil {
		return err
	}
	_, err := b.Discard(1)
	return err
}

// table passes over a table of colours, if there is one.
func table(b *bufio.Reader, flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	_, err := b.Discard(3 << (flags&7 + 1))
	return err
}

// webpMoves says that a WebP holds an animation: a flag of its extended head.
func webpMoves(r io.Reader) (bool, error) {
	var head [21]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return false, err
	}
	return string(head[12:16]) == "VP8X" && head[20]&2 != 0, nil
}
