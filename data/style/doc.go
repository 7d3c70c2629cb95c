// Package style says how an edition is drawn elsewhere: as a MapLibre style with
// its sprite, and as the files of QGIS.
//
// There is one list of marks, from bottom to top (marks.go, land.go), which every
// form is made of; colours and patterns are those of package look. Widths are CSS
// pixels. Held land is filled from the layer of held land, never from zones;
// hatches mean land that is stated and does not count, or that is restricted.
// context.go draws what lies around, where there is a map context.
package style
