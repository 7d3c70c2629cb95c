package data

import "strings"

// Credits is what whoever passes on a map or a file of the dataset has to say: its
// attribution, and that of each layer of things, by the layers' titles.
func (d *Dataset) Credits() Text {
	if len(d.Things) == 0 {
		return d.Attribution
	}
	out := Text{}
	for lang := range d.Attribution {
		said := strings.TrimRight(d.Attribution.In(lang), " .")
		for i := range d.Things {
			credit := d.Things[i].Attribution.In(lang)
			titles, first := titlesWith(d.Things, lang, credit)
			if first == i {
				said += ". " + strings.Join(titles, ", ") + ": " + credit
			}
		}
		out[lang] = said
	}
	return out
}

// titlesWith lists the titles of the layers that have one attribution, and gives the
// first of these layers.
func titlesWith(layers []ThingLayer, lang, credit string) (titles []string, first int) {
	first = len(layers)
	for i, l := range layers {
		if l.Attribution.In(lang) == credit {
			titles, first = append(titles, l.Title.In(lang)), min(first, i)
		}
	}
	return titles, first
}
