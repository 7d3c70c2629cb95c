package server_test

import (
	"encoding/json"
	"net/url"
	"testing"
)

// Whatever stands in the parameters, the answer is a page that keeps its
// promises or a refusal that names one of them, and the next page of a page is
// a page.
func FuzzItems(f *testing.F) {
	_, s := oceanHandler(f)
	for _, seed := range [][5]string{
		{"178,0,-178,5", "2025-01-10T/..", "10", "0", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"},
		{"1e309,,-0,NaN", "../..", "+1", "-1", "EPSG:4326"},
		{"-180,-90,-1e308,180,90,1e308", "0001-01-01T00:00:00+23:59/9999-12-31T23:59:59-23:59", "18446744073709551616", "2147483648", ""},
		{"-3e7,-3e7,3e7,3e7", "/2025-02-30", "0x10", "1e3", "http://www.opengis.net/def/crs/EPSG/0/3857"},
		{"0,0,0,0", "2025-01-01t00:00:00z", "\x00", "٣", "<>"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	f.Fuzz(func(t *testing.T, bbox, datetime, limit, offset, crs string) {
		given := url.Values{"bbox": {bbox}, "datetime": {datetime}, "limit": {limit}, "offset": {offset}, "bbox-crs": {crs}, "crs": {crs}}
		for leftOut := range given { // each alone may be what refuses the others
			values := url.Values{}
			for name, v := range given {
				if name != leftOut {
					values[name] = v
				}
			}
			w := answers(t, s, "GET", "http://demarc.example"+oceanZones+"?"+values.Encode(), "")
			if w.Code == 400 {
				continue
			}
			var p featurePage
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 200 {
				t.Fatalf("%s: %d %v %.200s", values.Encode(), w.Code, err, w.Body)
			}
			if p.NumberReturned != len(p.Features) || p.NumberMatched < p.NumberReturned || p.NumberMatched > 137 {
				t.Fatalf("%s: %d of %d, said to be %d", values.Encode(), len(p.Features), p.NumberMatched, p.NumberReturned)
			}
			if next := p.next(); next != "" {
				if after := fetch(t, s, next); after.NumberMatched != p.NumberMatched || len(after.Features) == 0 {
					t.Fatalf("%s leads to %d of %d", next, len(after.Features), after.NumberMatched)
				}
			}
		}
	})
}
