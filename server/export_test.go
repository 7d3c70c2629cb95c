package server

import "strings"

// Routes lists every path with its methods, for tests of what is described.
func Routes() map[string]string {
	out := map[string]string{}
	for path, m := range (&families{}).resources(true) {
		var methods []string
		if m.Get != nil {
			methods = append(methods, "GET")
		}
		if m.Post != nil {
			methods = append(methods, "POST")
		}
		out[path] = strings.Join(methods, " ")
	}
	return out
}
