package server_test

import (
	"testing"

	"github.com/demarc-map/demarc/internal/mutants"
)

// Each of these changes breaks a promise of SECURITY.md about requests, and a test must see it.
func TestEveryMutationOfTheServerIsSeen(t *testing.T) {
	web := func(file, from, to, tests string) mutants.Mutant {
		return mutants.Mutant{File: "server/web/" + file, From: from, To: to, Package: "server/web", Tests: tests}
	}
	asked := func(file, from, to, tests string) mutants.Mutant {
		return mutants.Mutant{File: "server/" + file, From: from, To: to, Package: "server", Tests: tests}
	}
	command := func(file, from, to, tests string) mutants.Mutant {
		return mutants.Mutant{File: "cmd/demarc/" + file, From: from, To: to, Package: "cmd/demarc", Tests: tests}
	}
	mutants.AreSeen(t, []mutants.Mutant{
		// Caching.
		asked("web/repeat.go", "q.host = r.Host", "q.host = \"\"", "RepeatedLeads|NothingThatIsHeld|Repeat"),
		asked("web/repeat.go", "encodings: r.Header.Get(\"Accept-Encoding\"),", "", "EachEncoding|HoweverOften"),
		asked("web/repeat.go", "len(p.Trusted) > 0 && p.BaseURL == \"\" && p.trusts(r.RemoteAddr)", "false", "NothingThatIsHeld|NeverRepeat|HoweverOften|RepeatedLeads"),
		asked("web/repeat.go", "!ok || limit != nil && !limit.admits(clientOf(p.Client(r)))", "!ok", "RepeatedAnswerIsCounted"),
		asked("web/reply.go", "etag = `\"` + a.Body.Hash() + \"-\" + chosen.name + `\"`", "", "EachEncoding"),
		asked("web/reply.go", "a.Status == 0 && matches(r.Header.Get(\"If-None-Match\"), etag)", "a.Status == 0 && r.Header.Get(\"If-None-Match\") != \"\"", "Encoding|Tag|Header|HoweverOften|Contract"),
		asked("web/ranges.go", "`\"`+a.Body.Hash()+`\"`", "`W/\"`+a.Body.Hash()+`\"`", "InParts"),
		asked("server.go", "Day: int64(data.DateOf(o.Now()))", "Day: 0", "Midnight"),

		// Forwarding.
		web("forwarding.go", "i >= 0 && hops[i].IsValid() && f.trustsAddress(client)", "i >= 0 && hops[i].IsValid()", "NearestHop"),
		web("family.go", "nearest := elements[len(elements)-1]", "nearest := elements[0]", "Nearest|Link"),
		web("family.go", "line[strings.LastIndexByte(line, ',')+1:]", "line", "Nearest|Link"),
		web("origin.go", "if with && !validPort(port) {", "if with && !validPort(port) && false {", "Link|Whatever"),
		web("origin.go", "segment == \"\" || segment == \".\" || segment == \"..\"", "segment == \"\"", "Link|Whatever|BaseURL"),
		asked("web/forwarding.go", "port == ownPort && (name == \"localhost\"", "port == ownPort && (true || name == \"localhost\"", "NeverRepeat"),

		// Rate, turns and bodies.
		web("gate.go", "of.places >= g.share", "false", "Half"),
		web("gate.go", "w.working < first.working ||", "", "Turns"),
		web("gate.go", "delete(g.clients, client)", "", "Turns|Gate"),
		asked("web/rate.go", "return limiter.Allow()", "return limiter.Allow() || true", "Rate"),
		web("visitor.go", "bits = 64", "bits = 128", "Half"),
		{File: "server/web/body.go", From: "!strings.EqualFold(coding, \"identity\")", To: "!strings.EqualFold(coding, \"identity\") && false", Package: "cmd/demarc", Tests: "Compressed"},
		web("body.go", "b.taken[a.client]+n > b.all.limit/clientBodies", "false", "Half"),
		web("body.go", "return int64(len(text)), func() { b.give(a, a.held) }, err", "return int64(len(text)), func() {}, err", "GivenBack|Bodies"),
		web("patient.go", "_ = http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(chunkTime))", "_ = time.Now", "SlowReader"),

		// Tokens, TLS and connections.
		asked("holder.go", "ended: t.Ended(now)", "ended: \"\"", "Expires|Revoked|Rotated"),
		asked("holder.go", "h.operator || slices.Contains(h.datasets, dataset)", "h.operator || slices.Contains(h.datasets, dataset) || true", "OwnDatasets|Door"),
		command("tokens.go", "atomicfile.Update(ctx, name, 0o600,", "atomicfile.Update(ctx, name, 0o644,", "EveryToken"),
		command("certificate.go", "MinVersion: tls.VersionTLS12", "MinVersion: tls.VersionTLS10", "HTTPS"),
		command("connections.go", "c.each > 0 && c.of[from] >= c.each", "false", "Connections|Address|Idle"),
		command("connections.go", "if c.said.Load() && c.CloseWrite() == nil", "if false && c.CloseWrite() == nil", "EarlyAnswer"),
	}, "Mutation|QGIS|GDAL|OtherMapClients")
}
