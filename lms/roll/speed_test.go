package roll_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/roll"
)

// A file of 20,000 people is read and applied within a minute. The test allows two: it may not have the machine to itself.
func TestAFileOfTwentyThousandPeople(t *testing.T) {
	o := newOffice(t)
	var file strings.Builder
	file.WriteString("cognome;nome;email;ufficio;categoria\n")
	for n := range 20_000 {
		fmt.Fprintf(&file, "Cognome%d;Nome;persona%d@ala.example;Ufficio %d;funzionario\n", n%900, n, n%40)
	}
	begin := time.Now()
	i := o.bring(o.referent, "persone.csv", file.String())
	checked := time.Since(begin)
	i = o.apply(o.referent, i.ID)
	took := time.Since(begin)
	t.Logf("20,000 people: read in %v, added in %v", checked.Round(time.Millisecond), (took - checked).Round(time.Millisecond))
	if i.State != roll.Applied || i.Count.New != 20_000 || took > 2*time.Minute {
		t.Errorf("%s %+v in %v", i.State, i.Count, took)
	}
}
