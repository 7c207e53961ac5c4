package certificate

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// xmp is the metadata of the file: what it conforms to, what it is called, who issued it, in which language and when. It says
// the same as the information dictionary.
func xmp(t texts) string {
	moment := t.moment.Format(time.RFC3339)
	alternative := func(s string) string {
		return `<rdf:Alt><rdf:li xml:lang="x-default">` + escaped(s) + `</rdf:li></rdf:Alt>`
	}
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" + `<x:xmpmeta xmlns:x="adobe:ns:meta/">` +
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n")
	about := func(prefix, space, format string, args ...any) {
		fmt.Fprintf(&b, `<rdf:Description rdf:about="" xmlns:%s="%s">`+format+"</rdf:Description>\n", append([]any{prefix, space}, args...)...)
	}
	about("pdfaid", "http://www.aiim.org/pdfa/ns/id/", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>")
	about("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", "<pdfuaid:part>1</pdfuaid:part>")
	about("dc", "http://purl.org/dc/elements/1.1/", "<dc:format>application/pdf</dc:format><dc:title>%s</dc:title>"+
		"<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>%s"+
		"<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>",
		alternative(title(t)), escaped(t.Issuer), identifier(t.Verify), t.words.tag)
	about("xmp", "http://ns.adobe.com/xap/1.0/", "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>", moment, moment)
	about("pdf", "http://ns.adobe.com/pdf/1.3/", "<pdf:Producer>%s</pdf:Producer>", producer)
	b.WriteString(extension + "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.String()
}

// identifier is the address by which a certificate is known; a booklet has none.
func identifier(address string) string {
	if address == "" {
		return ""
	}
	return "<dc:identifier>" + escaped(address) + "</dc:identifier>"
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}

// extension explains the identification of PDF/UA to readers of PDF/A, which allows no property that is not explained.
const extension = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
	` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
	`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">` +
	`<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>` +
	`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>` +
	`<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
	`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>` +
	`<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>` +
	`<pdfaProperty:description>The part of ISO 14289 that the document conforms to</pdfaProperty:description></rdf:li></rdf:Seq>` +
	`</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>` + "\n"
