// Package content compiles an author's folder into a course, with findings.
//
// A course is a folder: course.yaml, a folder for each module with a Markdown file for each learning object, and the
// files they show. Files and folders whose names begin with _ or . are the author's own and are not read.
//
//	course.yaml       slug, title, summary, lang (it), programme, audience, minutes, objectives, sequential,
//	                  modules: [{id, folder, title, summary, objects}]
//	a module's .md    first those that its objects: lists, from whatever folder, then those of its folder that no module lists,
//	                  in the order of their names; each with front matter: id, title, kind (reading, lesson, pill,
//	                  story, webinar), minutes, objectives, complete: {read: true, watched: 80, answered: 60, attended: true},
//	                  draw: 5 of a-bank, 2 of another, attempts (in a day),
//	                  video: {file, captions, poster, poster_alt, lang, live}; captions are a file, or one for each
//	                  language, {it: a.vtt, en: b.vtt}; of a webinar's recording (live: true) they may come later;
//	                  webinar: the name of a webinar in the address of its page, of kind webinar: who attended it, or
//	                  watched so much of the recording once there is one, has done that part of the rule
//	and below it      the text in the dialect of content/markup
//	glossario.md      the words of the course, or glossary.md; see content/markup
//	other .md         texts that objects include, in folders that are no module's
//
// Texts are .md, .yaml, .vtt and .svg; everything else is media, known by hash, size and type (Probe). Reading is strict:
// what is not understood is a finding with its line and column, never a guess. ReadFolder, ReadTexts and Probe touch
// files; Compile is pure: the same folder gives the same course and findings on any machine. Draft is a folder that is
// being written, compiled again after every change; ReadOutline and Arrange read and write the order of course.yaml.
//
// # The edition's hash
//
// Canonical bytes of a text are its UTF-8 without byte order mark, lines ended by LF alone, in Unicode normal form C; of
// media, the bytes as they are. Paths are in normal form C with slashes, from the course's root. An edition is made from
// the sources it uses, and no others: course.yaml, the objects of its modules, its glossary, what they include, and the
// media and captions they show or link to. With those sorted by path, bytewise, the edition's hash is the SHA-256, in lower-case hex, of
//
//	aula-edition 1 LF
//	and for each source: SHA-256 of its canonical bytes in lower-case hex, two spaces, path, LF
//
// HTML has no part in it, so a better renderer never makes another edition of the same text.
package content
