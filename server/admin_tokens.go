package server

import (
	"cmp"
	"net/http"
	"time"

	"github.com/demarc-map/demarc/server/web"
)

// heldToken is what the operator is told of a token; its hash stays in the file.
type heldToken struct {
	ID       string     `json:"id"`
	Datasets []string   `json:"datasets"`
	Created  time.Time  `json:"created"`
	Expires  *time.Time `json:"expires"`
	State    string     `json:"state"`     // live, expired or revoked
	LastUsed *time.Time `json:"last_used"` // since this server began; null for never
}

// tokens answers GET /tokens, to the operator alone.
func (o *operator) tokens(r *http.Request) (*web.Answer, error) {
	if _, err := o.holding(r, ""); err != nil {
		return nil, err
	}
	if err := o.ask.nothing(r); err != nil {
		return nil, err
	}
	out := []heldToken{}
	if o.Tokens != nil {
		all, err := o.Tokens()
		if err != nil {
			return nil, err
		}
		used := o.door.lastUses()
		for _, t := range all {
			held := heldToken{ID: t.ID, Datasets: t.Datasets, Created: t.Created, Expires: t.Expires, State: cmp.Or(t.Ended(o.now()), "live")}
			if at, ok := used[t.SHA256]; ok {
				held.LastUsed = &at
			}
			out = append(out, held)
		}
	}
	return o.site.JSON(web.TypeJSON, web.CacheNone, map[string]any{"tokens": out})
}
