package foreign

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/demarc-map/demarc/geojson"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// chooseEncoding finds how the texts of the table are written: as asked, as the .cpg
// says, as the byte in the header says, or as UTF-8 where all of it is that.
func (t *dbf) chooseEncoding(driver byte) error {
	name, said := t.in.Encoding, "as asked"
	asked := name != "" // by a person who knows
	if name == "" {
		cpg, err := t.in.beside("cpg")
		if err != nil {
			return err
		}
		name, said = strings.TrimSpace(string(bytes.TrimPrefix(cpg, []byte("\ufeff")))), "as its .cpg says"
		if number, ok := strings.CutPrefix(strings.ToUpper(name), "LDID/"); ok { // as GDAL writes it
			value, _ := strconv.ParseUint(number, 10, 8)
			name = driverPage(byte(value))
		}
	}
	text := t.text()
	if ascii(text) {
		return nil
	}
	if name == "" {
		name, said = driverPage(driver), "as its header says"
	}
	if name == "" {
		if !utf8.Valid(text) {
			return t.wrong("encoding", "", "its texts are neither ASCII nor UTF-8, and no .cpg beside it says how they are written; say it with --encoding NAME, such as windows-1251 (Cyrillic), windows-1255 (Hebrew) or windows-1256 (Arabic)")
		}
		name, said = "UTF-8", "as all of them can be"
	}
	var ok bool
	if t.encoding, ok = encodingOf(name); !ok {
		return t.wrong("encoding", "", fmt.Sprintf("%q is an encoding that is not known (%s); give one with --encoding NAME, such as windows-1251 or UTF-8", geojson.Clip(name, 60), said))
	}
	t.called = name
	t.in.note("the texts of the .dbf are read as %s, %s", geojson.Clip(name, 60), said)
	if !asked && t.encoding != nil && utf8.Valid(text) { // which texts of another encoding hardly ever are
		t.in.note("the texts of the .dbf are UTF-8, too, which is likelier: where names look wrong, --encoding UTF-8 reads them so")
	}
	return nil
}

// text is all text of the table, names of columns too, a line each.
func (t *dbf) text() []byte {
	var all bytes.Buffer
	for _, f := range t.fields {
		all.Write(f.raw)
		all.WriteByte('\n')
	}
	for i := range t.count {
		for _, f := range t.fields {
			if f.kind == 'C' {
				all.Write(t.records[i*t.size+f.at:][:f.size])
				all.WriteByte('\n')
			}
		}
	}
	return all.Bytes()
}

func ascii(text []byte) bool {
	return !bytes.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// decode reads a text of the table. One of UTF-8 may be cut within its last character.
func (t *dbf) decode(b []byte) (string, error) {
	if t.encoding != nil {
		text, err := t.encoding.NewDecoder().Bytes(b)
		if err != nil {
			return "", err
		}
		if bytes.ContainsRune(text, utf8.RuneError) {
			return "", fmt.Errorf("%q is no text in %s; give its encoding with --encoding NAME", b, t.called)
		}
		return string(text), nil
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	for short := 1; short < utf8.UTFMax && short < len(b); short++ {
		start := b[len(b)-short:]
		if utf8.RuneStart(start[0]) && !utf8.FullRune(start) && utf8.Valid(b[:len(b)-short]) {
			t.cut++
			return string(b[:len(b)-short]), nil
		}
	}
	return "", fmt.Errorf("%q is no text in UTF-8; give its encoding with --encoding NAME", b)
}

// pageNumber is the number of a code page among what stands around it: "1251",
// "CP1251", "ANSI 1256", "OEM 866", "windows-1255".
var pageNumber = regexp.MustCompile(`^(?:code page|cp|ansi|oem|windows|ms|ibm|dos|-|_| |/)*(\d+)$`)

// latinNumber is one of ISO 8859, as .cpg files call it: "ISO 88591", "8859_1".
var latinNumber = regexp.MustCompile(`^(?:iso|-|_| )*8859[-_ ]*(\d{1,2})$`)

// encodingOf finds an encoding by any of the names that .cpg files have; nil for
// UTF-8.
func encodingOf(name string) (e encoding.Encoding, ok bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "utf-8", "utf8", "65001", "cp65001", "unicode", "ascii", "us-ascii":
		return nil, true
	case "big5", "big-5":
		return traditionalchinese.Big5, true
	case "gbk", "gb2312":
		return simplifiedchinese.GBK, true
	case "sjis", "shift-jis", "shift_jis":
		return japanese.ShiftJIS, true
	}
	if number := latinNumber.FindStringSubmatch(name); number != nil {
		name = "iso-8859-" + number[1]
	} else if number := pageNumber.FindStringSubmatch(name); number != nil {
		e, ok := codePage(number[1])
		return e, ok
	}
	e, err := ianaindex.IANA.Encoding(name)
	if err != nil || e == nil || strings.HasPrefix(name, "utf-") {
		return nil, false
	}
	return e, true
}

// codePage finds a code page of DOS or Windows by its number.
func codePage(number string) (encoding.Encoding, bool) {
	switch number {
	case "932":
		return japanese.ShiftJIS, true
	case "936":
		return simplifiedchinese.GBK, true
	case "949":
		return korean.EUCKR, true
	case "950":
		return traditionalchinese.Big5, true
	case "54936":
		return simplifiedchinese.GB18030, true
	case "20866":
		return charmap.KOI8R, true
	case "21866":
		return charmap.KOI8U, true
	case "10000":
		return charmap.Macintosh, true
	case "10007":
		return charmap.MacintoshCyrillic, true
	case "874":
		return charmap.Windows874, true
	}
	for _, e := range charmap.All {
		if m, ok := e.(*charmap.Charmap); ok {
			called := strings.ToLower(m.String())
			if called == "windows "+number || called == "ibm code page "+number {
				return e, true
			}
		}
	}
	return nil, false
}
