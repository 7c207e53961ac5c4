// Package picture writes an uploaded picture anew, without what it tells of its author, in the widths that pages ask for.
//
// A picture is decoded, turned the way its camera says, scaled down, and encoded again: nothing of the file that came is in the
// ones that leave but what can be seen. Colour profiles go too: pictures are taken to be sRGB.
package picture
