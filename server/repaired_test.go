package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// doors post a body in which something is repaired, each where it is asked for.
func doors(times int) map[string]string {
	clockwise := `{"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":[[[34.3,31.3],[34.3,31.4],[34.4,31.4],[34.4,31.3],[34.3,31.3]]]}}`
	return map[string]string{
		"/v1/gaza/share": `{"type":"FeatureCollection","features":[` + strings.Repeat(clockwise+",", times-1) + clockwise + `]}`,
		"/v1/gaza/split": `{"type":"LineString","coordinates":[[34.3,31.2],[34.3,31.2],[34.4,31.6]]}`,
	}
}

type repairedAnswer struct {
	Repairs []struct{ File, Feature, Rule, Place, Detail string }
	LeftOut int `json:"repairs_left_out"`
}

func TestEveryDoorSaysWhatItRepaired(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for path, body := range doors(1) {
		response, text := post(t, url+path, body)
		var got repairedAnswer
		if err := json.Unmarshal(text, &got); err != nil || response.StatusCode != 200 {
			t.Fatal(path, response.StatusCode, string(text), err)
		}
		if len(got.Repairs) != 1 || got.Repairs[0].File != "body" || got.Repairs[0].Detail == "" || got.LeftOut != 0 {
			t.Errorf("%s: %+v", path, got)
		}
	}
	response, text := post(t, url+"/v1/gaza/share", doors(250)["/v1/gaza/share"])
	var got repairedAnswer
	if err := json.Unmarshal(text, &got); err != nil || response.StatusCode != 200 {
		t.Fatal(response.StatusCode, string(text), err)
	}
	if len(got.Repairs) != 100 || got.LeftOut != 150 || got.Repairs[99].Feature != "#99" {
		t.Errorf("%d repairs, %d left out", len(got.Repairs), got.LeftOut)
	}
	for path, body := range map[string]string{
		"/v1/gaza/at":    `{"type":"Point","coordinates":[34.35,31.35]}`,
		"/v1/gaza/share": `{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.4],[34.3,31.3]]]}`,
	} {
		if response, text := post(t, url+path, body); response.StatusCode != 200 || bytes.Contains(text, []byte("repairs")) {
			t.Errorf("%s: nothing was repaired: %d %s", path, response.StatusCode, text)
		}
	}
}

func TestAPublicationSaysWhatItRepaired(t *testing.T) {
	d := newDesk(t)
	token, secret := server.NewToken("desk-one", []string{"gaza"}, served.Noon)
	d.tokens = []server.Token{token}
	const corner = "[34.50889,31.55203]"
	status, text := d.send(t, "POST", "/publish/gaza", secret, packed(t, edited(t, "zones.geojson", corner, corner+","+corner)))
	var got repairedAnswer
	if err := json.Unmarshal([]byte(text), &got); err != nil || status != 200 {
		t.Fatal(status, text, err)
	}
	if len(got.Repairs) != 1 || got.Repairs[0].File != "zones.geojson" || got.Repairs[0].Rule != "repeated-point" {
		t.Errorf("%s", text)
	}
}

func TestABodyThatTakesTooManyStepsIsRefusedWithItsPlace(t *testing.T) {
	var fan strings.Builder
	fan.WriteString(`{"type":"Polygon","coordinates":[[[30,30],[40,30],[40,40],[30,40],[30,30]]`)
	for i := range 9000 { // holes that touch each other in one point, so that every pair is compared
		x := 31 + float64(i)/1000
		fmt.Fprintf(&fan, `,[[30.5,30.5],[%v,39],[%v,39],[30.5,30.5]]`, x, x+.0005)
	}
	fan.WriteString(`]}`)
	response, text := post(t, served.Gaza(t, server.Options{Timeout: time.Minute})+"/v1/gaza/share", fan.String()) // the budget ends it, not the clock
	if response.StatusCode != 422 || !bytes.Contains(text, []byte(`"rule":"too-complex"`)) || !bytes.Contains(text, []byte("near [30 30]")) {
		t.Errorf("%d %s", response.StatusCode, text)
	}
}
