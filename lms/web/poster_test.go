package web

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The poster of a webinar is one sheet of A4, also with as much text and as many speakers as it shows.
func TestPosterIsOneSheet(t *testing.T) {
	for _, name := range []string{"webinar_poster", "webinar_poster-3"} {
		ctx, _, _ := openSample(t, "webinar_poster", samplePages()[name])
		out, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true), GenerateTaggedPDF: new(true)})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(out.Data, -1)); n != 1 {
			t.Errorf("%s is %d sheets", name, n)
		}
		if box := regexp.MustCompile(`/MediaBox\s*\[\s*0 0 59[45][.\d]* 84[12]`); !box.Match(out.Data) {
			t.Errorf("%s is not on A4: %s", name, regexp.MustCompile(`/MediaBox[^\]]*`).Find(out.Data))
		}
		if dir := os.Getenv("AULA_SHOTS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), out.Data, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}
