package attendance

import (
	"slices"
	"strings"
	"sync"
)

// diminutives are short and familiar forms of given names, folded, with the names they stand for.
var diminutives = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(`
alessandro ale alex sandro
alessandra ale alex sandra
alfonso fonso fofo
andrea andre
angela angy angelina
angelo angelino
anna annina annarella
annamaria anna
antonella anto nella
antonia tonia anto
antonio toni tony tonino anto totò nino
barbara barbi babi
bartolomeo bortolo meo
beatrice bea bice
benedetta benny
bernardo dino
camilla cami milla
carlo carletto carlino
carmela carmen melina
caterina cate katia rina
cecilia ceci
chiara chiaretta
claudia cla
claudio cla
concetta cetta tina
cristina cri cris tina
cristian cri chris
daniela dani
daniele dani
davide dade
domenico mimmo mimi nico menico
donatella dona
edoardo edo
elena lena ele
eleonora ele nora
elisabetta betta lisa ely eli
elisa eli ely
emanuela manu manuela
emanuele manu lele
enrico rico
ernesto erni
eugenio genio
federica fede
federico fede
filippo pippo
fiorella fiore
francesca franca francy fra checca
francesco franco fra ciccio cesco checco
gabriele gabri lele
gabriella gabri gabry
gaetano tano
gennaro rino
giacomo giaco mino
giampaolo paolo
gianfranco gianni franco
gianluca luca gianlu
gianmarco marco
giorgio giorgino
giovanna gianna vanna gio
giovanni gianni giò gio nanni
girolamo momo
giulia giuli giulietta
giuliana giuli
giuseppe beppe peppe pino pippo geppe bepi beppino
giuseppina pina giusy giusi pinuccia
grazia graziella
graziano ziano
guglielmo gugli memo
ignazio nazio
ilaria ila
isabella isa bella
jacopo jack
laura lauretta
leonardo leo nardo
lorenzo renzo lore
luca lu
lucia lucy
luciana lu
luigi gigi gino luigino
luigia gina luisa
maddalena lena magda
manuela manu
marcello celo
marco marcolino
margherita marghe rita greta
maria mary mariuccia mariella
mariarosa rosa mary
mario mariuccio
massimiliano max massimo
massimo max massi
matteo teo matte
mattia matti
maurizio mauri
michela miki michi
michele miki michi lino
monica moni mony
nicola nico nick
nicolo nico
ottavio tavio
paola paoletta
paolo paolino
pasquale lino pasqualino
patrizia patty patri
piergiorgio piero giorgio
pierluigi piero gigi pigi
pietro piero
raffaele raf lele raffa
raffaella raffa lella
riccardo ricky richi ric
roberta roby robi
roberto roby robi berto
rosa rosetta rosina
rosanna rosa anna
salvatore totò toto salvo turi tore sasà
sebastiano seba bastiano nello
serena sere
silvia silvietta
simona simo
simone simo
stefania stefy ste
stefano ste stefanino
susanna susi susy
teresa tere teresina
tommaso tom tommy maso
umberto berto
valentina vale
valentino vale
valeria vale
valerio vale
vincenza enza
vincenzo enzo vince cenzo
virginia ginia
vittoria vicky
vittorio vito
`), "\n") {
		words := tokens(line)
		for _, short := range words[1:] {
			out[short] = append(out[short], words[0])
		}
	}
	return out
})

// diminutive says whether one of two given names is a familiar form of the other, or both are of the same.
func diminutive(a, b string) bool {
	of := diminutives()
	if slices.Contains(of[a], b) || slices.Contains(of[b], a) {
		return true
	}
	return slices.ContainsFunc(of[a], func(n string) bool { return slices.Contains(of[b], n) })
}
