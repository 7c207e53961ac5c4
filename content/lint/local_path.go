package lint

import "aulacomune/course"

// LocalPath: a path that holds on the author's own computer and nowhere else.
const LocalPath = "local-path"

func localPath() Rule {
	return Rule{
		ID: LocalPath, Severity: course.SeverityError,
		Message: "Il percorso «{0}» vale solo sul tuo computer.",
		Hint:    "Metti il file nella cartella del corso, o caricalo fra i file, e scrivi il suo percorso da lì, con le barre «/»: per esempio media/foto.jpg.",
		Why:     "Chi studia non ha i file del computer di chi scrive: del corso fa parte solo ciò che sta nella sua cartella.",
		English: Wording{
			"The path “{0}” holds only on your computer.", "Put the file into the course's folder, or upload it, and write its path from there, with slashes “/”: for example media/foto.jpg.", "",
			"Learners do not have the files of the author's computer: only what lies in the course's folder is part of the course.",
		},
		Bad:  "![Tre persone attorno a un tavolo](C:\\Users\\anna\\figura.jpg)\n",
		Good: "![Tre persone attorno a un tavolo](figura.jpg)\n",
	}
}

// Local says that a path begins as those of a computer with Windows do: with a drive's letter, or with two backslashes.
func Local(path string) bool {
	drive := len(path) > 2 && path[1] == ':' && (path[0]|0x20) >= 'a' && (path[0]|0x20) <= 'z' && (path[2] == '\\' || path[2] == '/')
	return drive || len(path) > 2 && path[0] == '\\' && path[1] == '\\'
}
