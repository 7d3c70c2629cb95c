package data_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/demarc-map/demarc/data"
)

func TestASnapshotIsReadBackFromItsCanonicalBytes(t *testing.T) {
	want, err := embedded().Canonical()
	if err != nil {
		t.Fatal(err)
	}
	again, err := data.ReadCanonical(context.Background(), embedded().Name(), want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := again.Canonical()
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("other bytes: %v", err)
	}
	if len(again.Epochs) != len(embedded().Epochs) || len(again.Zones) != len(embedded().Zones) {
		t.Error("other contents")
	}
}

func TestBytesThatAreNotThoseOfTheNameAreRefusedByName(t *testing.T) {
	text, err := embedded().Canonical()
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(text, []byte("34."), []byte("33."), 1)
	for what, c := range map[string]struct {
		name string
		text []byte
	}{
		"a coordinate is changed":                   {embedded().Name(), changed},
		"nothing is there":                          {embedded().Name(), nil},
		"the facts are right and the bytes are not": {data.NameOf(append([]byte(" "), text...)), append([]byte(" "), text...)},
	} {
		if _, err := data.ReadCanonical(context.Background(), c.name, c.text); !errors.Is(err, data.ErrTampered) || !bytes.Contains([]byte(err.Error()), []byte(c.name)) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAFolderInMemoryReadsLikeOneOnDisk(t *testing.T) {
	files := data.Files{"a.json": []byte("{}"), "b.json": []byte("[]")}
	for name, text := range files {
		if got, err := fs.ReadFile(files, name); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	if _, err := files.Open("c.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// The embedded dataset as version 0.1.0 published it: members and rules that came
// later change neither its name nor that it is read.
func TestASnapshotOfAnEarlierVersionKeepsItsName(t *testing.T) {
	text, err := os.ReadFile("testdata/gaza-0.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := data.ReadCanonical(context.Background(), "sha256:2f5c4e04c8cc86d596e46320ce14ddec54bc3c4610fc2cc0b9d575f37f05b762", text)
	if err != nil {
		t.Fatal(err)
	}
	share, err := s.Share(context.Background(), data.Query{AsOf: date(t, "2026-01-20")})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "percent", share.Percent, 53.138, 0.0005)
}
