package data_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// rowsInMemory hold rows for a test.
type rowsInMemory struct{ bytes.Buffer }

func (r *rowsInMemory) Reader() (io.Reader, error) { return &r.Buffer, nil }

func TestATableOfThingsHasAtMostAThousandPropertiesAndNoneTwice(t *testing.T) {
	thing := func(names int) *data.TallyThing {
		properties := map[string]jsontext.Value{"side": jsontext.Value(`"left"`)}
		for i := len(properties); i < names; i++ {
			properties[fmt.Sprint("p", i)] = jsontext.Value("1")
		}
		return &data.TallyThing{Thing: data.Thing{Geometry: orb.Point{}, Properties: properties}, Side: data.FreeSide}
	}
	for names, want := range map[int]error{1000: nil, 1001: data.ErrQuestion} {
		var out bytes.Buffer
		w, err := data.NewThingWriter("csv", &out, &rowsInMemory{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add(thing(names)); !errors.Is(err, want) {
			t.Errorf("%d properties: %v", names, err)
		}
		if want != nil {
			continue
		}
		if err := w.End(data.TallyEnd{Tally: &data.Tally{}}); err != nil || !bytes.Contains(out.Bytes(), []byte(",side_own\n")) {
			t.Errorf("%v %.200s", err, out.Bytes())
		}
	}
}
