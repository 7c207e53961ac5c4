package attendance

import (
	"strings"
	"sync"
	"time"

	"aulacomune/lms"
)

// column is what a column of a report holds.
type column int

const (
	colNone      column = iota
	colName             // as displayed
	colGiven            //
	colFamily           //
	colEmail            //
	colAccount          // the name of an account, which is often an address
	colRole             //
	colJoin             // of one stay
	colLeave            //
	colFirst            // first entrance of all
	colLast             // last exit of all
	colDuration         // of one stay
	colTotal            // of all
	colAction           // joined, left
	colMoment           // of an action
	colGuest            // yes, no
	colModerator        // yes, no
	colWaiting          // in the waiting room: yes, no
	colSign             // signature
	colEnte             //
	colLogged           // when the end of a stay was written into a log
	colTitle            // of the meeting, and what follows too
	colDay              //
	colStart            //
	colEnd              //
	colCount            //
	colOther            // known, and of no use to us
)

// term is what a heading means.
type term struct {
	col  column
	lang string
	kind Kind // of the reports in which alone it stands
}

// vocabulary is the headings by which columns and the lines of summaries are known, folded.
var vocabulary = sync.OnceValue(func() map[string]term {
	out := map[string]term{}
	for _, v := range []struct {
		col   column
		lang  string
		kind  Kind
		words string
	}{
		{colName, "en", "", "name;full name;participant name;participant;attendee;attendee name;display name;user name;name of participant"},
		{colName, "it", "", "nome;nome completo;nome partecipante;partecipante;nominativo;nome visualizzato;nome e cognome;cognome e nome;nome utente"},
		{colName, "en", Zoom, "name original name;user name original name"},
		{colName, "it", Zoom, "nome nome originale;nome utente nome originale"},
		{colGiven, "en", "", "first name;given name;forename"},
		{colGiven, "it", "", "nome di battesimo"},
		{colFamily, "en", "", "last name;surname;family name"},
		{colFamily, "it", "", "cognome"},
		{colEmail, "en", "", "email;e mail;mail;email address;user email;attendee email;registration email"},
		{colEmail, "it", "", "indirizzo email;indirizzo e mail;indirizzo di posta elettronica;posta elettronica;email utente;e mail utente;email dell utente;e mail dell utente;indirizzo mail;e mail di registrazione"},
		{colEmail, "en", Meet, "participant identifier;participant identifier email;actor;actor email"},
		{colEmail, "it", Meet, "identificatore partecipante;identificatore del partecipante;identificativo partecipante"},
		{colAccount, "en", Teams, "participant id upn;participant id;upn;user principal name"},
		{colAccount, "it", Teams, "id partecipante upn;id partecipante;id del partecipante upn;nome dell entita utente"},
		{colRole, "en", "", "role"},
		{colRole, "it", "", "ruolo"},
		{colJoin, "en", "", "join time;joined;join;time in;entered;entry;joined at;start"},
		{colJoin, "it", "", "ora di ingresso;ora di entrata;ora di accesso;ora ingresso;ora entrata;ora accesso;orario di ingresso;orario di entrata;orario ingresso;orario entrata;entrata;ingresso;arrivo;ora di partecipazione;dalle;ora di arrivo;entra;entrato;accesso;data e ora di ingresso"},
		{colJoin, "en", Meet, "time joined;time of joining;first seen"},
		{colJoin, "it", Meet, "ora di inizio partecipazione;ora in cui ha partecipato"},
		{colLeave, "en", "", "leave time;left;leave;time out;exit;left at;end"},
		{colLeave, "it", "", "ora di uscita;ora uscita;orario di uscita;orario uscita;uscita;alle;ora di abbandono;ora abbandono;esce;uscito;data e ora di uscita"},
		{colLeave, "en", Meet, "time exited;time left;last seen"},
		{colLeave, "it", Meet, "ora di fine partecipazione;ora in cui e uscito"},
		{colFirst, "en", Teams, "first join;first join time"},
		{colFirst, "it", Teams, "primo accesso;prima partecipazione;primo ingresso;ora del primo accesso;prima entrata;ora del primo ingresso"},
		{colLast, "en", Teams, "last leave;last leave time"},
		{colLast, "it", Teams, "ultima uscita;ultimo abbandono;ora dell ultima uscita"},
		{colDuration, "en", "", "duration;time in meeting;time in session"},
		{colDuration, "it", "", "durata;permanenza;tempo nella riunione"},
		{colTotal, "en", Teams, "in meeting duration"},
		{colTotal, "it", Teams, "durata in riunione;durata nella riunione;durata della partecipazione"},
		{colTotal, "en", Zoom, "total duration"},
		{colTotal, "it", Zoom, "durata totale"},
		{colAction, "en", Teams, "user action;action"},
		{colAction, "it", Teams, "azione utente;azione dell utente;azione"},
		{colMoment, "en", Teams, "timestamp;time stamp"},
		{colMoment, "it", Teams, "data e ora;indicatore di data e ora;marca temporale;ora"},
		{colGuest, "en", Zoom, "guest"},
		{colGuest, "it", Zoom, "ospite;utente ospite"},
		{colModerator, "en", BigBlueButton, "moderator"},
		{colModerator, "it", BigBlueButton, "moderatore"},
		{colWaiting, "en", Zoom, "in waiting room;waiting room"},
		{colWaiting, "it", Zoom, "in sala d attesa;in sala di attesa;sala d attesa"},
		{colSign, "en", Paper, "signature;signed"},
		{colSign, "it", Paper, "firma;firma del partecipante;presenza;presente;firma di presenza"},
		{colEnte, "it", Paper, "ente;comune;ente di appartenenza;amministrazione;comune di appartenenza"},
		{colEnte, "en", Paper, "organisation;organization;municipality;company"},
		{colLogged, "en", Meet, "date;date and time"},
		{colLogged, "it", Meet, "data"},
		{colTitle, "en", "", "meeting title;topic;webinar name;meeting name;event title;title"},
		{colTitle, "it", "", "titolo riunione;titolo della riunione;argomento;titolo;titolo evento;nome riunione"},
		{colStart, "en", "", "start time;meeting start time;actual start time"},
		{colStart, "it", "", "ora di inizio;ora inizio;ora di inizio della riunione;ora di inizio riunione;inizio;inizio riunione"},
		{colEnd, "en", "", "end time;meeting end time;actual end time"},
		{colEnd, "it", "", "ora di fine;ora fine;ora di fine della riunione;ora di fine riunione;fine;fine riunione"},
		{colDay, "it", "", "giorno;data riunione;data della riunione;data incontro;del giorno"},
		{colDay, "en", "", "day;meeting date"},
		{colCount, "en", "", "attended participants;total number of participants;participants;number of participants;unique viewers"},
		{colCount, "it", "", "partecipanti;numero di partecipanti;numero totale di partecipanti;partecipanti presenti;partecipanti che hanno partecipato;partecipanti intervenuti"},
		{colOther, "en", "", "host;host name;host email;meeting id;id;type;creation time;department;group;source;meeting code;organizer email;organiser email;product type;event name;event description;client type;meeting duration;average attendance time;attendance time"},
		{colOther, "it", "", "organizzatore;nome organizzatore;e mail organizzatore;digita;tipo;id riunione;ora di creazione;reparto;gruppo;origine;codice riunione;durata riunione;durata della riunione;tempo medio di partecipazione;codice fiscale"},
		{colOther, "en", Zoom, "recording consent;disclaimer response;recording disclaimer response"},
		{colOther, "it", Zoom, "consenso alla registrazione;risposta di esclusione di responsabilita per la registrazione"},
		{colOther, "en", BigBlueButton, "activity score;talk time;webcam time;poll votes;raise hands;messages;reactions;emojis"},
		{colOther, "it", BigBlueButton, "punteggio attivita;tempo di conversazione;tempo webcam;voti sondaggio;alzate di mano;messaggi;reazioni"},
	} {
		for word := range strings.SplitSeq(v.words, ";") {
			out[word] = term{v.col, v.lang, v.kind}
		}
	}
	return out
})

// place is a column of a table: where it is, and what its heading says of its cells.
type place struct {
	index int
	unit  time.Duration  // of plain numbers; 0 where not said
	zone  *time.Location // of times; nil where not said
}

// meaning reads a heading: what it means, and the unit or zone at its end.
func meaning(heading string) (term, place) {
	if heading == "" || len(heading) > 200 || isDigit(heading[0]) || strings.Contains(heading, "@") {
		return term{}, place{}
	}
	words, p := lms.Fold(heading), place{index: -1}
	for {
		if t, ok := vocabulary()[words]; ok {
			return t, p
		}
		rest, ok := p.take(words)
		if !ok {
			return term{}, p
		}
		words = rest
	}
}

// take notes a unit or zone at the end of a heading, and gives what stands before it.
func (p *place) take(words string) (rest string, ok bool) {
	i := strings.LastIndexByte(words, ' ')
	if i < 0 {
		return "", false
	}
	switch words[i+1:] {
	case "utc", "gmt", "z":
		p.zone = time.UTC
	case "minutes", "minuti", "min", "minute":
		p.unit = time.Minute
	case "seconds", "secondi", "sec", "second":
		p.unit = time.Second
	case "hours", "ore", "hh", "mm", "ss", "locale", "local", "time", "ora", "optional", "facoltativo":
	default:
		return "", false
	}
	return words[:i], true
}
