// Package press puts pages together of pieces that are rendered, and compressed, once.
//
// Templates render a page in which marks stand for the pieces; on its way out each mark becomes the piece, as text or as compressed blocks, which
// are copied as they are. What differs from reader to reader within a piece is a blank, a character of Unicode's private use area, and is filled in.
package press
