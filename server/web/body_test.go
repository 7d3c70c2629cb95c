package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// posted is a request with a body, from an address or from nobody.
func posted(body io.Reader, from string) *http.Request {
	r := httptest.NewRequest("POST", "/", struct{ io.Reader }{body})
	if from == "" {
		return r
	}
	return r.WithContext(context.WithValue(r.Context(), visitorKey{}, &visitor{client: clientOf(netip.MustParseAddr(from))}))
}

func letters(n int) io.Reader { return strings.NewReader(strings.Repeat("x", n)) }

func TestBodiesTogetherAreBoundedAndGivenBack(t *testing.T) {
	const each = 64 << 10
	b := newBodies(each, 0) // four of the largest
	var all []func()
	for {
		_, release, err := b.hold(posted(letters(each), ""))
		if err != nil {
			if !errors.Is(err, ErrBusy) {
				t.Errorf("beyond the bytes for all: %v", err)
			}
			release()
			break
		}
		all = append(all, release)
	}
	if len(all) < 2 || len(all) > 4 {
		t.Errorf("%d of the largest bodies are held", len(all))
	}
	for _, release := range all {
		release()
	}
	if held, _ := b.all.Held(); held != 0 || len(b.taken) != 0 || len(b.arriving) != 0 {
		t.Errorf("%d bytes, %d clients and %d bodies are left", held, len(b.taken), len(b.arriving))
	}
	for range 100 {
		r := posted(letters(each), "192.0.2.1")
		size, release, err := b.hold(r)
		text, _ := io.ReadAll(r.Body)
		if err != nil || size != each || len(text) != each {
			t.Fatalf("%d of %d bytes, %v", size, len(text), err)
		}
		release()
	}
	if _, release, err := b.hold(posted(letters(each+1), "")); !errors.As(err, new(*http.MaxBytesError)) {
		t.Errorf("beyond the bytes for one: %v", err)
	} else {
		release()
	}
}

func TestABodyThatHasNotComeHoldsAKilobyte(t *testing.T) {
	b := newBodies(8<<20, 128<<20)
	var ended sync.WaitGroup
	var senders []*io.PipeWriter
	for range 2048 {
		r, w := io.Pipe()
		senders = append(senders, w)
		ended.Go(func() {
			_, release, _ := b.hold(posted(r, "192.0.2.1"))
			release()
		})
		_, _ = w.Write([]byte("{"))
	}
	if held, _ := b.all.Held(); held > 2048<<10 {
		t.Errorf("2,048 bodies of a byte hold %d bytes", held)
	}
	if _, release, err := b.hold(posted(letters(1000), "198.51.100.7")); err != nil {
		t.Errorf("an honest body: %v", err)
	} else {
		release()
	}
	for _, w := range senders {
		w.Close()
	}
	ended.Wait()
}

func TestOneClientFillsHalfOfTheMemoryForBodies(t *testing.T) {
	b := newBodies(1<<10, 1<<20)
	var all []func()
	defer func() {
		for _, release := range all {
			release()
		}
	}()
	for {
		_, release, err := b.hold(posted(letters(1000), "192.0.2.1"))
		all = append(all, release)
		if err != nil {
			break
		}
	}
	if held, limit := b.all.Held(); held > limit/2 || held < limit/2-4<<10 {
		t.Errorf("one client holds %d of %d bytes", held, limit)
	}
	if _, release, err := b.hold(posted(letters(1000), "192.0.2.2")); err != nil {
		t.Errorf("another client: %v", err)
	} else {
		release()
	}
}

// Clients that between them fill the memory and then send no more make room for
// one who goes on.
func TestTheSlowestBodyMakesRoomForWhoIsFaster(t *testing.T) {
	site := bare(t, &strings.Builder{})
	site.Trusted, site.Family = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, XForwarded
	site.maxBytes, site.bodies = 16<<10, newBodies(16<<10, 0) // 64 KiB for all
	echo := site.Heavy(NewGate(4, 4), func(r *http.Request) (*Answer, error) {
		text, err := io.ReadAll(r.Body)
		return &Answer{Body: site.Body(text), ContentType: "text/plain", Cache: CacheNone}, err
	})
	front := httptest.NewServer(site.Handler("/", Methods{Post: echo}))
	defer front.Close()
	var senders []*io.PipeWriter
	defer func() {
		for _, w := range senders {
			w.Close()
		}
	}()
	post := func(from string, body io.Reader) (int, error) {
		r, err := http.NewRequestWithContext(t.Context(), "POST", front.URL, body)
		if err != nil {
			return 0, err
		}
		r.Header.Set("X-Forwarded-For", from)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return 0, err
		}
		defer answer.Body.Close()
		return answer.StatusCode, nil
	}
	ended := make(chan int, 8)
	for n := range 7 { // one after the other: memory that grows takes more for a moment
		r, w := io.Pipe()
		senders = append(senders, w)
		go func() {
			status, _ := post(fmt.Sprintf("192.0.2.%d", n), r)
			ended <- status
		}()
		_, _ = w.Write(make([]byte, 5<<10)) // 8 KiB of memory
		begun := time.Now()
		for held, _ := site.bodies.all.Held(); held != int64(n+1)*8<<10; held, _ = site.bodies.all.Held() {
			if time.Since(begun) > 10*time.Second {
				t.Fatalf("%d bodies hold %d bytes", n+1, held)
			}
			time.Sleep(time.Millisecond)
		}
	}
	time.Sleep(grace)
	if status, err := post("198.51.100.7", letters(12<<10)); status != http.StatusOK {
		t.Errorf("the honest body: %d, %v", status, err)
	}
	select {
	case status := <-ended:
		if status != http.StatusRequestTimeout && status != 0 { // the client may see the connection end before the answer
			t.Errorf("a slow body that made room: %d", status)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("no slow body made room")
	}
}
