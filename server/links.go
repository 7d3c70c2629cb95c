package server

import (
	"net/url"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// links completes the links of an answer: what they begin with, and the
// snapshot when the request asked for one that is not simply the present one.
type links struct{ base, snapshot string }

// to makes a path with a query absolute.
func (l links) to(path string) string {
	if l.snapshot == "" {
		return l.base + path
	}
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	return l.base + path + join + "snapshot=" + url.QueryEscape(l.snapshot)
}

// share says where a share is answered, in its citation too.
func (l links) share(share data.Share) data.Share {
	share.Self = l.to(SharePath(&share))
	share.Cite += " " + share.Self
	return share
}
