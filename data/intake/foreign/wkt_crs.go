package foreign

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// wktNode is one KEYWORD["…", …] of the WKT of a coordinate system.
type wktNode struct {
	depth   int // 0 of the outermost
	keyword string
	values  []string // texts and numbers that are its own, in order
}

// longestWKT is how many bytes of a definition are looked at.
const longestWKT = 64 << 10

// wktNodes takes WKT 1 or 2 apart; nil where a text is none. It knows no keyword.
func wktNodes(text string) []wktNode {
	text = text[:min(len(text), longestWKT)]
	var nodes []wktNode
	var open []int // indexes of those that are not closed
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			end := strings.IndexByte(text[i+1:], '"')
			if end < 0 || len(open) == 0 {
				return nil
			}
			at := open[len(open)-1]
			nodes[at].values = append(nodes[at].values, text[i+1:i+1+end])
			i += end + 2
		case c == ']' || c == ')':
			if len(open) == 0 {
				return nil
			}
			open = open[:len(open)-1]
			i++
		case c == ',' || c <= ' ':
			i++
		default:
			end := strings.IndexAny(text[i:], "[(,]) \t\r\n\"")
			if end <= 0 {
				return nil
			}
			word := text[i : i+end]
			i += end
			if text[i] == '[' || text[i] == '(' {
				nodes = append(nodes, wktNode{len(open), strings.ToUpper(word), nil})
				open = append(open, len(nodes)-1)
				i++
			} else if len(open) > 0 {
				at := open[len(open)-1]
				nodes[at].values = append(nodes[at].values, word)
			}
		}
	}
	if len(open) > 0 || len(nodes) == 0 || nodes[0].depth != 0 {
		return nil
	}
	return nodes
}

// systemOfWKT names the system of a WKT. It is WGS 84 where it is geographic, in
// degrees from Greenwich, on that datum: authorities' codes are left out as often
// as not.
func systemOfWKT(nodes []wktNode) (name string, wgs84 bool) {
	top := nodes[0]
	if len(top.values) > 0 {
		name = top.values[0]
	}
	wgs84 = top.keyword == "GEOGCS" || top.keyword == "GEOGCRS" || top.keyword == "GEODCRS"
	datum := false
	for _, n := range nodes[1:] {
		if len(n.values) == 0 {
			continue
		}
		switch n.keyword {
		case "DATUM", "ENSEMBLE", "TRF", "GEODETICDATUM":
			datum = isDatumOfWGS84(n.values[0])
		case "PRIMEM", "PRIMEMERIDIAN":
			if v, err := number(n.values); err != nil || v != 0 {
				wgs84 = false
			}
		case "UNIT", "ANGLEUNIT":
			if v, err := number(n.values); n.depth == 1 && (err != nil || math.Abs(v-math.Pi/180) > 1e-8) {
				wgs84 = false
			}
		case "AUTHORITY", "ID":
			if n.depth == 1 && len(n.values) > 1 {
				if authority, code := strings.ToUpper(n.values[0]), n.values[1]; authority != "" && code != "" {
					if called := described(authority, code); strings.HasSuffix(called, name) {
						name = called
					} else {
						name = called + ", " + name
					}
					if authority == "EPSG" && (code == "4326" || code == "4979") {
						return name, true
					}
				}
			}
		}
	}
	return strings.TrimSuffix(name, ", "), wgs84 && datum
}

// number is the second value of a node.
func number(values []string) (float64, error) {
	if len(values) < 2 {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(values[1], 64)
}

// isDatumOfWGS84 knows the names of the datum.
func isDatumOfWGS84(name string) bool {
	switch strings.ToLower(strings.NewReplacer("_", " ", "-", " ").Replace(name)) {
	case "wgs 1984", "d wgs 1984", "wgs 84", "wgs84", "world geodetic system 1984", "world geodetic system 1984 ensemble":
		return true
	}
	return false
}

// described adds to a code what it stands for, of those that are met daily.
func described(authority, code string) string {
	name := authority + ":" + code
	number, err := strconv.Atoi(code)
	switch {
	case err != nil:
	case authority == "EPSG" && number > 32600 && number <= 32660:
		return fmt.Sprintf("%s, WGS 84 / UTM zone %dN", name, number-32600)
	case authority == "EPSG" && number > 32700 && number <= 32760:
		return fmt.Sprintf("%s, WGS 84 / UTM zone %dS", name, number-32700)
	case authority == "EPSG" && number == 3857, authority == "ESRI" && (number == 102100 || number == 102113):
		return name + ", WGS 84 / Pseudo-Mercator of web maps"
	}
	return name
}
