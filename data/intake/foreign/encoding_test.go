package foreign

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func TestUTF16IsReadWithoutAMarkToo(t *testing.T) {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		for _, text := range []string{oneFeature + "\n" + oneFeature, "WKT,H\n\"POLYGON ((10 20,10.5 20,10.5 20.5,10 20))\",Nordé\n\"POLYGON ((10 20,10.5 20,10.5 20.5,10 20))\",Північ\n"} {
			wide, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			all, report := features(t, inMemory("f", []byte(wide)), Options{})
			if len(all) != 2 || report.Err() != nil || !strings.Contains(string(all[0].Properties), "Nord") {
				t.Errorf("%v %v", all, report)
			}
			source, err := Open(t.Context(), inMemory("f", []byte(wide)), Options{})
			if err != nil || len(source.Wrapped) != 1 || !strings.Contains(source.Notes[0], "UTF-16") {
				t.Errorf("%v %v", source, err)
			}
		}
	}
}

func TestOtherEncodingsAreRefusedWithTheirPlace(t *testing.T) {
	for name, words := range map[string]struct {
		page *charmap.Charmap
		text string
	}{"Windows-1251": {charmap.Windows1251, "Схід"}, "Windows-1252": {charmap.Windows1252, "Nordé"}, "Windows-1256": {charmap.Windows1256, "شمال"}, "Windows-1255": {charmap.Windows1255, "צפון"}} {
		for _, text := range []string{
			`{"type":"FeatureCollection","features":[` + "\n" + strings.Replace(oneFeature, "Nord", "\x00", 1) + "]}",
			oneFeature + "\n" + strings.Replace(oneFeature, "Nord", "\x00", 1), "WKT,H\nPOINT(1 2),\x00\n",
			`{"type":"Topology",` + "\n" + `"objects":{"` + "\x00" + `":{"type":null}},"arcs":[]}`, `{"geometryType":"esriGeometryPoint",` + "\n" + `"features":[{"attributes":{"a":"` + "\x00" + `"}}]}`,
		} {
			at := strings.Index(text, "\x00")
			byCodePage, err := words.page.NewEncoder().String(words.text)
			if err != nil {
				t.Fatal(err)
			}
			first := strings.IndexFunc(byCodePage, func(r rune) bool { return r > '~' }) // its first byte beyond ASCII
			bad := refusal(t, inMemory(name, []byte(strings.Replace(text, "\x00", byCodePage, 1))), Options{})
			if want := "line 2, byte " + strconv.Itoa(at+first); bad.Rule != "encoding" || bad.Place != want || !strings.Contains(bad.Detail, "iconv") {
				t.Errorf("%s: %v, not at %s", name, bad, want)
			}
		}
	}
}

// Law: a text passes as it is however it is cut, and one byte that makes it none is found.
func TestLawWhatIsNoUTF8IsFoundHoweverItIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zé€😀\n]{0,40}`).Draw(t, "text")
		halved := rapid.Bool().Draw(t, "one byte at a time")
		read := func(text string) (string, error) {
			in := &input{File: File{Name: "f"}, body: strings.NewReader(text)}
			if halved {
				in.body = iotest.OneByteReader(in.body)
			}
			got, err := io.ReadAll(in.text(t.Context()))
			return string(got), err
		}
		if got, err := read(text); got != text || err != nil {
			t.Fatalf("%q is read as %q, %v", text, got, err)
		}
		at := 0
		for i := range text {
			if at = i; rapid.Bool().Draw(t, "here") {
				break
			}
		}
		_, err := read(text[:at] + "\xe9" + text[at:])
		if want := "byte " + strconv.Itoa(at); err == nil || !strings.Contains(err.Error()+":", want+":") {
			t.Fatalf("%v is not at %s", err, want)
		}
	})
}
