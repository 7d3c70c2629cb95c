package foreign

import "fmt"

// properties are those of one feature, each under a name of its own, as JSON wants.
type properties struct {
	all   []Property
	taken map[string]bool
}

// add keeps a value under its name or, when that is taken, under the name with a
// prefix or a number. It returns the name under which it is kept.
func (p *properties) add(prefix, name string, value any) string {
	kept := name
	if p.taken[kept] && prefix != "" {
		kept = prefix + name
	}
	for n := 2; p.taken[kept]; n++ {
		kept = fmt.Sprintf("%s_%d", name, n)
	}
	if p.taken == nil {
		p.taken = map[string]bool{}
	}
	p.taken[kept] = true
	p.all = append(p.all, Property{kept, value})
	return kept
}
