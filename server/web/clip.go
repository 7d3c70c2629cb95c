package web

import "unicode/utf8"

// Clip shortens what a client sent for a message, between characters.
func Clip(text string) string {
	const most = 60 // bytes
	if len(text) <= most {
		return text
	}
	end := most
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
