package front

import (
	"testing"
)

func TestBlanksAreFilledInForEachReader(t *testing.T) {
	r := &Request{site: &Site{}, frame: &Frame{User: &FrameUser{Name: "Zoë <Rossi>", Initials: "ZR"}}}
	f, err := r.site.fragments.Get("k", func() (string, error) { return "<b>" + blankName + "</b>(" + blankInit + ")" + "\ue0ff.", nil })
	if err != nil {
		t.Fatal(err)
	}
	rendered := string(r.put(f))
	if got := string(r.sheet.Plain([]byte(rendered))); got != "<b>Zoë &lt;Rossi&gt;</b>(ZR)\ue0ff." {
		t.Error(got)
	}
	r.frame = &Frame{User: &FrameUser{Name: "Bo", Initials: "B"}}
	if got := string(r.sheet.Plain([]byte(r.put(f)))); got != "<b>Bo</b>(B)\ue0ff." {
		t.Error(got)
	}
}
