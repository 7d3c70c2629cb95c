package foreign

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/shapefiles"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

// places is a shapefile of triangles with a table.
func places(count int, table []byte, more map[string][]byte) File {
	var records [][]byte
	for i := range count {
		x := float64(i)
		records = append(records, shapefiles.Polygon([][][2]float64{{{x, 0}, {x, 1}, {x + 1, 0}, {x, 0}}}))
	}
	beside := map[string][]byte{"prj": []byte(`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`), "dbf": table}
	for extension, text := range more {
		beside[extension] = text
	}
	return shapefile(shapefiles.Shapes(records), beside)
}

func encoded(t *testing.T, page *charmap.Charmap, text string) string {
	t.Helper()
	b, err := page.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheTextsOfATableAreReadAsItSaysAndNeverGuessed(t *testing.T) {
	cyrillic, hebrew := encoded(t, charmap.Windows1251, "Схід"), encoded(t, charmap.Windows1255, "מזרח")
	dos, arabic := encoded(t, charmap.CodePage866, "Восток"), encoded(t, charmap.Windows1256, "شرق")
	for name, c := range map[string]struct {
		text, cpg, asked, want, note string
		driver                       byte
	}{
		"cpg":               {text: cyrillic, cpg: "ANSI 1251", want: "Схід", note: "ANSI 1251, as its .cpg says"},
		"cpg goes first":    {text: hebrew, cpg: "windows-1255\r\n", driver: 0xc9, want: "מזרח", note: "windows-1255, as its .cpg says"},
		"asked goes first":  {text: arabic, cpg: "UTF-8", asked: "CP1256", want: "شرق", note: "CP1256, as asked"},
		"header":            {text: dos, driver: 0x65, want: "Восток", note: "code page 866, as its header says"},
		"header of GDAL":    {text: cyrillic, cpg: "LDID/201", want: "Схід", note: "code page 1251, as its .cpg says"},
		"all of it UTF-8":   {text: "Схід", driver: 0x57, want: "Схід", note: "UTF-8, as all of them can be"},
		"nothing but ASCII": {text: "East", cpg: "no such encoding", want: "East"},
	} {
		more := map[string][]byte{}
		if c.cpg != "" {
			more["cpg"] = []byte(c.cpg)
		}
		file := places(1, shapefiles.Table(c.driver, 1, shapefiles.Column{Name: "NAME", Kind: 'C', Size: 20, Values: []string{c.text}}), more)
		all, _, notes := readAll(t, file, Options{Encoding: c.asked})
		if len(all) != 1 || values(t, all[0])["NAME"] != c.want || strings.Join(notes, "\n") != strings.TrimSuffix("the texts of the .dbf are read as "+c.note, "the texts of the .dbf are read as ") {
			t.Errorf("%s: %v %v", name, values(t, all[0]), notes)
		}
	}
	for name, c := range map[string]struct {
		text, cpg, asked string
		driver           byte
	}{
		"nobody says it": {text: cyrillic}, "the machine's own": {text: cyrillic, driver: 0x57}, "the machine's own, by GDAL": {text: cyrillic, cpg: "LDID/87"},
		"wrong cpg": {text: cyrillic, cpg: "UTF-8"}, "unknown cpg": {text: cyrillic, cpg: "Klingon"}, "unknown asked": {text: cyrillic, asked: "12345"}, "holes in the page": {text: "\x98", cpg: "1251"},
	} {
		more := map[string][]byte{}
		if c.cpg != "" {
			more["cpg"] = []byte(c.cpg)
		}
		bad := refusal(t, places(1, shapefiles.Table(c.driver, 1, shapefiles.Column{Name: "NAME", Kind: 'C', Size: 20, Values: []string{c.text}}), more), Options{Encoding: c.asked})
		if bad.Rule != "encoding" || !strings.Contains(bad.Detail, "--encoding NAME") {
			t.Errorf("%s: %v", name, bad)
		}
	}
}

func TestValuesOfATableHaveTheirTypes(t *testing.T) {
	table := shapefiles.Table(0, 2,
		shapefiles.Column{Name: "N", Kind: 'N', Size: 10, Decimals: 0, Values: []string{"        -7", "**********"}}, shapefiles.Column{Name: "LONG", Kind: 'N', Size: 20, Decimals: 0, Values: []string{"12345678901234567890", ""}},
		shapefiles.Column{Name: "REAL", Kind: 'N', Size: 12, Decimals: 3, Values: []string{"   1234.500", ""}}, shapefiles.Column{Name: "F", Kind: 'F', Size: 20, Decimals: 11, Values: []string{"1.50000000000e+003", "x"}},
		shapefiles.Column{Name: "D", Kind: 'D', Size: 8, Decimals: 0, Values: []string{"20250301", "00000000"}}, shapefiles.Column{Name: "L", Kind: 'L', Size: 1, Decimals: 0, Values: []string{"T", "?"}}, shapefiles.Column{Name: "L2", Kind: 'L', Size: 1, Decimals: 0, Values: []string{"n", " "}},
		shapefiles.Column{Name: "I", Kind: 'I', Size: 4, Decimals: 0, Values: []string{"\xfe\xff\xff\xff", "\x01\x00\x00\x00"}}, shapefiles.Column{Name: "O", Kind: 'O', Size: 8, Decimals: 0, Values: []string{"\x00\x00\x00\x00\x00\x00\xf8\x3f", "\x00\x00\x00\x00\x00\x00\xf8\x7f"}},
		shapefiles.Column{Name: "AT", Kind: '@', Size: 8, Decimals: 0, Values: []string{"\x8c\x3d\x25\x00\xe8\x03\x00\x00", "\x00\x00\x00\x00\x00\x00\x00\x00"}}, shapefiles.Column{Name: "MEMO", Kind: 'M', Size: 10, Decimals: 0, Values: []string{"1", "2"}},
		shapefiles.Column{Name: "C", Kind: 'C', Size: 6, Decimals: 0, Values: []string{" a", ""}}, shapefiles.Column{Name: "C", Kind: 'C', Size: 6, Decimals: 0, Values: []string{"b", "  "}})
	all, _, notes := readAll(t, places(2, table, nil), Options{})
	want := []map[string]any{
		{"N": -7.0, "LONG": 12345678901234567890.0, "REAL": 1234.5, "F": 1500.0, "D": "2025-03-01", "L": true, "L2": false, "I": -2.0, "O": 1.5, "AT": "1970-01-01T00:00:01Z", "C": " a", "C_2": "b"},
		{"N": nil, "LONG": nil, "REAL": nil, "F": "x", "D": nil, "L": nil, "L2": nil, "I": 1.0, "O": nil, "AT": nil, "C": nil, "C_2": nil},
	}
	for i, f := range all {
		got := values(t, f)
		if len(got) != len(want[i]) {
			t.Error(got)
		}
		for name, value := range want[i] {
			if got[name] != value {
				t.Errorf("record %d: %s is %v, not %v", i, name, got[name], value)
			}
		}
	}
	said := strings.Join(notes, "\n")
	for _, want := range []string{`called "C": the second is kept as "C_2"`, `"F" holds numbers`, `MEMO ('M')`} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
}

func TestATextThatIsCutWithinACharacterLosesOnlyThat(t *testing.T) {
	table := shapefiles.Table(0, 1, shapefiles.Column{Name: "NAME", Kind: 'C', Size: 5, Decimals: 0, Values: []string{"Схід"}})
	all, _, notes := readAll(t, places(1, table, map[string][]byte{"cpg": []byte("UTF-8")}), Options{})
	if len(all) != 1 || values(t, all[0])["NAME"] != "Сх" || !strings.Contains(strings.Join(notes, "\n"), "within a character, which is left out: 1") {
		t.Error(all, notes)
	}
}

func TestATextOfMoreThan255BytesIsWhole(t *testing.T) {
	long := strings.Repeat("abcdefghi ", 30)
	table := shapefiles.Table(0, 1, shapefiles.Column{Name: "LONG", Kind: 'C', Size: 300, Decimals: 1, Values: []string{long}}, shapefiles.Column{Name: "N", Kind: 'N', Size: 3, Decimals: 0, Values: []string{"7"}})
	table[32+16] = 300 - 256
	all, _, _ := readAll(t, places(1, table, nil), Options{})
	if v := values(t, all[0]); v["LONG"] != strings.TrimRight(long, " ") || v["N"] != 7.0 {
		t.Error(v)
	}
}

func TestATableThatDoesNotFitIsRefused(t *testing.T) {
	table := shapefiles.Table(0, 2, shapefiles.Column{Name: "N", Kind: 'N', Size: 3, Decimals: 0, Values: []string{"1", "2"}})
	claims := bytes.Clone(table)
	claims[4], claims[5], claims[6], claims[7] = 0xff, 0xff, 0xff, 0xff
	wide := bytes.Clone(table)
	wide[32+16] = 200
	for name, c := range map[string]struct {
		table []byte
		rule  string
	}{
		"one too few": {shapefiles.Table(0, 1, shapefiles.Column{Name: "N", Kind: 'N', Size: 3, Decimals: 0, Values: []string{"1"}}), "record-count"}, "claims": {claims, "truncated"}, "wide": {wide, "truncated"},
		"short": {table[:20], "truncated"}, "cut": {table[:len(table)-3], "truncated"}, "nothing": {nil, "truncated"},
	} {
		if bad := refusal(t, places(2, c.table, nil), Options{}); bad.Rule != c.rule {
			t.Errorf("%s: %v", name, bad)
		}
	}
}

func TestAShapefileThatLiesAboutItsLengthIsRefused(t *testing.T) {
	good := shapefiles.Polygon([][][2]float64{{{0, 0}, {0, 1}, {1, 0}, {0, 0}}})
	parts, points, order, kind := bytes.Clone(good), bytes.Clone(good), bytes.Clone(good), bytes.Clone(good)
	parts[36], parts[39] = 0xff, 0x7f
	points[40], points[43] = 0xff, 0x7f
	order[44] = 3
	kind[0] = 77
	for name, content := range map[string][]byte{"parts": parts, "points": points, "order": order, "kind": kind, "short": good[:50], "box": good[:20]} {
		if bad := refusal(t, inMemory("a.shp", shapefiles.Shapes([][]byte{good, content})), Options{}); bad.Rule != "shape" || bad.Place != "record 2" {
			t.Errorf("%s: %v", name, bad)
		}
	}
	whole := shapefiles.Shapes([][]byte{good, good})
	if bad := refusal(t, inMemory("a.shp", whole[:len(whole)-8]), Options{}); bad.Rule != "truncated" {
		t.Error(bad)
	}
	whole[104], whole[105] = 0x7f, 0xff
	if bad := refusal(t, inMemory("a.shp", whole), Options{}); bad.Rule != "truncated" || bad.Place != "byte 100" {
		t.Error(bad)
	}
}

func TestWhatIsWrittenAsAShapefileIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(1, 5).Draw(t, "features")
		page := rapid.SampledFrom([]string{"UTF-8", "windows-1251", "cp866"}).Draw(t, "encoding")
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aZ09 _ЯжЁ")), 0, 12, -1)
		name, number, real := shapefiles.Column{Name: "NAME", Kind: 'C', Size: 40}, shapefiles.Column{Name: "N", Kind: 'N', Size: 18}, shapefiles.Column{Name: "R", Kind: 'F', Size: 30, Decimals: 5}
		var records [][]byte
		var texts []string
		var whole []int64
		var reals []float64
		for i := range count {
			texts = append(texts, strings.TrimRight(text.Draw(t, "text"), " "))
			whole = append(whole, rapid.Int64Range(-1e15, 1e15).Draw(t, "whole"))
			reals = append(reals, rapid.Float64Range(-1e9, 1e9).Draw(t, "real"))
			coded := texts[i]
			if e, _ := encodingOf(page); e != nil {
				coded, _ = e.NewEncoder().String(coded)
			}
			name.Values, number.Values, real.Values = append(name.Values, coded), append(number.Values, fmt.Sprintf("%18d", whole[i])), append(real.Values, fmt.Sprintf("%30.17g", reals[i]))
			rings, around := nestedRings(t)
			records = append(records, shapefiles.Polygon(scattered(t, rings, around, true)))
		}
		file := shapefile(shapefiles.Shapes(records), map[string][]byte{"dbf": shapefiles.Table(0, count, name, number, real), "cpg": []byte(page), "prj": []byte(`GEOGCS["WGS 84",DATUM["WGS_1984"],UNIT["degree",0.0174532925199433]]`)})
		source, err := Open(t.Context(), file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		i := 0
		for f, err := range source.features {
			want := any(texts[i])
			if want == "" {
				want = nil
			}
			if err != nil || f.Properties[0].Value != want || f.Properties[1].Value != whole[i] || math.Abs(f.Properties[2].Value.(float64)-reals[i]) > 0 {
				t.Fatalf("%v %v, not %q %d %v", err, f.Properties, texts[i], whole[i], reals[i])
			}
			i++
		}
		if i != count {
			t.Fatalf("%d of %d features", i, count)
		}
	})
}

func TestACpgThatCanBeALieIsDoubted(t *testing.T) {
	for name, doubted := range map[string]bool{"utf8": true, "cp1251": false} {
		beside := map[string][]byte{"cpg": []byte("1251")}
		for _, extension := range []string{"dbf", "prj", "shp"} {
			b, err := os.ReadFile("testdata/shapefile/" + name + "." + extension)
			if err != nil {
				t.Fatal(err)
			}
			beside[extension] = b
		}
		for _, asked := range []string{"", "windows-1251"} {
			source, err := Open(t.Context(), shapefile(beside["shp"], beside), Options{Encoding: asked})
			if err != nil {
				t.Fatal(err)
			}
			if said := strings.Contains(strings.Join(source.Notes, "\n"), "--encoding UTF-8"); said != (doubted && asked == "") {
				t.Errorf("%s, %q: %q", name, asked, source.Notes)
			}
		}
	}
}
