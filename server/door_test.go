package server_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

func TestATokenOpensNothingFromTheMomentItExpires(t *testing.T) {
	d := newDesk(t)
	token, secret := server.NewToken("guest", []string{"gaza"}, served.Noon)
	token.ExpireIn(time.Hour, served.Noon)
	d.tokens = []server.Token{token}
	for after, want := range map[time.Duration]int{0: 404, time.Hour - time.Second: 404, time.Hour: 401, 48 * time.Hour: 401} {
		d.now = served.Noon.Add(after)
		if status, body := d.send(t, "GET", "/history/gaza", secret, nil); status != want {
			t.Errorf("%s after it was made: %d %s", after, status, body)
		}
	}
}

func TestWhileATokenIsRotatedBothSecretsOpenAndThenTheNewOneOnly(t *testing.T) {
	d := newDesk(t)
	old, before := server.NewToken("desk", []string{"gaza"}, served.Noon)
	made, after := server.NewToken("desk", []string{"gaza"}, served.Noon)
	old.ExpireIn(time.Hour, served.Noon)
	d.tokens = []server.Token{old, made}
	publish := func(secret string) int {
		status, _ := d.send(t, "POST", "/publish/gaza", secret, packed(t, edited(t, "dataset.json", "Gaza Strip", "An Edition")))
		return status
	}
	if one, two := publish(before), publish(after); one != 200 || two != 200 {
		t.Errorf("while both live: %d and %d", one, two)
	}
	d.now = served.Noon.Add(time.Hour)
	if one, two := publish(before), publish(after); one != 401 || two != 200 {
		t.Errorf("after the overlap: %d and %d", one, two)
	}
}

func TestWhoPublishedAndWhoWasRefusedIsLoggedAndNoSecretIs(t *testing.T) {
	d := newDesk(t)
	desk, deskSecret := server.NewToken("desk", []string{"gaza"}, served.Noon)
	guest, guestSecret := server.NewToken("guest", []string{"gaza"}, served.Noon)
	gone, goneSecret := server.NewToken("gone", []string{"gaza"}, served.Noon)
	other, otherSecret := server.NewToken("other", []string{"elsewhere"}, served.Noon)
	guest.ExpireIn(time.Second, served.Noon.Add(-time.Hour))
	gone.Revoked = &gone.Created
	d.tokens = []server.Token{desk, guest, gone, other}
	const guess = "demarc_GUESSEDGUESSEDGUESSED"
	for _, secret := range []string{"", guess, deskSecret, guestSecret, goneSecret, otherSecret} {
		d.send(t, "POST", "/publish/gaza", secret, packed(t, edited(t, "dataset.json", "Gaza Strip", "An Edition")))
	}
	d.send(t, "POST", "/publish/gaza", deskSecret, strings.NewReader("no tar"))
	d.send(t, "POST", "/rollback/gaza?to=1", operator, nil)
	d.send(t, "POST", "/reload", operator, nil)
	said := strings.Join(d.log.All(), "")
	for _, want := range []string{`msg=published by=desk dataset=gaza entry=1`, `by=guest because=expired`, `by=gone because=revoked`, `by=other because="the token is not for this"`,
		`by="nobody known" because="no token that is known" method=POST path=/publish/gaza`, `msg="a publication was refused" by=desk dataset=gaza`, `msg=published by=operator dataset=gaza`, `msg=reloaded by=operator`} {
		if !strings.Contains(said, want) {
			t.Errorf("the log lacks %s", want)
		}
	}
	for _, secret := range []string{guess, deskSecret, guestSecret, goneSecret, otherSecret, operator, desk.SHA256} {
		if strings.Contains(said, strings.TrimPrefix(secret, "demarc_")) {
			t.Errorf("the log holds a secret:\n%s", said)
		}
	}
	if t.Failed() {
		t.Log(said)
	}
}

func TestWhoGuessesCannotFillTheLog(t *testing.T) {
	d := newDesk(t)
	for range 50 {
		d.send(t, "GET", "/history/gaza", "guess", nil)
	}
	d.now = served.Noon.Add(time.Second)
	d.send(t, "GET", "/history/gaza", "guess", nil)
	said := strings.Join(d.log.All(), "")
	if strings.Count(said, "refused at the operator's door") != 2 || !strings.Contains(said, "times=50") {
		t.Errorf("%s", said)
	}
}

func TestTheOperatorIsToldWhenEachTokenWasLastUsed(t *testing.T) {
	d := newDesk(t)
	desk, secret := server.NewToken("desk", []string{"gaza"}, served.Noon)
	idle, _ := server.NewToken("idle", []string{"gaza"}, served.Noon)
	idle.ExpireIn(time.Hour, served.Noon)
	d.tokens = []server.Token{desk, idle}
	d.now = served.Noon.Add(30 * time.Minute)
	d.send(t, "GET", "/history/gaza", secret, nil)
	d.now = served.Noon.Add(2 * time.Hour)
	if status, _ := d.send(t, "GET", "/tokens", secret, nil); status != 403 {
		t.Errorf("a holder is told of the others: %d", status)
	}
	status, body := d.send(t, "GET", "/tokens", operator, nil)
	var told struct {
		Tokens []struct {
			ID, State string
			LastUsed  *time.Time `json:"last_used"`
		}
	}
	if err := json.Unmarshal([]byte(body), &told); err != nil || status != 200 || len(told.Tokens) != 2 {
		t.Fatalf("%d %s: %v", status, body, err)
	}
	one, two := told.Tokens[0], told.Tokens[1]
	if one.ID != "desk" || one.State != "live" || one.LastUsed == nil || !one.LastUsed.Equal(served.Noon.Add(2*time.Hour)) || two.State != "expired" || two.LastUsed != nil {
		t.Errorf("%s", body)
	}
	if strings.Contains(body, desk.SHA256) {
		t.Error("it tells hashes of secrets")
	}
}

// Who sends much and is refused before it is read gets the answer, not a broken connection.
func TestAnAnswerBeforeTheBodyIsReadReachesTheClient(t *testing.T) {
	d := newDesk(t)
	public := served.Gaza(t, server.Options{})
	for range 30 {
		if status, _ := d.send(t, "POST", "/publish/gaza", "demarc_GUESSED", bytes.NewReader(make([]byte, 4<<20))); status != 401 {
			t.Fatalf("a guess: %d", status)
		}
		if r, _ := served.Send(t, "POST", public+"/v1/gaza/share", bytes.NewReader(make([]byte, 4<<20)), "Content-Encoding", "br"); r.StatusCode != 415 {
			t.Fatalf("packed: %d", r.StatusCode)
		}
	}
}
