package web

import (
	"bytes"
	"crypto/rand"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// slowly reads as a client behind a thin line does.
func slowly(t *testing.T, url string, header ...string) []byte {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{Control: smallBuffer}).DialContext, DisableCompression: true}}
	defer client.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(header) == 2 {
		r.Header.Set(header[0], header[1])
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var got bytes.Buffer
	for {
		n, err := io.CopyN(&got, answer.Body, 512<<10)
		if err == io.EOF {
			return got.Bytes()
		}
		if err != nil {
			t.Fatalf("after %d bytes: %v", int64(got.Len())+n, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func TestASlowReaderGetsTheWholeOfAFile(t *testing.T) {
	site := bare(t, &bytes.Buffer{})
	file := make([]byte, 12<<20) // more than the buffers of a connection
	_, _ = rand.Read(file)
	front := httptest.NewUnstartedServer(site.Handler("/", Methods{Get: func(*http.Request) (*Answer, error) {
		return &Answer{Body: site.Body(file), ContentType: "application/octet-stream", Cache: CacheLive, Download: true, Packed: true}, nil
	}}))
	front.Config.WriteTimeout = 500 * time.Millisecond // of the 2.4 s that the reader takes
	front.Start()
	defer front.Close()
	if got := slowly(t, front.URL); !bytes.Equal(got, file) {
		t.Errorf("%d of %d bytes", len(got), len(file))
	}
	if got := slowly(t, front.URL, "Range", "bytes=1-"); !bytes.Equal(got, file[1:]) {
		t.Errorf("in part: %d of %d bytes", len(got), len(file)-1)
	}
}
