package markup

import (
	"slices"
	"strings"
)

// Construct is a page of the guide for authors: what something is called, what it is for, and how it is written.
type Construct struct {
	Name    string
	Purpose string
	Source  string // the text of a learning object, below its front matter; or a whole file, below a line "-- NAME --"
}

// Whole says that the example is a whole file, with its name above, and no text that could be shown alone.
func (c Construct) Whole() bool { return strings.HasPrefix(c.Source, "-- ") }

// Guide lists every construct of the dialect for authors, in Italian, in the order they will need them.
func Guide() []Construct {
	return slices.Concat(guideFiles(), guideTexts(), guideMedia(), guideBoxes(), guideQuestions())
}

func guideFiles() []Construct {
	return []Construct{
		{"Il file del corso", "Un corso è una cartella con il file course.yaml, una cartella per ogni modulo e, in questa, un file .md per ogni oggetto. Gli oggetti vengono nell'ordine dei loro nomi; per un altro ordine, o per prenderne da un'altra cartella, il modulo li elenca sotto «objects», e quelli che nessuno elenca seguono. I nomi che cominciano con «_» sono appunti solo tuoi.",
			"-- course.yaml --\nslug: esempio\ntitle: Un esempio\nsummary: Un corso piccolo.\nlang: it\nobjectives:\n  - Scrivere un accordo\nmodules:\n  - id: uno\n    folder: 01-uno\n    title: Primo modulo\n    objects:\n      - 02-due/01-secondo.md\n      - 01-uno/01-esempio.md\n"},
		{"Il file di un oggetto", "Comincia con l'intestazione, fra due righe di trattini: identificativo (che non si cambia più), titolo, genere (reading lettura, lesson videolezione, pill pillola video, story storia, webinar un incontro in diretta), minuti, obiettivi, e che cosa lo completa: read la lettura, watched quanta parte del video si guarda, answered il punteggio nelle domande, in percentuale. Sotto viene il testo.",
			"-- 01-uno/01-esempio.md --\n---\nid: esempio\ntitle: \"L'accordo: come si scrive\"\nkind: reading\nminutes: 2\nobjectives:\n  - Scrivere un accordo\ncomplete:\n  read: true\n---\n\nL'accordo si scrive prima di cominciare.\n"},
		{"Il video di una lezione", "Una lezione o una pillola indica il suo video nell'intestazione: il file .mp4, i sottotitoli, la copertina e la sua descrizione. I sottotitoli sono un file .vtt solo, oppure uno per lingua: quella del video ci vuole sempre. Per la registrazione di un webinar si aggiunge «live: true»: i sottotitoli possono arrivare qualche giorno dopo.",
			"-- 01-uno/01-esempio.md --\n---\nid: esempio\ntitle: Come si firma\nkind: pill\nminutes: 1\nobjectives:\n  - Firmare un accordo\ncomplete:\n  watched: 80\nvideo:\n  file: firma.mp4\n  captions:\n    it: firma.vtt\n    en: firma.en.vtt\n  poster: firma.jpg\n  poster_alt: Una mano che firma\n---\n\nSi firma in fondo.\n"},
		{"Un webinar", "Un oggetto di genere webinar dice quale webinar è, con il nome che ha nell'indirizzo della sua pagina: chi partecipa lo completa senza fare altro. Quando c'è la registrazione si aggiungono «video» e «watched», e a chi non c'era basta guardarla. I minuti sono quelli dell'incontro.",
			"-- 01-uno/01-esempio.md --\n---\nid: esempio\ntitle: \"Lavorare per obiettivi: esperienze a confronto\"\nkind: webinar\nwebinar: lavorare-per-obiettivi\nminutes: 90\nobjectives:\n  - Raccontare un obiettivo del proprio ufficio\ncomplete:\n  attended: true\n---\n\nPrima dell'incontro pensa a un obiettivo del tuo ufficio.\n"},
	}
}

func guideTexts() []Construct {
	return []Construct{
		{"Titoli", "Dividono il testo: si comincia da «##», perché il titolo dell'oggetto è già in cima alla pagina, e si scende di un livello alla volta.",
			"## Che cosa serve\n\nUn accordo e un obiettivo.\n\n### L'accordo\n\nSi firma prima di cominciare.\n"},
		{"Grassetto, corsivo, barrato", "Danno rilievo a poche parole. Una riga vuota comincia un nuovo capoverso; le virgolette e gli apostrofi diventano quelli tipografici.",
			"L'accordo è **obbligatorio**, il modulo è *facoltativo*, la marca da bollo ~~serve~~ non serve più: \"basta la firma\".\n"},
		{"Elenchi", "Un elenco puntato per cose senza ordine, uno numerato per passi da fare in ordine. Prima dell'elenco ci vuole una riga vuota.",
			"Servono:\n\n- un portatile\n- una linea\n\nPoi:\n\n1. si firma l'accordo\n2. si comincia\n"},
		{"Cose da fare", "Un elenco da spuntare: «[x]» segna ciò che è fatto.",
			"- [x] Ho letto l'accordo\n- [ ] L'ho firmato\n"},
		{"Collegamenti", "Il testo fra parentesi quadre dice dove si arriva. Dentro il corso si indica il percorso del file .md, oppure l'identificativo dell'oggetto; dopo «#» va il titolo, in minuscolo e con i trattini.",
			"## Da leggere\n\nVedi [la legge 81 del 2017](https://www.normattiva.it/), [un altro oggetto](../02-due/01-secondo.md), [un suo titolo](secondo#un-titolo) e [l'inizio di questa pagina](#da-leggere).\n"},
		{"Tabelle", "Per dati da confrontare. La prima riga dice che cosa contiene ogni colonna; i due punti allineano.",
			"| Forma | Luogo | Giorni |\n|---|---|--:|\n| Telelavoro | fisso | 5 |\n| Lavoro agile | libero | 2 |\n"},
		{"Definizioni", "Una parola e, sotto, che cosa vuol dire.",
			"Recesso\n: La fine dell'accordo, con un preavviso di trenta giorni.\n"},
		{"Glossario", "Le parole del corso si spiegano una volta sola nel file glossario.md, nella cartella del corso: un titolo «##» per ogni voce e sotto la spiegazione. Un collegamento alla voce la fa comparire in fondo alla pagina.",
			"Il [lavoro agile](glossario#lavoro-agile) si concorda.\n"},
		{"Note", "Un dettaglio o una fonte che non deve interrompere chi legge.",
			"Lo dice la legge[^1].\n\n[^1]: Legge 22 maggio 2017, n. 81, articolo 18.\n"},
		{"Citazioni", "Le parole di qualcun altro.",
			"> Il lavoro agile è un patto.\n"},
		{"Parole in un'altra lingua", "Dicono a chi ascolta con un lettore di schermo in quale lingua pronunciarle: en, fr, de, es, la… Le parole ormai italiane (file, online) non serve segnarle.",
			"La regola si chiama [lang=en]{comply or explain}.\n"},
		{"Codice", "Comandi e dati, da copiare come sono.",
			"Scrivi `id: primo` e poi:\n\n```yaml\ntitle: Il primo passo\n```\n"},
	}
}

func guideMedia() []Construct {
	return []Construct{
		{"Figure", "Un'immagine sola nel suo capoverso. Fra le quadre va la descrizione per chi non la vede, fra virgolette la didascalia; una riga in corsivo subito sotto è il credito.",
			"![Tre persone attorno a un tavolo](figura.jpg \"La squadra al lavoro\")\n*Foto: Anna Rossi, CC BY 4.0*\n"},
		{"Immagini in più larghezze", "Accanto a tavolo.jpg possono stare tavolo.800w.jpg e tavolo.400w.jpg, larghe 800 e 400 punti: ogni schermo scarica quella che gli basta. Chi carica un'immagine nella redazione le trova già fatte.",
			"![Tre persone attorno a un tavolo](tavolo.jpg)\n"},
		{"Video nel testo", "Si scrive come una figura, con un file .mp4. Accanto al video, con lo stesso nome, stanno i sottotitoli (.vtt) e la copertina (.jpg, .png o .webp): da firma.mp4, firma.vtt e firma.jpg; sottotitoli in un'altra lingua si aggiungono con firma.en.vtt, firma.de.vtt.",
			"![Come si firma l'accordo](firma.mp4 \"Venti secondi con l'ufficio personale\")\n"},
		{"Audio nel testo", "Come un video, con un file .mp3 o .m4a. La trascrizione sta in un file .vtt con lo stesso nome, oppure in un riquadro da aprire subito sotto.",
			"![Intervista alla segretaria](intervista.mp3)\n\n> [!DETAILS Trascrizione]\n> Buongiorno a tutti.\n"},
		{"File da scaricare", "Un collegamento a un file del corso: tipo e dimensione si aggiungono da soli. Si possono offrire PDF e documenti da compilare (.odt, .ods, .odp, .docx, .xlsx, .pptx), senza macro.",
			"Usa il [modello di accordo](modello.pdf).\n"},
	}
}

func guideBoxes() []Construct {
	return []Construct{
		{"Riquadri", "Mettono in evidenza: NOTE una nota, TIP un suggerimento, IMPORTANT ciò che non si può saltare, WARNING un pericolo.",
			"> [!NOTE]\n> Le ore non cambiano.\n\n> [!TIP]\n> Comincia da un giorno a settimana.\n\n> [!IMPORTANT]\n> L'accordo va firmato prima.\n\n> [!WARNING]\n> Non portare a casa le carte.\n"},
		{"Riquadri da aprire", "Nascondono un testo più lungo, che chi vuole apre: il titolo dice che cosa contiene.",
			"> [!DETAILS Un esempio di accordo]\n> Le parti concordano due giorni a settimana.\n"},
		{"Testi condivisi", "Un testo che serve in più oggetti si scrive una volta in un file suo, fuori dalle cartelle dei moduli, e si include con un riquadro che contiene soltanto il collegamento.",
			"> [!INCLUDE]\n> [Chi può aiutarti](../comune/aiuto.md)\n"},
	}
}

func guideQuestions() []Construct {
	return []Construct{
		{"Domanda a risposta singola", "Dopo QUESTION viene un identificativo, che non si cambia più. Ogni risposta ha il suo fra apici inversi; «[x]» segna quella giusta, e sotto, preceduto da «>», si può scrivere che cosa dire a chi la sceglie.",
			"> [!QUESTION accordo]\n> Quando si firma l'accordo?\n>\n> - [x] `prima` Prima di cominciare.\n>   > Giusto.\n> - [ ] `dopo` Alla fine.\n>   > No: serve dall'inizio.\n"},
		{"Domanda a risposta multipla", "Come sopra, con «multiple»: va scelta ogni risposta giusta, e nessun'altra.",
			"> [!QUESTION strumenti multiple]\n> Che cosa serve?\n>\n> - [x] `linea` Una linea\n> - [x] `accordo` Un accordo\n> - [ ] `bollo` Una marca da bollo\n"},
		{"Vero o falso", "Due risposte sole, con «truefalse».",
			"> [!QUESTION telelavoro truefalse]\n> Il lavoro agile è telelavoro.\n>\n> - [ ] `vero` Vero\n> - [x] `falso` Falso\n"},
		{"Numero", "La risposta è un numero, con la tolleranza dopo «±».",
			"> [!QUESTION ore numeric]\n> Quante ore di formazione l'anno?\n>\n> = 40 ± 2\n"},
		{"Risposta breve", "Una o più parole; le alternative si separano con «|». Accenti e maiuscole non contano.",
			"> [!QUESTION nome short]\n> Come si chiama in Italia lo smart working?\n>\n> = lavoro agile\n"},
		{"Abbinamento", "A ogni voce la sua, dopo «=>».",
			"> [!QUESTION coppie matching]\n> Collega ogni norma al suo tema.\n>\n> - `agile` Legge 81 del 2017 => lavoro agile\n> - `cad` CAD => diritti digitali\n"},
		{"Ordine", "I passi si scrivono nell'ordine giusto; a chi risponde arrivano mescolati.",
			"> [!QUESTION passi ordering]\n> Metti in ordine.\n>\n> 1. `obiettivi` Si concordano gli obiettivi\n> 2. `firma` Si firma l'accordo\n"},
		{"Testo con lacune", "Le parole fra graffe diventano spazi da riempire.",
			"> [!QUESTION lacune cloze]\n> La legge {81} del {= 2017} regola il lavoro {agile}.\n"},
		{"Scala", "Per i questionari: nessuna risposta è sbagliata. Prima i gradi, poi le affermazioni, ciascuna con la sua dimensione.",
			"> [!QUESTION fiducia scale]\n> Quanto sei d'accordo?\n>\n> - `1` Per niente\n> - `2` Poco\n> - `3` Molto\n>\n> 1. `fiducia` Mi fido dei colleghi.\n> 2. `-fiducia` Controllo ogni passo.\n"},
		{"Punti e ordine delle risposte", "Nella prima riga, dopo il genere: points dice quanti punti vale la domanda (altrimenti uno), shuffle mescola le risposte.",
			"> [!QUESTION recesso multiple points=2 shuffle]\n> Che cosa serve per recedere?\n>\n> - [x] `preavviso` Un preavviso\n> - [x] `scritto` Una comunicazione scritta\n> - [ ] `bollo` Una marca da bollo\n"},
		{"Domande estratte, soglia e tentativi", "Nell'intestazione dell'oggetto: answered è la soglia, in percentuale dei punti; draw quante domande si estraggono da ogni gruppo, a ciascuno le sue; attempts quante volte si può rispondere in un giorno. Il gruppo di una domanda si indica con bank.",
			"-- 01-uno/01-esempio.md --\n---\nid: esempio\ntitle: Una prova\nkind: reading\nminutes: 2\nobjectives:\n  - Riconoscere le regole\ncomplete:\n  answered: 60\ndraw: 1 of regole\nattempts: 3\n---\n\n> [!QUESTION ore numeric bank=regole]\n> Quante ore di formazione l'anno?\n>\n> = 40\n\n> [!QUESTION giorni numeric bank=regole]\n> Quanti giorni di preavviso?\n>\n> = 30\n"},
	}
}
