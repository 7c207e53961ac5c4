// Package export writes an edition as a web folder that needs no server, and as one page to print.
//
// The folder opens with a double click: index.html, a page for each learning object, the glossary, and beside them "media" and "assets". Nothing
// in it asks for a script, a server or a network: every address is relative but for the links that the author wrote to other sites. Browsers refuse
// fonts and captions that a page from the disk fetches from a file beside it, so those two lie inside the style and the pages, as data.
//
// The page is the whole course in one file: a table of contents, every module from a new sheet, pictures inside it as data, a picture and the
// transcript in the place of each recording, questions as exercises with room to write. It is meant to be downloaded: its style stands in the page
// itself, which the site's own pages may not have.
//
// What leaves is the same for everybody who exports the edition, byte for byte, and holds no right answer and no comment on one: those never leave
// before an attempt, and there is none on paper. Its words are in the language of the course, where we speak it.
package export
