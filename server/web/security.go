package web

import "net/http"

// PlainSecurity is the policy of answers that are data: nothing in them may
// run, load or be framed, should a browser ever show them as a page.
const PlainSecurity = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// inert sets the policies of data that a browser may show; a tile it cannot.
func inert(header http.Header) {
	header["Content-Security-Policy"] = []string{PlainSecurity}
	header["Referrer-Policy"] = []string{"no-referrer"}
}
