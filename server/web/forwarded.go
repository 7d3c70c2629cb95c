package web

import "strings"

const headerForwarded = "Forwarded"

// forwarded reads the elements of a Forwarded header (RFC 7239, section 4), the
// nearest proxy's last, each by its names in lower case. It returns none when
// anything in it is malformed: where an element begins is then not sure, and
// what a client wrote could be taken for the proxy's.
func forwarded(lines []string) []map[string]string {
	rest := strings.Join(lines, ",")
	if strings.TrimSpace(rest) == "" {
		return nil
	}
	out := []map[string]string{{}}
	for {
		rest = strings.TrimLeft(rest, " \t")
		if token, after := cutToken(rest); token != "" {
			value, end, ok := cutValue(after)
			name := strings.ToLower(token)
			element := out[len(out)-1]
			if _, twice := element[name]; !ok || twice {
				return nil
			}
			element[name] = value
			rest = strings.TrimLeft(end, " \t")
		}
		switch {
		case rest == "":
			return out
		case rest[0] == ',':
			out = append(out, map[string]string{})
		case rest[0] != ';':
			return nil
		}
		rest = rest[1:]
	}
}

// cutValue takes "=" and the value behind it, a token or a quoted string.
func cutValue(text string) (value, rest string, ok bool) {
	text, ok = strings.CutPrefix(text, "=")
	if !ok {
		return "", "", false
	}
	if !strings.HasPrefix(text, `"`) {
		value, rest = cutToken(text)
		return value, rest, value != ""
	}
	var quoted strings.Builder
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return quoted.String(), text[i+1:], true
		case '\\':
			i++
			if i == len(text) {
				return "", "", false
			}
		}
		quoted.WriteByte(text[i])
	}
	return "", "", false
}

// cutToken takes a token (RFC 9110, section 5.6.2) off the front. A colon counts
// too, since proxies write host=example.org:8080 without the quotes it needs.
func cutToken(text string) (token, rest string) {
	for i := range len(text) {
		if c := text[i]; !letterOrDigit(c) && !strings.ContainsRune("!#$%&'*+-.^_`|~:", rune(c)) {
			return text[:i], text[i:]
		}
	}
	return text, ""
}
