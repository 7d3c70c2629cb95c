package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"time"
)

// writeRange answers a request for parts of a download (RFC 9110, section 14).
// Parts are parts of the uncompressed body, under its own strong tag; If-Range
// with another tag, such as that of a compressed form, gets the whole of it.
func (a *Answer) writeRange(w http.ResponseWriter, r *http.Request, requestID string) {
	maps.Copy(w.Header(), a.header())
	w.Header().Set("ETag", `"`+a.Body.Hash()+`"`)
	w.Header().Set("Content-Type", a.ContentType)
	parts := &rangeWriter{patient: patient{ResponseWriter: w}}
	r = tidyRange(r)
	http.ServeContent(parts, r, "", time.Time{}, bytes.NewReader(a.Body.Identity()))
	if parts.unsatisfiable {
		w.Header().Del("Content-Disposition")
		w.Header().Set("Content-Range", fmt.Sprintf("bytes */%d", len(a.Body.Identity()))) // RFC 9110, section 15.5.17
		p := &Problem{Status: http.StatusRequestedRangeNotSatisfiable, Detail: "the body has no such part",
			Extra: map[string]any{"length": len(a.Body.Identity())}}
		p.write(w, r, requestID)
	}
}

// rangeWriter holds back the plain text that net/http answers 416 with, so
// that the answer is a problem like all others.
type rangeWriter struct {
	patient
	unsatisfiable bool
}

func (w *rangeWriter) WriteHeader(status int) {
	if status == http.StatusRequestedRangeNotSatisfiable {
		w.unsatisfiable = true
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *rangeWriter) Write(b []byte) (int, error) {
	if w.unsatisfiable {
		return len(b), nil
	}
	return w.patient.Write(b)
}
