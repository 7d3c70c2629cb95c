package web

import (
	"maps"
	"net/http"
	"regexp"
	"strings"
)

// mostRanges is how many parts of a file one request gets: the parts of an
// archive are asked for one at a time, and each part of many has a header of its
// own, so that a thousand of a byte are larger than the file.
const mostRanges = 16

// tidyRange returns a request for parts of a file in numbers that net/http can
// read: one that does not fit into 63 bits means as much as the greatest that
// does (RFC 9110, section 14.1.2: a last position beyond the end is the end). A
// request for more than mostRanges parts becomes one for the whole, as section
// 14.2 allows.
func tidyRange(r *http.Request) *http.Request {
	said := r.Header.Get("Range")
	tidied := *r
	tidied.Header = maps.Clone(r.Header)
	if strings.Count(said, ",") >= mostRanges {
		delete(tidied.Header, "Range")
	} else {
		tidied.Header.Set("Range", longNumber.ReplaceAllString(said, greatest))
	}
	return &tidied
}

// greatest stands for every number of more digits than it has.
const greatest = "999999999999999999"

var longNumber = regexp.MustCompile(`0*[1-9][0-9]{18,}`)
